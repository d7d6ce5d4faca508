import type { Response } from 'supertest'
import type { TestApp } from '../app.ts'
import { everythingStored } from '../stored/everything.ts'

/** A form as a browser without scripts holds it: where it goes, and the fields that it would send. */
export interface Form {
  action: string
  fields: [name: string, value: string][]
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const unescapeHtml = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

/** Reads the first form of a page; throws where there is none. */
export function readForm(page: string): Form {
  const form = /<form[^>]*>[\s\S]*?<\/form>/.exec(page)?.[0]
  if (!form) throw new Error(`There is no form on the page:\n${page}`)
  const fields: Form['fields'] = []
  for (const [tag, textarea, select] of form.matchAll(
    /<input[^>]*>|<textarea[^>]*>\n?([\s\S]*?)<\/textarea>|<select[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const name = unescapeHtml(attribute(tag, 'name') ?? '')
    const type = attribute(tag, 'type')
    if ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag)) continue
    const chosen =
      select === undefined ? undefined : attribute(/<option[^>]*\sselected[^>]*>/.exec(select)?.[0] ?? '', 'value')
    fields.push([name, unescapeHtml(chosen ?? textarea ?? attribute(tag, 'value') ?? '')])
  }
  return { action: unescapeHtml(attribute(form, 'action') ?? ''), fields }
}

export type Typed = Record<string, string | string[]>

/** Fills fields in (a name given takes the place of what stood there) and sends the form. */
export function sendForm(
  app: TestApp,
  { action, fields }: Form,
  typed: Typed = {},
  headers: Record<string, string> = {},
) {
  const kept = fields.filter(([name]) => !Object.hasOwn(typed, name))
  const filled = Object.entries(typed).flatMap(([name, value]) => [value].flat().map((item) => [name, item]))
  return app.request
    .post(action)
    .set(headers)
    .type('form')
    .send(new URLSearchParams([...kept, ...filled] as [string, string][]).toString())
}

/** Opens a page and sends its form. */
export async function fillPage(
  app: TestApp,
  address: string,
  typed: Typed = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const page = await app.request.get(address)
  return sendForm(app, readForm(page.text), typed, headers)
}

/** Where an answer leads. */
export const locationOf = (answer: Response): string => answer.headers['location'] as string

/** Every row of every table, as text: two dumps are equal where nothing was changed. */
export const dump = ({ db }: TestApp): string => everythingStored(db)

import type { TemplateKind, Fields } from '../rules/template-fields.ts'
import { bodyParts, fillSubject, type Template } from '../rules/template.ts'
import { renderBody } from '../../outbox/templates.ts'
import { oneLine } from '../../outbox/rules/mail-parts.ts'
import { shippedTemplates } from './shipped.ts'

export interface RenderedMessage {
  subject: string
  text: string
  html: string
}

/** A message in both its forms, made from one source: the collection's own words where it has them, else the shipped ones. `notice` is said first. */
export function renderMessage(
  kind: TemplateKind,
  fields: Fields,
  { template = shippedTemplates[kind], notice = null }: { template?: Template; notice?: string | null } = {},
): RenderedMessage {
  const subject = fillSubject(template.subject, fields)
  const first = notice === null ? [] : [{ paragraph: oneLine(notice) }]
  return { subject, ...renderBody(subject, [...first, ...bodyParts(template.body, fields)]) }
}

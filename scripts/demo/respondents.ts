import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import type { Answers } from '../../surveys/question-set.ts'

/** The personal link of each service, as its manager finds it in the e-mail: by the address that it was sent to. */
export async function readInvitations(dataDir: string): Promise<Map<string, string>> {
  const folder = join(dataDir, 'outbox')
  const links = new Map<string, string>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.eml'))) {
    const mail = await PostalMime.parse(readFileSync(join(folder, name)))
    const link = /https?:\/\/\S+\/r\/[\w-]+/.exec(mail.text ?? '')?.[0]
    const address = mail.to?.[0]?.address
    if (link && address) links.set(address, link)
  }
  return links
}

async function send(method: string, url: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}

async function open(link: string): Promise<void> {
  const page = await fetch(link)
  if (!page.ok) throw new Error(`${link} answered ${page.status}`)
  await page.text()
}

/** Opens the link and answers to the receipt. */
export async function answer(link: string, answers: Answers): Promise<void> {
  await open(link)
  await send('POST', `${link}/submit`, { answers })
}

/** Begins and leaves it there. */
export async function begin(link: string, answers: Answers): Promise<void> {
  await open(link)
  await send('PATCH', `${link}/answers`, { revision: 0, answers })
}

/** Through a shared link: the first save gives a link of one's own, and the rest goes there. */
export async function answerShared(link: string, answers: Answers): Promise<void> {
  const [first] = Object.keys(answers)
  if (first === undefined) return
  const started = await send('PATCH', `${link}/answers`, { revision: 0, answers: { [first]: answers[first] } })
  const own = new URL(String(started.link), link).href
  await send('POST', `${own}/submit`, { answers, revision: started.revision })
}

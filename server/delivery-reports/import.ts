import PostalMime, { type Email } from 'postal-mime'
import { readFields, type ReportFile } from './rules/verdict.ts'

/** Reads an e-mail file; undefined where it is none, or nested or long beyond measure. */
export async function readReportFile(bytes: Uint8Array): Promise<ReportFile | undefined> {
  const mail = await PostalMime.parse(shortened(bytes), {
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
  }).catch(() => undefined)
  if (!mail || mail.headers.length === 0) return undefined
  const headers = new Map<string, string[]>()
  for (const { key, value } of mail.headers) headers.set(key, [...(headers.get(key) ?? []), value])
  const contentType = headers.get('content-type')?.[0]?.toLowerCase() ?? 'text/plain'
  const text = textOf(mail)
  return {
    from: mail.from?.address?.toLowerCase() ?? '',
    subject: mail.subject ?? '',
    headers,
    contentType: /^[^;\s]*/.exec(contentType)![0],
    reportType: /;\s*report-type\s*=\s*"?([\w-]+)/.exec(contentType)?.[1],
    text,
    deliveryStatus: partsOf(mail, ['message/delivery-status', 'message/global-delivery-status']),
    feedback: partsOf(mail, ['message/feedback-report']),
    original: originalHeaders(mail, text),
  }
}

/** What says something stands before the message that came back, whose attachments may be large. */
const enough = 128 * 1024

/** The beginning, with runs of blank lines shortened: the reader takes minutes over long ones, and anybody can send them. */
function shortened(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.subarray(0, enough)).toString('latin1').trimStart()
  return Buffer.from(text.replace(/(?:\r?\n[ \t]*){5,}/g, '\n\n\n').replace(/[ \t]{200,}/g, ' '), 'latin1')
}

const partsOf = ({ attachments }: Email, types: readonly string[]): string[] =>
  attachments
    .filter(({ mimeType }) => types.includes(mimeType))
    .map(({ content }) => (typeof content === 'string' ? content : new TextDecoder().decode(content)))

const returned = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
]

/** The headers of what came back: as a part of its own, or below the line that announces it. */
function originalHeaders(mail: Email, text: string): ReadonlyMap<string, readonly string[]> {
  const part = partsOf(mail, returned)[0]
  const quoted =
    /^(?:--[^\n]*(?:copy of (?:the|your) message|original (?:message|headers))|original message headers:)[^\n]*\n([\s\S]*)$/im.exec(
      text,
    )?.[1]
  const block = (part ?? quoted ?? '').replace(/\r\n?/g, '\n').trimStart()
  return readFields(block.split(/\n[ \t]*\n/)[0]!)
}

function textOf({ text, html }: Email): string {
  if (text !== undefined && text.trim() !== '') return text
  const plain = (html ?? '').slice(0, 30_000).replace(/<(style|script)[\s\S]*?<\/\1>/gi, '')
  return plain
    .replace(/<(br|\/p|\/div|\/tr|\/h\d)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
}

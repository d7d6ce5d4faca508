import { readReturnPath } from '../../links/return-path.ts'
import type { TokenKey } from '../../links/tokens.ts'
import { readFields, type ReportFile } from './verdict.ts'

/** What a report itself proves it is about: a message by the sealed return path it came to, or Message-IDs that nobody can guess. */
export interface ReportMatch {
  returnPath: { messageId: string } | 'forged' | undefined
  /** Without angle brackets: of the message that came back, and of those that it answers. */
  messageIds: string[]
}

const arrivedAt = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'apparently-to', 'cc']

export function matchReport(file: ReportFile, key: TokenKey): ReportMatch {
  const outer = arrivedAt.flatMap((name) => file.headers.get(name) ?? [])
  const inner = [
    ...['return-path', 'x-envelope-from', 'sender'].flatMap((name) => file.original.get(name) ?? []),
    ...file.feedback.flatMap((part) => readFields(part).get('original-mail-from') ?? []),
  ]
  return { returnPath: readSealed(outer, key) ?? readSealed(inner, key), messageIds: messageIdsOf(file) }
}

// One broken seal is enough: whoever wrote it wrote the rest.
function readSealed(values: readonly string[], key: TokenKey): ReportMatch['returnPath'] {
  const addresses = values.flatMap(
    (value) => value.match(/bounce\+[^\s<>,;"@]{0,80}\.[^\s<>,;"@]{0,80}@[^\s<>,;"]{1,255}/gi) ?? [],
  )
  const found = addresses.map((address) => readReturnPath(key, address) ?? 'forged')
  if (found.includes('forged')) return 'forged'
  const ids = new Set(found.map((each) => (each === 'forged' ? '' : each.messageId)))
  return ids.size > 1 ? 'forged' : found[0]
}

function messageIdsOf({ headers, original, deliveryStatus }: ReportFile): string[] {
  const values = [
    ...(original.get('message-id') ?? []),
    ...deliveryStatus.flatMap((part) => readFields(part).get('x-original-message-id') ?? []),
    ...(headers.get('in-reply-to') ?? []),
    ...(headers.get('references') ?? []),
  ]
  const found = values.flatMap((value) => value.match(/<[^<>\s@]{1,250}@[^<>\s@]{1,255}>/g) ?? [])
  return [...new Set(found.map((id) => id.slice(1, -1)))].slice(0, 50)
}

/** A server's words to store: without the addresses in them, and short. */
export const withoutAddresses = (text: string): string =>
  text
    .slice(0, 1000)
    .replace(/[^\s<>()"';:,=]+@[^\s<>()"';:,]+/g, '(address)')
    .slice(0, 300)

/** What a report says of one recipient. `not_understood`: nothing that could be relied on. */
export type ReportVerdict =
  'hard' | 'soft' | 'policy' | 'delayed' | 'delivered' | 'complaint' | 'auto_reply' | 'not_understood'

/** Why a message was given up. */
export type Failure = Extract<ReportVerdict, 'hard' | 'soft' | 'policy'>

export interface RecipientReport {
  verdict: ReportVerdict
  /** The addresses that the report calls the recipient, in lower case: as sent to and as forwarded to. */
  recipients: string[]
  /** RFC 3463, such as 5.1.1. */
  status: string | null
  /** The server's own words, on one line. */
  diagnostic: string | null
}

/** A report as a file holds it, before anything is concluded. */
export interface ReportFile {
  /** The address of From, in lower case. */
  from: string
  subject: string
  /** By name in lower case: every value, in order. */
  headers: ReadonlyMap<string, readonly string[]>
  /** Of the whole, in lower case: `multipart/report`. */
  contentType: string
  /** In lower case: `delivery-status`. */
  reportType: string | undefined
  text: string
  /** The parts of type message/delivery-status. */
  deliveryStatus: readonly string[]
  /** The parts of type message/feedback-report. */
  feedback: readonly string[]
  /** The headers of the message that came back with it. */
  original: ReadonlyMap<string, readonly string[]>
}

/** The part of an address that is a mail system and no person. */
export const isMailSystem = (address: string): boolean =>
  /^(mailer-?daemon|postmaster|mail-?daemon|mdaemon|microsoftexchange[0-9a-f]{32})(\+[^@]*)?(@|$)/i.test(address)

/** Blocks of `Name: value`, unfolded; names in lower case. */
export function readFields(block: string): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const key = name.toLowerCase()
    fields.set(key, [...(fields.get(key) ?? []), value.trim()])
  }
  return fields
}

/** The beginning of a server's words. */
export const onOneLine = (text: string): string => text.slice(0, 5000).replace(/\s+/g, ' ').trim()

/** The addresses that a mail server says it expanded to another: `(generated from …)`, `(ultimately generated from …)` (Exim), `(expanded from …)` (Postfix, sendmail). */
export const expandedFrom = (text: string): string[] =>
  [...text.matchAll(/\((?:(?:ultimately\s+)?generated|expanded)\s+from:?\s+<?([^\s()<>]{1,320})>?\)/gi)].map((found) =>
    found[1]!.toLowerCase(),
  )

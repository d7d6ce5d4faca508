import { failureOf, statusIn } from './failure.ts'
import { namesOnlyOthers } from './mailbox.ts'
import { expandedFrom, onOneLine, readFields, type RecipientReport, type ReportVerdict } from './verdict.ts'

/** The recipients of a message/delivery-status part (RFC 3464). `words`: of the part that people read, for servers that say more there. */
export function readDeliveryStatus(part: string, words: string): RecipientReport[] {
  const blocks = part
    .split(/\r?\n[ \t]*\r?\n/)
    .map(readFields)
    .filter((fields) => ['final-recipient', 'original-recipient', 'action', 'status'].some((name) => fields.has(name)))
  return blocks.map((fields) => readRecipient(fields, blocks.length === 1 ? words : ''))
}

function readRecipient(fields: ReadonlyMap<string, readonly string[]>, words: string): RecipientReport {
  const first = (name: string) => fields.get(name)?.[0]
  const diagnostic = first('diagnostic-code')
  const stated = /^([245]\.\d{1,3}\.\d{1,3})(?![.\d])/.exec(first('status') ?? '')?.[1]
  const status = stated ?? (diagnostic === undefined ? undefined : statusIn(diagnostic)) ?? null
  const action = /^[a-z]+/.exec((first('action') ?? '').toLowerCase())?.[0]
  const named = ['original-recipient', 'final-recipient', 'x-actual-recipient'].map((name) =>
    addressIn(first(name) ?? ''),
  )
  const recipients = [...named, ...expandedFrom(words)].filter((address) => address.includes('@'))
  const statusGiven = (first('status') ?? '') !== ''
  return {
    verdict: verdictOf(action, { status, diagnostic, words, statusGiven, recipients, named }),
    recipients,
    status: status === null || /^\d\.0\.0$/.test(status) ? (statusIn(diagnostic ?? '') ?? status) : status,
    diagnostic: diagnostic === undefined ? null : onOneLine(diagnostic),
  }
}

interface Said {
  status: string | null
  statusGiven: boolean
  diagnostic: string | undefined
  words: string
  recipients: readonly string[]
  /** As the report has them: Exim names a mailbox by its path. */
  named: readonly string[]
}

function verdictOf(action: string | undefined, said: Said): ReportVerdict {
  const klass = said.status?.[0]
  if (action === 'delayed') return klass === '5' || klass === '2' ? 'not_understood' : 'delayed'
  if (action === 'delivered' || action === 'relayed' || action === 'expanded')
    return klass === '5' || klass === '4' ? 'not_understood' : 'delivered'
  // Without an action only a permanent status says that it was given up.
  if (action === 'failed' || (action === undefined && klass === '5')) return failed(said)
  return 'not_understood'
}

function failed({ status, statusGiven, diagnostic, words, recipients, named }: Said): ReportVerdict {
  // A status that is there and cannot be read is not made up from other words.
  if (status === null && statusGiven) return 'not_understood'
  const reply = onOneLine(diagnostic ?? '')
  const said = reply === '' ? undefined : failureOf(status, reply, onOneLine(words))
  const failure = said ?? failureOf(status, onOneLine(`${reply} ${furtherWords(reply, words, named)}`))
  return failure === undefined || (failure === 'hard' && namesOnlyOthers(reply, recipients))
    ? 'not_understood'
    : failure
}

/**
 * What the part for people adds: all, where there is no reply; of sendmail's transcript the rest of that reply (`<<< 550-…`); else nothing, since a
 * server words it after the status.
 */
function furtherWords(reply: string, words: string, named: readonly string[]): string {
  if (reply === '') return afterAddress(words, named)
  const code = /^(?:smtp; ?)?([45]\d\d)[- ]/i.exec(reply)?.[1]
  const lines = words.match(/^<<< .*$/gm) ?? []
  return code ? lines.filter((line) => line.startsWith(`<<< ${code}`)).join(' ') : ''
}

/** Servers name the address, and then what became of it. */
function afterAddress(words: string, named: readonly string[]): string {
  const text = words.toLowerCase()
  const ends = named
    .filter((address) => address !== '' && text.includes(address))
    .map((address) => text.indexOf(address) + address.length)
  return words.slice(Math.max(0, ...ends))
}

// `rfc822; person@example.org`, `utf-8; …`, with or without angle brackets.
const addressIn = (field: string): string =>
  field
    .replace(/^[\w-]+\s*;/, '')
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase()

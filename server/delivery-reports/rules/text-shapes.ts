import { failureOf, statusIn } from './failure.ts'
import { namesOnlyOthers } from './mailbox.ts'
import { expandedFrom, isMailSystem, onOneLine, type RecipientReport, type ReportFile } from './verdict.ts'

/*
 * Reports that are plain text, in the few shapes that are well known: qmail's (QSBMF) and Yahoo's, which is alike; Exim's; Mimecast's; Dovecot's;
 * Postfix's, Google's and Exchange's of before, or without the part for machines. Each has words of its own; the mail system must have sent it.
 */

interface Shape {
  /** A line that it has, mostly the first: a provider may say the same in its own language before. */
  begins: RegExp
  read(text: string): RecipientReport[]
}

const shapes: Shape[] = [
  { begins: /^this message was created automatically by mail delivery software/im, read: readExim },
  {
    begins:
      /^(this is an automatically generated delivery status notification|delivery to the following recipients? (has been|failed))/im,
    read: readGoogle,
  },
  {
    begins:
      /^your message (did not reach|wasn't delivered|couldn't be delivered)|^delivery has failed to these recipients|^your message to [^\n]* (couldn't|could not) be delivered|^delivery is delayed to these recipients/im,
    read: readExchange,
  },
  { begins: /^this is a delivery failure notification message indicating that/im, read: readMimecast },
  { begins: /^your message to <[^>\n]*> was automatically rejected:/im, read: readDovecot },
  { begins: /^this is the [^\n]{1,60} (system|program) at host /im, read: readBracketed },
  { begins: /^hi\. this is the [^\n]*(qmail|mail)/im, read: readBracketed },
  {
    begins: /^(message from [^\n]*\n\s*)?(sorry, we were )?unable to deliver (your )?message to the following/im,
    read: readBracketed,
  },
]

/** qmail's format is its paragraphs and this line; the words before are everybody's own. */
const qmailCopy = /^-{3} ((Below (this|the next) line|Enclosed) is a copy of the m|Mensaje original adjunto)/m

/** What a plain-text report says of each recipient; undefined where it has no known shape. */
export function readTextShape(file: ReportFile): RecipientReport[] | undefined {
  if (!isMailSystem(file.from) && !file.headers.has('x-failed-recipients')) return undefined
  const whole = file.text.slice(0, longestText).replace(/\r\n?/g, '\n').replaceAll('’', "'").trim()
  const text = withoutCopy(whole)
  for (const shape of shapes) {
    const start = text.search(shape.begins)
    if (start >= 0) return nonEmpty(shape.read(text.slice(start)))
  }
  return qmailCopy.test(whole) ? nonEmpty(readBracketed(text)) : undefined
}

const nonEmpty = (reports: RecipientReport[]) => (reports.length > 0 ? reports : undefined)

/** Nothing that matters stands further down; and a text made to be slow stays short. */
const longestText = 20_000

const address = String.raw`[^\s<>@"]{1,80}@[^\s<>@":]{1,255}`

/** Whatever came back below the report is nobody's verdict. */
const withoutCopy = (text: string) =>
  text.split(
    /^[-=_ ]{0,80}(?:-{3} *(?:below (?:this|the next) line|enclosed|original message|this is a copy|the headers? of the original)|={4}|-{5} *original)|^original message headers:/im,
  )[0]!

// qmail: a paragraph for each recipient, begun by its address in brackets and a colon.
function readBracketed(text: string): RecipientReport[] {
  const start = text.search(/^</m)
  if (start < 0) return []
  const preface = text.slice(0, start)
  const waiting = /\b(still trying|will keep trying|not yet been delivered|has been delayed)\b/i.test(preface)
  return text
    .slice(start)
    .split(/\n(?=<)/)
    .flatMap((paragraph) => {
      const [, recipient, words] = /^<([^>]*)>:?\s*([\s\S]*)$/.exec(paragraph) ?? []
      if (!recipient?.includes('@') || words === undefined) return []
      return [waiting ? delayed(recipient) : given(recipient, words)]
    })
}

// Exim: each recipient on a line of its own, two spaces in; IONOS and GMX, whose server is of its kin, at the margin, in brackets or quotes.
const eximRecipient = new RegExp(
  String.raw`^(?: {2})?(?=["<]?${address}[">]?:?[ \t]*$)|^ {2}(?=an undisclosed address$|save to [\w.-]{1,80}$)`,
  'im',
)

function readExim(text: string): RecipientReport[] {
  const waiting = /has not yet been\s+delivered|no action is required on your part/i.test(text)
  const gone = /this is a permanent error|could not be\s+delivered to/i.test(text)
  if (waiting === gone) return []
  // Above the list some servers name the sender, in the same form.
  const list = /\b(?:failed|(?:is|are|failed permanently)):[ \t]*\n/i.exec(text)
  return text
    .slice(list?.index ?? 0)
    .split(eximRecipient)
    .slice(1)
    .map((part) => {
      const [line = '', ...rest] = part.split('\n')
      const recipient = line.includes('@') ? line.trim().replace(/^["<]|[">]?:?$/g, '') : ''
      const words = rest.join('\n')
      const report = waiting ? delayed(recipient) : given(recipient, words)
      // An alias stands for another address, which the message may have gone to.
      return { ...report, recipients: [...report.recipients, ...expandedFrom(words)] }
    })
}

function readGoogle(text: string): RecipientReport[] {
  const recipient = new RegExp(String.raw`^[ \t]+(${address})[ \t]*$`, 'im').exec(text)?.[1]
  if (!recipient) return []
  if (/recipients? has been delayed|this is a warning message only/i.test(text)) return [delayed(recipient)]
  const words = /(?:technical details of permanent failure|reason):?\s*([\s\S]*)$/i.exec(text)?.[1]
  return /failed permanently|delivery to the following recipients? failed/i.test(text)
    ? [given(recipient, words ?? text)]
    : []
}

const recipientOf = (text: string) => new RegExp(`(${address})`).exec(text)?.[1] ?? ''

// Only with the server's own reply: the sentences above it are for people, and translated.
function readExchange(text: string): RecipientReport[] {
  if (/^delivery is delayed to these recipients/i.test(text)) return [delayed(recipientOf(text))]
  const status = statusIn(text) ?? /(?:^|\s)<[^>]*#([245]\.\d{1,3}\.\d{1,3})[ >]/.exec(text)?.[1]
  if (!status?.startsWith('5')) return []
  const reply = new RegExp(String.raw`^.*${status.replaceAll('.', String.raw`\.`)}.*$`, 'm').exec(text)?.[0] ?? ''
  return [
    { ...given(recipientOf(text), reply), status, verdict: failureOf(status, onOneLine(reply)) ?? 'not_understood' },
  ]
}

// Mimecast, for a server behind it: the address and the server's reply each after two dashes.
function readMimecast(text: string): RecipientReport[] {
  const after = (title: string) => new RegExp(String.raw`${title} ?:\n-- ([^\n]*)`, 'i').exec(text)?.[1]
  const recipient = after('addressed to email address')
  const reply = after('additional information follows')
  if (!recipient || !/could not be delivered/i.test(text)) return []
  return [given(recipient.trim(), `smtp; ${reply ?? ''} ${after('the problem appears to be') ?? ''}`)]
}

// Dovecot, as a receipt of the kind that people's mail programs send (RFC 8098): for a full mailbox, or by a rule of the recipient's own.
function readDovecot(text: string): RecipientReport[] {
  const [, recipient, words] = /^your message to <([^>\n]*)> was automatically rejected:\s*([\s\S]*)$/i.exec(text) ?? []
  return recipient === undefined || words === undefined ? [] : [given(recipient, words)]
}

const delayed = (recipient: string): RecipientReport => ({
  verdict: 'delayed',
  recipients: recipient === '' ? [] : [recipient.toLowerCase()],
  status: null,
  diagnostic: null,
})

function given(recipient: string, words: string): RecipientReport {
  const diagnostic = onOneLine(words)
  const status = statusIn(diagnostic) ?? null
  const recipients = recipient === '' ? [] : [recipient.toLowerCase()]
  const failure = failureOf(status, diagnostic)
  return {
    verdict:
      failure === undefined || (failure === 'hard' && namesOnlyOthers(diagnostic, recipients))
        ? 'not_understood'
        : failure,
    recipients,
    status,
    diagnostic,
  }
}

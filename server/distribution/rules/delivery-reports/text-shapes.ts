import { failureOf, statusIn } from './failure.ts'
import { isMailSystem, onOneLine, type RecipientReport, type ReportFile } from './verdict.ts'

/*
 * Reports that are plain text, in the few shapes that are well known: qmail's (QSBMF) and Yahoo's, which is alike; Exim's; Google's and
 * Exchange's of before, or without the part for machines. Each begins in words of its own; the mail system must have sent it.
 */

interface Shape {
  /** How the text begins, blank lines apart. */
  begins: RegExp
  read(text: string): RecipientReport[]
}

const shapes: Shape[] = [
  { begins: /^hi\. this is the [^\n]*(qmail|mail)/i, read: readBracketed },
  {
    begins: /^(message from [^\n]*\n\s*)?(sorry, we were )?unable to deliver (your )?message to the following/i,
    read: readBracketed,
  },
  { begins: /^this message was created automatically by mail delivery software/i, read: readExim },
  {
    begins:
      /^(this is an automatically generated delivery status notification|delivery to the following recipients? (has been|failed))/i,
    read: readGoogle,
  },
  {
    begins:
      /^your message (did not reach|wasn't delivered|couldn't be delivered)|^delivery has failed to these recipients|^your message to [^\n]* (couldn't|could not) be delivered/i,
    read: readExchange,
  },
]

/** What a plain-text report says of each recipient; undefined where it has no known shape. */
export function readTextShape(file: ReportFile): RecipientReport[] | undefined {
  if (!isMailSystem(file.from) && !file.headers.has('x-failed-recipients')) return undefined
  const text = file.text.slice(0, longestText).replace(/\r\n?/g, '\n').replaceAll('’', "'").trim()
  const shape = shapes.find(({ begins }) => begins.test(text))
  const found = shape?.read(text)
  return found && found.length > 0 ? found : undefined
}

/** Nothing that matters stands further down; and a text made to be slow stays short. */
const longestText = 20_000

const address = String.raw`[^\s<>@"]{1,80}@[^\s<>@":]{1,255}`

/** Whatever came back below the report is nobody's verdict. */
const withoutCopy = (text: string) =>
  text.split(
    /^[-=_ ]{0,80}(?:-{3} *(?:below this line|enclosed|original message|this is a copy)|={4}|-{5} *original)/im,
  )[0]!

// qmail: a paragraph for each recipient, begun by its address in brackets and a colon.
function readBracketed(whole: string): RecipientReport[] {
  const text = withoutCopy(whole)
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

function readExim(whole: string): RecipientReport[] {
  const text = withoutCopy(whole).split(/^-+ This is a copy/im)[0]!
  const waiting = /has not yet been\s+delivered|no action is required on your part/i.test(text)
  const gone = /this is a permanent error|could not be\s+delivered to/i.test(text)
  if (waiting === gone) return []
  const recipients = text.split(new RegExp(String.raw`^ {2,4}(?=${address}:?[ \t]*$)`, 'im')).slice(1)
  return recipients.map((part) => {
    const [line = '', ...rest] = part.split('\n')
    const recipient = line.trim().replace(/:$/, '')
    const words = rest.join('\n')
    const report = waiting ? delayed(recipient) : given(recipient, words)
    // An alias stands for another address, which the message may have gone to.
    const origin = /\(generated from ([^\s()]{1,320})\)/i.exec(words)?.[1]?.toLowerCase()
    return origin === undefined ? report : { ...report, recipients: [...report.recipients, origin] }
  })
}

function readGoogle(whole: string): RecipientReport[] {
  const text = withoutCopy(whole)
  const recipient = new RegExp(String.raw`^[ \t]+(${address})[ \t]*$`, 'im').exec(text)?.[1]
  if (!recipient) return []
  if (/recipients? has been delayed|this is a warning message only/i.test(text)) return [delayed(recipient)]
  const words = /(?:technical details of permanent failure|reason):?\s*([\s\S]*)$/i.exec(text)?.[1]
  return /failed permanently|delivery to the following recipients? failed/i.test(text)
    ? [given(recipient, words ?? text)]
    : []
}

// Only with the server's own reply: the sentences above it are for people, and translated.
function readExchange(whole: string): RecipientReport[] {
  const text = withoutCopy(whole)
  const status = statusIn(text) ?? /(?:^|\s)<[^>]*#([245]\.\d{1,3}\.\d{1,3})[ >]/.exec(text)?.[1]
  if (!status?.startsWith('5')) return []
  const recipient = new RegExp(`(${address})`).exec(text)?.[1]
  const reply = new RegExp(String.raw`^.*${status.replaceAll('.', String.raw`\.`)}.*$`, 'm').exec(text)?.[0] ?? ''
  return [
    { ...given(recipient ?? '', reply), status, verdict: failureOf(status, onOneLine(reply)) ?? 'not_understood' },
  ]
}

const delayed = (recipient: string): RecipientReport => ({
  verdict: 'delayed',
  recipients: [recipient.toLowerCase()],
  status: null,
  diagnostic: null,
})

function given(recipient: string, words: string): RecipientReport {
  const diagnostic = onOneLine(words)
  const status = statusIn(diagnostic) ?? null
  return {
    verdict: failureOf(status, diagnostic) ?? 'not_understood',
    recipients: recipient === '' ? [] : [recipient.toLowerCase()],
    status,
    diagnostic,
  }
}

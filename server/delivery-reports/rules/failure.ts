import type { Failure } from './verdict.ts'
import { failuresIn, ofSender } from './words.ts'

/*
 * Why a message was given up. A server has two ways to say it, the status of RFC 3463 and words; one that is known speaks for the other, where
 * that is silent, only if it can mean nothing else. What they do not agree on is not understood.
 */

/** What a status means. `alone`: also where the words are none that are known. */
interface Meaning {
  failure: Failure
  alone: boolean
}

const alone = (failure: Failure): Meaning => ({ failure, alone: true })
const withWords = (failure: Failure): Meaning => ({ failure, alone: false })

// RFC 3463 and the register of its codes; 5.1.90 and 300 and up are Exchange Online's.
const meanings: Record<string, Meaning> = {
  '5.1.7': alone('policy'),
  '5.1.8': alone('policy'),
  '5.1.10': alone('hard'),
  '5.1.90': alone('policy'),
  '5.2.2': alone('soft'),
  '5.2.3': alone('policy'),
  '5.2.121': alone('soft'),
  '5.2.122': alone('soft'),
  '5.3.1': withWords('soft'),
  '5.3.2': withWords('soft'),
  '5.3.4': alone('policy'),
  '5.4.1': withWords('soft'),
  '5.4.4': withWords('hard'),
  '5.4.5': withWords('soft'),
  '5.4.6': alone('soft'),
  '5.4.7': alone('soft'),
  '5.4.14': alone('soft'),
  '5.4.300': alone('soft'),
  '5.4.310': alone('hard'),
  '5.4.312': alone('soft'),
  '5.4.316': alone('soft'),
  '5.4.317': alone('soft'),
}

function meaningOf(status: string, words: string): Meaning | undefined {
  // 4.0.0 is written for everything, 4.7.… for a rule as for a while.
  if (status === '4.0.0') return undefined
  if (status.startsWith('4')) return status.startsWith('4.7.') ? withWords('soft') : alone('soft')
  const known = meanings[status]
  if (known) return known
  // An address that something is wrong with: the recipient's, or else the sender's.
  if (/^5\.1\./.test(status)) return withWords(ofSender.test(words) ? 'policy' : 'hard')
  if (/^5\.6\./.test(status)) return withWords('policy')
  // 5.7.1 is written for everything; the numbers after it are an exact reason, but for an account that was disabled or changed hands.
  if (/^5\.7\.1[378]$/.test(status)) return undefined
  if (/^5\.7\./.test(status)) return { failure: 'policy', alone: !/^5\.7\.[012]$/.test(status) }
  return undefined
}

/*
 * What was refused before the recipient was named: the greeting, or the sender. As Exim (`after MAIL FROM`), Postfix (`in reply to …`),
 * qmail (`but sender was rejected`), sendmail (`>>> MAIL From`) and Exim's relatives write it.
 */
const beforeRecipient =
  /\b(after|in reply to|in response to|in)( the)?( pipelined)? (initial connection|mail from|(e?h|l)elo|e?hlo|handshake|banner)\b|\bbut (sender was rejected|my name was rejected|greeting failed)\b|>>> (mail from|e?helo)\b(?:(?!>>>).){0,500}<<< [45]\d\d/i

/**
 * Why it was given up, by its status (RFC 3463) and the server's words; undefined where they do not settle it. `about`: further words, which
 * tell at what point it was refused.
 */
export function failureOf(status: string | null, words: string, about = ''): Failure | undefined {
  if (status !== null && !/^[45]/.test(status)) return undefined
  // Whatever it says then is about us: `550 5.1.0 … does not exist` of the sender's domain.
  if (beforeRecipient.test(words) || beforeRecipient.test(about)) return failureOfSender(status, words)
  const quoted = gatewayQuotes.exec(words)?.[1]
  if (quoted) return failureOf(statusIn(quoted) ?? null, quoted, about)
  const stated = status === null || isMadeUp(status, words) ? [] : [status]
  return agreement([...stated, ...statusesIn(words)], words)
}

/** Says no more than that it failed, or where: 5.2.1 is written of a mailbox that is closed and of one that gets too much. */
const isOpen = (status: string): boolean => /^([45]\.[0-5]\.0|5\.2\.1|5\.0\.350)$/.test(status)

function agreement(statuses: readonly string[], words: string): Failure | undefined {
  if (statuses.some((each) => !each.startsWith('2') && !isOpen(each) && !meaningOf(each, words))) return undefined
  if (notInDirectory.test(words) && statuses.every((each) => each === '5.4.1' || each === '5.0.0')) return 'hard'
  const said = statuses.some((each) => /^5\.1\.[78]$/.test(each)) ? [] : failuresIn(words)
  const meant = statuses
    .filter((each) => !(each === '5.7.1' && said[0] === 'hard' && hasRule.test(words)))
    .flatMap((each) => meaningOf(each, words) ?? [])
  const passing = isPassing(words) && !statuses.some((each) => each.startsWith('4.7.'))
  return settled(passing ? [...meant, alone('soft')] : meant, said, words)
}

function settled(meant: readonly Meaning[], said: readonly Failure[], words: string): Failure | undefined {
  const [failure, another] = new Set(meant.map((each) => each.failure))
  if (!failure) return said.length === 1 && isSaidFirst(said[0]!, words) ? said[0] : undefined
  if (another || (failure === 'hard' && isOfSpace.test(words))) return undefined
  if (said.length > 0) return confirms(said, failure) ? failure : undefined
  return meant.some((each) => each.alone) || (failure === 'hard' && refusesAddress(words)) ? failure : undefined
}

function confirms(said: readonly Failure[], failure: Failure): boolean {
  // Mail to the address ends with it: not while anything speaks of a full mailbox. And a rule may be written as a passing reason.
  const doubtful = { hard: 'soft', soft: 'policy', policy: undefined } as const
  return said.includes(failure) && !said.some((each) => each === doubtful[failure])
}

/** Exchange Online's edge of whom the directory does not hold. */
const notInDirectory = /\b5\.4\.1 [^:]{0,200}:? ?recipient address(es)? rejected ?: access denied/i

/** Postfix writes 5.7.1 for whatever a rule of its administrator's says of a recipient. */
const hasRule = /\b5\.7\.1 <[^>]*>: recipient address rejected: /i

/** Says nothing by itself, and stands before every reason: where none follows. */
const refusesAddress = (words: string): boolean =>
  /\b(address|recipient) rejected\b(?!.*\s[a-z]{2,}\b)|\baddress is possibly incorrect\b/i.test(
    words.replace(/\(in reply to [^)]*\)/gi, '').replace(/<?[^\s<>]*\w[@.=]\w[^\s<>]*>?/g, ''),
  )

/** 552: exceeded storage allocation (RFC 5321). */
const isOfSpace = /(?:^|[:;] ?|-> )552[- ]/

/** What words alone refuse for, they say at once; what follows is advice. And a server that was reached mostly speaks of the sender's domain. */
function isSaidFirst(failure: Failure, words: string): boolean {
  const reply = /(?:^|[:;] ?|-> )[45]\d\d[- ](.*)$/.exec(words)?.[1]
  const beginning = (reply ?? words).slice(0, atOnce)
  return failuresIn(beginning).includes(failure) && !(failure === 'hard' && isOfHost(words))
}

const atOnce = 150

/** A server that was reached and knows no such host or domain mostly speaks of the sender's. */
const isOfHost = (words: string): boolean =>
  /(?:^|[:;] ?|-> )5\d\d[- ]/.test(words) &&
  !failuresIn(words.replace(/\b(host|domain|nxdomain)\b/gi, 'it')).includes('hard')

/** Cisco's gateway puts its own status and sentence, the same for every 550, before the reply: `5.1.0 - Unknown address error 550-'…'`. */
const gatewayQuotes = /^(?:smtp; ?)?5\.\d\.\d - [a-z ]{1,60} ([245]\d\d-'.*)$/i

/**
 * Whether the reporting server made the status up: out of a bare reply code, as sendmail and others call every 550 a bad address (5.1.1) and
 * every 552 a full mailbox (5.2.2), or out of a local program's exit code, as Postfix does (5.7.0). Only the words tell then.
 */
function isMadeUp(status: string, words: string): boolean {
  if (gatewayQuotes.test(words)) return true
  if (!status.startsWith('5') || status === '5.0.0' || status === '5.1.2') return false
  if (/^x-unix;/i.test(words)) return status.startsWith('5.7.')
  return /^(smtp; ?)?5\d\d[- ]/i.test(words.trim()) && statusIn(words) === undefined
}

function failureOfSender(status: string | null, words: string): Failure | undefined {
  const said = failuresIn(words)
  const meant = [...(status === null ? [] : [status]), ...statusesIn(words)].map(
    (each) => meaningOf(each, words)?.failure,
  )
  const passes = status?.startsWith('4') || isPassing(words) || said.includes('soft') || meant.includes('soft')
  if (passes) return said.includes('policy') ? undefined : 'soft'
  return 'policy'
}

/** The status that a server's reply carries: `550 5.1.1 …`, `(#5.1.1)`, `550 #5.1.0`; never a part of an IP address. */
export const statusIn = (words: string): string | undefined => statusesIn(words)[0]

// Exchange Online quotes another server's reply behind its own: `550 5.0.350 Remote server returned an error -> 550 5.1.1 …`.
function statusesIn(words: string): string[] {
  const code = String.raw`([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)`
  const places = [
    String.raw`(?<![\d.])[245]\d\d(?:[- ]|: ?)['#]?${code}`,
    String.raw`#${code}`,
    String.raw`^smtp; ?${code}`,
  ]
  return places.flatMap((place) => [...words.trim().matchAll(new RegExp(place, 'gi'))].map((found) => found[1]!))
}

// A reply of the fours is a passing one, whatever became of the message.
const isPassing = (words: string): boolean => /(?:^|smtp; ?|said: ?|: )(4[2-5]\d)[-: ]/i.test(words.trim())

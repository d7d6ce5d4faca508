import type { Failure } from './verdict.ts'

/*
 * Why a message was given up: first by the status of RFC 3463, and by the server's words only where the status leaves it open (Exim says
 * 5.0.0 of everything). Words that speak for two things speak for none.
 */

const hardWords = [
  /\b(user|recipient|addressee|mailbox|address|account|host)( name)?( is)? unknown\b/,
  /\b(unknown|invalid|non-?existent|no such|bad destination) (local )?(user|recipient|mailbox|address|account|person|domain|local[- ]part|host)\b/,
  /\b(user|recipient|rcpt|mailbox|address|account|domain|host)( name)?( [^\s]+@[^\s]+| <[^>]*>| you (tried|are trying) to (reach|contact))? (does not|doesn't|do not|did not) exist\b/,
  /\b(email account|account) that you tried to reach (does not exist|is (disabled|inactive))/,
  /\b(user|recipient|mailbox|address|account|domain)( name)?( [^\s]+@[^\s]+)? (was |is )?(not found|not known|not valid|no longer (valid|in use|active|available|exists?))\b/,
  /\bnot (a (valid|known|local) (user|recipient|mailbox|address|account)|our customer)\b/,
  /\bno (such )?(mailbox|account|user) (here )?(by|with|for|of) that name\b|\bno mailbox (here|available)\b|\bno (mailbox|account|user|recipient|address)( was)? found\b/,
  /\b(does not|doesn't) (have|like) (a |an )?([\w.-]+ )?(account|mailbox)\b/,
  /\b(account|domain|user|address) (or (account|domain|user|address) )?may not exist\b/,
  /\b(account|mailbox|user)( has been| is| was)?( currently)? (disabled|discontinued|deactivated|closed|deleted|terminated|suspended)\b/,
  /\b(disabled|discontinued|deactivated|closed|deleted) (account|mailbox|user)\b/,
  /\bmailbox( [^\s]+@[^\s]+)? (is )?unavailable\b/,
  /\bunrouteable (mail )?(address|domain)\b/,
  /\b(host|domain)( or domain)?( name)? not found\b|\bcouldn't find any host named\b|\bno such domain\b|\bnull mx\b/,
  /\brecipientnotfound\b|recipnotfound\b|\bdomain does not exist\b/,
  /\b(unknown|no such|illegal) (or illegal )?(alias|user|recipient)\b|\b(user|recipient|address) no longer (here|on (this )?server)\b/,
  /\b(address|user|recipient|mailbox) (could not|couldn't|cannot|can't) be found\b/,
  /\b(address|mailbox|account) no longer accepts (e-?)?mail\b|\bindicated no smtp service\b/,
  /\ball relevant mx records point to non-existent hosts\b/,
]
const softWords = [
  /\b(over|exceed(s|ed|ing)?|out of) (the |its |their |his |allowed |mailbox |disk |storage )*(quota|storage|allocation|space)\b|\bquota (is )?(full|exceeded)\b|\bover ?quota\b|\b(disk|mail|mailbox|storage) quota\b/,
  /\b(mailbox|inbox|mail ?folder)( [^\s]+@[^\s]+| for [^\s]+)? (is |was )?(full|over)\b|\bmailbox size limit\b/,
  /\binsufficient (system |disk )*(storage|space|resources)\b|\bno space left\b/,
  /\ball hosts (for [^\s]+ )?have been failing for a long time\b/,
  /\bretry (timeout|time) (exceeded|not reached)\b|\bretry timeout\b/,
  /\bconnection (timed out|refused|reset|lost)\b|\boperation timed out\b|\blost connection\b/,
  /\bin the queue too long\b|\bdelivery time expired\b|\bmessage expired\b/,
  /\btemporar(y|ily)\b|\btry (again )?later\b|\bgr[ae]y-?list|\btoo many hops\b/,
  /\bdid not accept our requests to connect\b/,
  /\btoo many (connections|messages|recipients)\b|\brate limit|\btoo (quickly|fast)\b|\breceiving mail at a rate\b/,
]
const policyWords = [
  /\bspam\b|\bunsolicited\b|\bspamhaus\b|\bdnsbl\b|\brbl\b|\bjunk\b|\bvirus\b|\bmalware\b/,
  /\bblock(ed|ing)\b|\b(black|block) ?-?list(ed)?\b|\breputation\b/,
  /\badministrative prohibition\b|\bpolicy\b|\bpolicies\b|\bspf\b|\bdkim\b|\bdmarc\b|\bunauthenticated\b/,
  /\baccess denied\b|\brelay(ing)? (access |is )?(denied|not permitted|not allowed|prohibited)\b|\bunable to relay\b|\bwe do not relay\b/,
  /\b(not authori[sz]ed|not permitted|not allowed) to send\b|\bsender verif(y|ication)\b|\bsender (address )?(was |is )?(rejected|denied|blocked)\b/,
  /\b(mail|message) size (limit|(was |is )?exceeded)\b|\bexceeds? (the |its )?max(imum)? (message )?size\b/,
  /\bmessage (size |is |was )*(too (large|big)|exceeds|rejected (due|because|as))\b|\bcontent (was )?(rejected|blocked)\b/,
  /\breverse dns\b|\brdns\b|\bptr (resource )?(record|lookup)\b|\bclient host (was |is )?rejected\b/,
  /\b(host|network|client|server|ip)( address)? (is )?not (allowed|permitted|welcome)\b/,
  /\bauthentication (is )?required\b|\bwithout authentication\b|\bnot permitted to relay\b/,
]

/** What the words speak for; undefined where for nothing, or for more than one thing. */
export function failureByWords(text: string): Failure | undefined {
  const found = failuresIn(text)
  return found.length === 1 ? found[0] : undefined
}

// An address is a name and no word (`spam@…`, `blocked@…`), and a reply of several lines tells its code within a sentence (`550-5.2.1`).
function failuresIn(text: string): Failure[] {
  const said = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/\bmail[- ]box\b/g, 'mailbox')
    .replace(/[^\s<>@:]{1,80}@[^\s<>@:;,]{1,255}/g, 'x@x')
    .replace(/(?<![\d.])[245]\d\d-([245]\.\d{1,3}\.\d{1,3} )?/g, '')
  const speaks = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(said))
  const words = { hard: hardWords, soft: softWords, policy: policyWords }
  const found = (['hard', 'soft', 'policy'] as const).filter((failure) => speaks(words[failure]))
  // What is said of the sender is no word on the recipient.
  return [...new Set(found.map((failure) => (failure === 'hard' && ofSender.test(said) ? 'policy' : failure)))]
}

const ofSender =
  /\bsenders?\b|\bmail from\b|\b(envelope|return)[- ](from|path|sender)\b|\bhelo\b|\bfrom (address|domain)\b|\byour (domain|host|server|ip|address(?! book))\b|\bcall(back|out)\b|\bverif(y|ication) failed\b/i

// What a status settles without a word: RFC 3463 and the register of its codes; 300 and up are Exchange Online's.
const settled: Record<string, Failure> = {
  '5.1.7': 'policy',
  '5.1.8': 'policy',
  '5.1.90': 'policy',
  '5.2.2': 'soft',
  '5.2.3': 'policy',
  '5.2.121': 'soft',
  '5.2.122': 'soft',
  '5.3.1': 'soft',
  '5.3.2': 'soft',
  '5.3.4': 'policy',
  '5.4.5': 'soft',
  '5.4.6': 'soft',
  '5.4.7': 'soft',
  '5.4.14': 'soft',
  '5.4.300': 'soft',
  '5.4.310': 'hard',
  '5.4.312': 'soft',
  '5.4.316': 'soft',
  '5.4.317': 'soft',
}
// What it is taken for where the words do not say otherwise.
const presumed: Record<string, Failure> = { '5.2.1': 'hard', '5.4.1': 'soft', '5.4.4': 'hard' }

/*
 * What was refused before the recipient was named: the greeting, or the sender. As Exim (`after MAIL FROM`), Postfix (`in reply to …`),
 * qmail (`but sender was rejected`), sendmail (`>>> MAIL From`) and Exim's relatives write it.
 */
const beforeRecipient =
  /\b(after|in reply to|in response to|in)( the)?( pipelined)? (initial connection|mail from|(e?h|l)elo|e?hlo|handshake|banner)\b|\bbut (sender was rejected|my name was rejected|greeting failed)\b|>>> (mail from|e?helo)\b(?:(?!>>>).){0,500}<<< [45]\d\d/i

/**
 * Why it was given up, by its status (RFC 3463) and the server's words; undefined where neither settles it. `about`: further words, which
 * tell at what point it was refused.
 */
export function failureOf(status: string | null, words: string, about = ''): Failure | undefined {
  if (status !== null && !/^[45]/.test(status)) return undefined
  // Whatever it says then is about us: `550 5.1.0 … does not exist` of the sender's domain.
  if (beforeRecipient.test(words) || beforeRecipient.test(about)) return failureOfSender(status, words)
  const quoted = gatewayQuotes.exec(words)?.[1]
  if (quoted) return failureOf(statusIn(quoted) ?? null, quoted, about)
  if (status === null || isMadeUp(status, words)) return failureByReply(words) ?? failureByWords(words)
  return failureByStatuses(status, words)
}

// Where statuses, or status and words, say different things, nothing is settled.
function failureByStatuses(status: string, words: string): Failure | undefined {
  const statuses = [status, ...statusesIn(words)].filter((each) => !each.startsWith('2'))
  if (statuses.some((each) => isContradicted(each, words)))
    return refusesRecipient.test(words) ? failureByWords(words) : undefined
  const failures = new Set(statuses.flatMap((each) => failureByStatus(each, words) ?? []))
  return failures.size > 1 ? undefined : (failureByStatus(status, words) ?? failureWithin(status, words))
}

/** Cisco's gateway puts its own status and sentence, the same for every 550, before the reply: `5.1.0 - Unknown address error 550-'…'`. */
const gatewayQuotes = /^(?:smtp; ?)?5\.\d\.\d - [a-z ]{1,60} ([245]\d\d-'.*)$/i

/** What follows is said of the recipient, whatever status it carries. */
const refusesRecipient = /\brecipient address rejected\b/i

/**
 * Whether the reporting server made the status up: out of a bare reply code, as sendmail and others call every 550 a bad address (5.1.1) and
 * every 552 a full mailbox (5.2.2), or out of a local program's exit code, as Postfix does (5.7.0). Only the words tell then.
 */
export function isMadeUp(status: string, words: string): boolean {
  if (gatewayQuotes.test(words)) return true
  if (!status.startsWith('5') || status === '5.0.0') return false
  if (/^x-unix;/i.test(words)) return status.startsWith('5.7.')
  return /^(smtp; ?)?5\d\d[- ]/i.test(words.trim()) && statusIn(words) === undefined
}

/** Whether the words only speak for something else: `User unknown` with the 5.7.1 of a refusal. */
function isContradicted(status: string, words: string): boolean {
  const said = /^5\.[67]\./.test(status) ? 'policy' : /^5\.[234]\./.test(status) ? settled[status] : undefined
  const found = failuresIn(words)
  return said !== undefined && found.length > 0 && !found.includes(said)
}

function failureOfSender(status: string | null, words: string): Failure {
  if (status?.startsWith('4') || failureByReply(words) === 'soft') return 'soft'
  return failureByWords(words) === 'soft' ? 'soft' : 'policy'
}

function failureByStatus(status: string, words: string): Failure | undefined {
  if (status.startsWith('4')) return 'soft'
  const known = settled[status]
  if (known) return known
  // Exchange Online refuses at its edge whom the directory does not hold.
  if (status === '5.4.1' && /recipient address(es)? rejected ?: access denied/i.test(words)) return 'hard'
  if (status in presumed) return failureByWords(words) ?? (refusesHost.test(words) ? undefined : presumed[status])
  const subject = status.split('.')[1]
  if (subject === '1') return failureOfAddress(status, words)
  return subject === '6' || subject === '7' ? 'policy' : undefined
}

/** Replies that turn away a whole server or message, whatever status stands behind them. */
const refusesHost = /(?<![\d.])(521|554)[-: ]/

// `Bad address`, and servers that say it of a full mailbox or of spam. 5.1.0 may be the sender's.
function failureOfAddress(status: string, words: string): Failure | undefined {
  const found = failuresIn(words)
  if (found.includes('hard'))
    return found.includes('soft') || (status === '5.1.0' && found.length > 1) ? undefined : 'hard'
  if (found.length > 0) return found.length === 1 ? found[0] : undefined
  if (ofSender.test(words)) return 'policy'
  return status !== '5.1.0' || /\b(address|recipient) rejected\b/i.test(words) ? 'hard' : undefined
}

// The reply that is quoted may carry a status that says more, or else a code, or words.
function failureWithin(status: string, words: string): Failure | undefined {
  const inner = statusesIn(words).find((each) => each !== status && !each.startsWith('2'))
  const refined = inner === undefined ? undefined : failureByStatus(inner, words)
  return refined ?? failureByReply(words) ?? failureByWords(words)
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
function failureByReply(words: string): Failure | undefined {
  const reply = /(?:^|smtp; ?|said: ?|: )(4[2-5]\d)[-: ]/i.exec(words.trim())
  return reply ? 'soft' : undefined
}

import type { Failure } from './verdict.ts'

/*
 * Why a message was given up: first by the status of RFC 3463, and by the server's words only where the status leaves it open (Exim says
 * 5.0.0 of everything). Words that speak for two things speak for none.
 */

const hardWords = [
  /\b(user|recipient|mailbox|address|account)( name)?( is)? unknown\b/,
  /\b(unknown|invalid|non-?existent|no such|bad destination) (local )?(user|recipient|mailbox|address|account|person|domain|local[- ]part|host)\b/,
  /\b(user|recipient|mailbox|address|account|domain|host)( name)?( [^\s]+@[^\s]+| <[^>]*>| you (tried|are trying) to (reach|contact))? (does not|doesn't|do not|did not) exist\b/,
  /\b(email account|account) that you tried to reach (does not exist|is (disabled|inactive))/,
  /\b(user|recipient|mailbox|address|account|domain)( name)?( [^\s]+@[^\s]+)? (was |is )?(not found|not known|not valid|no longer (valid|in use|active|available|exists?))\b/,
  /\bnot a (valid|known|local) (user|recipient|mailbox|address|account)\b/,
  /\bno (such )?mailbox (here )?(by|with|for) that name\b|\bno mailbox here\b/,
  /\b(does not|doesn't) (have|like) (a |an )?([\w.-]+ )?(account|mailbox)\b/,
  /\b(account|mailbox|user)( has been| is| was)? (disabled|discontinued|deactivated|closed|deleted|terminated|suspended)\b/,
  /\bmailbox (is )?unavailable\b/,
  /\bunrouteable (mail )?(address|domain)\b/,
  /\b(host|domain)( or domain)?( name)? not found\b|\bcouldn't find any host named\b|\bno such domain\b|\bnull mx\b/,
  /\brecipientnotfound\b|\brecipnotfound\b|\bdomain does not exist\b/,
  /\b(address|user|recipient|mailbox) (could not|couldn't|cannot|can't) be found\b/,
  /\b(address|mailbox|account) no longer accepts (e-?)?mail\b|\bindicated no smtp service\b/,
  /\ball relevant mx records point to non-existent hosts\b/,
]
const softWords = [
  /\b(over|exceed(s|ed|ing)?|out of) (the |its |their |his |allowed |mailbox |disk |storage )*(quota|storage|allocation|space)\b|\bquota (is )?(full|exceeded)\b|\bover ?quota\b/,
  /\b(mailbox|inbox|mail ?folder)( [^\s]+@[^\s]+| for [^\s]+)? (is |was )?(full|over)\b|\bmailbox size limit\b/,
  /\binsufficient (system |disk )*(storage|space|resources)\b|\bno space left\b/,
  /\ball hosts (for [^\s]+ )?have been failing for a long time\b/,
  /\bretry (timeout|time) (exceeded|not reached)\b|\bretry timeout\b/,
  /\bconnection (timed out|refused|reset|lost)\b|\boperation timed out\b|\blost connection\b/,
  /\bin the queue too long\b|\bdelivery time expired\b|\bmessage expired\b/,
  /\btemporar(y|ily)\b|\btry (again|later)\b|\bgr[ae]y-?list/,
  /\btoo many (connections|messages|recipients)\b|\brate limit|\btoo (quickly|fast)\b/,
]
const policyWords = [
  /\bspam\b|\bunsolicited\b|\bspamhaus\b|\bdnsbl\b|\brbl\b|\bjunk\b|\bvirus\b|\bmalware\b/,
  /\bblock(ed|ing)\b|\b(black|block) ?-?list(ed)?\b|\breputation\b/,
  /\badministrative prohibition\b|\bpolicy\b|\bpolicies\b|\bspf\b|\bdkim\b|\bdmarc\b|\bunauthenticated\b/,
  /\baccess denied\b|\brelay(ing)? (access )?(denied|not permitted|not allowed)\b|\bunable to relay\b|\bwe do not relay\b/,
  /\b(not authori[sz]ed|not permitted|not allowed) to send\b|\bsender (address )?(was |is )?(rejected|denied|blocked)\b/,
  /\bmessage (size |is |was )*(too (large|big)|exceeds|rejected (due|because|as))\b|\bcontent (was )?(rejected|blocked)\b/,
]

/** What the words speak for; undefined where for nothing, or for more than one thing. */
export function failureByWords(text: string): Failure | undefined {
  const said = text.toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ')
  const speaks = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(said))
  const found = (
    [
      ['hard', hardWords],
      ['soft', softWords],
      ['policy', policyWords],
    ] as const
  ).filter(([, patterns]) => speaks(patterns))
  return found.length === 1 ? found[0]![0] : undefined
}

// What a status settles without a word: RFC 3463 and the register of its codes; 300 and up are Exchange Online's.
const settled: Record<string, Failure> = {
  '5.1.7': 'policy',
  '5.1.8': 'policy',
  '5.1.90': 'policy',
  '5.2.2': 'soft',
  '5.2.3': 'policy',
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
}
// What it is taken for where the words do not say otherwise.
const presumed: Record<string, Failure> = { '5.2.1': 'hard', '5.4.1': 'soft', '5.4.4': 'hard' }

/** Why it was given up, by its status (RFC 3463) and the server's words; undefined where neither settles it. */
export function failureOf(status: string | null, words: string): Failure | undefined {
  if (status === null) return failureByReply(words) ?? failureByWords(words)
  if (status.startsWith('4')) return 'soft'
  if (!status.startsWith('5')) return undefined
  return failureByStatus(status, words) ?? failureWithin(status, words)
}

function failureByStatus(status: string, words: string): Failure | undefined {
  const known = settled[status]
  if (known) return known
  // Exchange Online refuses at its edge whom the directory does not hold.
  if (status === '5.4.1' && /recipient address rejected: access denied/i.test(words)) return 'hard'
  if (status in presumed) return failureByWords(words) ?? presumed[status]
  const subject = status.split('.')[1]
  if (subject === '1') return 'hard'
  return subject === '6' || subject === '7' ? 'policy' : undefined
}

// The reply that is quoted may carry a status that says more, or else a code, or words.
function failureWithin(status: string, words: string): Failure | undefined {
  const inner = statusIn(words)
  const refined = inner !== undefined && inner !== status ? failureOf(inner, words) : undefined
  return refined ?? failureByReply(words) ?? failureByWords(words)
}

/** The status that a server's reply carries: `550 5.1.1 …`, `(#5.1.1)`, `550 #5.1.0`; never a part of an IP address. */
export function statusIn(words: string): string | undefined {
  const code = String.raw`([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)`
  const places = [String.raw`(?<![\d.])[245]\d\d[- ]#?${code}`, String.raw`#${code}`, String.raw`^smtp; ?${code}`]
  for (const place of places) {
    const found = new RegExp(place, 'i').exec(words.trim())?.[1]
    if (found) return found
  }
  return undefined
}

// A reply of the fours is a passing one, whatever became of the message.
function failureByReply(words: string): Failure | undefined {
  const reply = /(?:^|smtp; ?|said: ?|: )(4[2-5]\d)[- ]/i.exec(words.trim())
  return reply ? 'soft' : undefined
}

import { isMailSystem, type ReportFile } from './verdict.ts'

type Headers = ReportFile['headers']

const subjects =
  /^\s*\[?((re|aw|sv): *|yahoo! )?(automatic reply|auto(matic)?[- ]?(reply|response|responder|answer)|out of (the )?office|ooo\b|on (annual )?leave\b|(annual|maternity|parental|sick) leave\b|away from (my|the) (office|desk)|i am (away|out of)|vacation\b|holiday (message|reply)|abwesenheits|automatische antwort|réponse automatique|respuesta automática)/i

/** A mail server's, with its status: what came back, in the words of a server that is not known. */
const reply = /(?:^|[\s'"<(:])[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b/

/** Waits for somebody to prove that they are a person: it is to be seen, and answered. */
const challenge =
  /\b(challenge|(requires?|request|please) (that you )?(verif|confirm)|has not been verified|(sender|address|email|message)( address)? verification|confirm (that )?you\b|real (live )?human|whitelist|allow ?list)/i

/** Only with a sign that no person wrote it. */
const absent = /\b(is|am|are) (currently )?(out of (the )?office|away|on (annual |maternity |sick )?leave)\b/i
const failed =
  /undeliver|\bdelivery (status|report|notification|(has )?fail)|\bfailure notice|\breturned (mail|to sender)|\b(not|n't|could not be|cannot be) (be )?delivered\b|\brejected\b|unzustellbar|nicht zugestellt|non (remis|distribu)|onbestelbaar|no se (pudo|puede) entregar|mancata consegna/i

/**
 * Whether something answered by itself: an absence notice, a receipt for a ticket, a note that the mail was read. It says nothing about
 * the address. What a mail system sends is no auto-reply, unless it says so.
 */
export function isAutoReply({ headers, from, subject, reportType, text }: ReportFile): boolean {
  const told = subjects.test(subject)
  // What came back is no answer, though a machine sent it.
  if (!told && (isMailSystem(from) || failed.test(subject))) return false
  if (reportType === 'disposition-notification') return true
  if (!told && reply.test(text)) return false
  if (challenge.test(subject) || challenge.test(text.slice(0, 2000))) return false
  return told || isMarked(headers) || isAutomatic(headers, subject)
}

const valueOf = (headers: Headers, name: string) => headers.get(name)?.[0]?.toLowerCase() ?? ''

/** Says of itself that it is a reply. */
const isMarked = (headers: Headers): boolean =>
  valueOf(headers, 'auto-submitted').startsWith('auto-replied') ||
  /^auto[_-]?reply/.test(valueOf(headers, 'precedence')) ||
  ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'].some(
    (name) => headers.has(name) && valueOf(headers, name) !== 'no',
  )

/** Says that a machine sent it, and shows that it is a reply. */
function isAutomatic(headers: Headers, subject: string): boolean {
  const submitted = valueOf(headers, 'auto-submitted')
  const automatic =
    submitted.startsWith('auto-') ||
    headers.has('x-auto-response-suppress') ||
    /^(bulk|junk|list)\b/.test(valueOf(headers, 'precedence'))
  const replies = headers.has('in-reply-to') || absent.test(subject)
  return automatic && replies && submitted !== 'no' && !headers.has('list-id')
}

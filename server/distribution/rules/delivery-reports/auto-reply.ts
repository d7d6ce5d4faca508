import { isMailSystem, type ReportFile } from './verdict.ts'

const subjects =
  /^\s*\[?((re|aw|sv): *|yahoo! )?(automatic reply|auto(matic)?[- ]?(reply|response|responder|answer)|out of (the )?office|ooo\b|on (annual )?leave\b|(annual|maternity|parental|sick) leave\b|away from (my|the) (office|desk)|i am (away|out of)|vacation\b|holiday (message|reply)|abwesenheits|automatische antwort|réponse automatique|respuesta automática)/i

/** Only with a sign that no person wrote it. */
const absent = /\b(is|am|are) (currently )?(out of (the )?office|away|on (annual |maternity |sick )?leave)\b/i
const failed =
  /undeliver|\bdelivery (status|report|notification|(has )?fail)|\bfailure notice|\breturned (mail|to sender)|\b(not|n't|could not be|cannot be) (be )?delivered\b|\brejected\b/i

/**
 * Whether something answered by itself: an absence notice, a receipt for a ticket, a note that the mail was read. It says nothing about
 * the address. What a mail system sends is no auto-reply, unless it says so.
 */
export function isAutoReply({ headers, from, subject, reportType }: ReportFile): boolean {
  const value = (name: string) => headers.get(name)?.[0]?.toLowerCase() ?? ''
  const told = subjects.test(subject)
  // What came back is no answer, though a machine sent it.
  if (!told && (isMailSystem(from) || failed.test(subject))) return false
  if (reportType === 'disposition-notification') return true
  const submitted = value('auto-submitted')
  if (submitted.startsWith('auto-replied')) return true
  const marked =
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'].some(
      (name) => headers.has(name) && value(name) !== 'no',
    ) || /^auto[_-]?reply/.test(value('precedence'))
  if (marked) return true
  const automatic =
    submitted.startsWith('auto-') ||
    headers.has('x-auto-response-suppress') ||
    /^(bulk|junk|list)\b/.test(value('precedence'))
  return (
    told ||
    (automatic && (headers.has('in-reply-to') || absent.test(subject)) && submitted !== 'no' && !headers.has('list-id'))
  )
}

import { failureOf, statusIn } from '../../delivery-reports/rules/failure.ts'

const minute = 60_000
const shortDelays = [1, 5, 15, 60]
const laterDelay = 120
// The short waits and then one every two hours, as many as end within a day.
const delays = [...shortDelays, ...Array.from({ length: Math.floor((24 * 60 - 81) / laterDelay) }, () => laterDelay)]

/** How long a claimed message may be in the hands of one worker before another may take it for interrupted; far longer than the mailer's time-outs. */
export const leaseMs = 15 * minute

/** When to try again after so many attempts: 1, 5, 15, 60 minutes, then every two hours; undefined once a day of trying is over. */
export function nextAttemptAt(attempts: number, now: Date): Date | undefined {
  const delay = delays[attempts - 1]
  return delay === undefined ? undefined : new Date(now.getTime() + delay * minute)
}

interface SmtpFailure {
  message?: unknown
  /** The server's own words. */
  response?: unknown
  responseCode?: unknown
  command?: unknown
}

/**
 * Whether a mail server refused this message for good: a 5xx to its recipient or its content. A 5xx to anything else (signing in, the
 * sender) is a matter of settings, which somebody may put right.
 */
export function isPermanent(error: unknown): boolean {
  const { responseCode, command } = error as SmtpFailure
  return typeof responseCode === 'number' && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
}

/** Whether it refused because there is no such address, as a delivery report would be read: not by a rule, and not in words that are not understood. */
export function isDeadAddress(error: unknown): boolean {
  const { message, response } = error as SmtpFailure
  const reply = [response, message].find((words) => typeof words === 'string' && words !== '')
  return (
    isPermanent(error) && typeof reply === 'string' && failureOf(statusIn(reply) ?? null, `smtp; ${reply}`) === 'hard'
  )
}

import { daysAfter, formatLondonDate, londonDay, londonTime, startOfLondonDay } from '../../time/london-dates.ts'
import { nextWithin, type SendWindow } from './send-window.ts'

/** `thank_you` and `results_released` go to those whose answers are complete, and only where an admin plans them. */
export const mailingKinds = ['invitation', 'reminder', 'thank_you', 'results_released'] as const
export type MailingKind = (typeof mailingKinds)[number]

/** Whether a mailing goes to who has not answered yet, and so never after the close. */
export const asksToAnswer = (kind: MailingKind): boolean => kind === 'invitation' || kind === 'reminder'

export interface PlannedMailing {
  kind: MailingKind
  /** A day in Europe/London. */
  dueOn: string
}

const leastDaysBetween = 3

/** Invitations on the day given, reminders 5 and 11 days after it and 3 days before the close: those that fit, at least three days apart. */
export function defaultPlan({ invitedOn, closesAt }: { invitedOn: string; closesAt: string }): PlannedMailing[] {
  const closes = londonDay(closesAt)
  const wanted = [daysAfter(invitedOn, 5), daysAfter(invitedOn, 11), daysAfter(closes, -3)].sort()
  const days = [invitedOn]
  for (const day of wanted) if (day < closes && day >= daysAfter(days.at(-1)!, leastDaysBetween)) days.push(day)
  return days.map((dueOn, index) => ({ kind: index === 0 ? 'invitation' : 'reminder', dueOn }))
}

/** When a mailing begins to leave: in the window's first moment on its day or after, never before the opening. */
export function startOfMailing(
  { dueOn }: Pick<PlannedMailing, 'dueOn'>,
  window: SendWindow | null,
  opensAt: string,
): Date {
  const day = londonTime(dueOn, '00:00')
  const earliest = new Date(Math.max(day.getTime(), Date.parse(opensAt)))
  return window ? nextWithin(window, earliest) : earliest
}

/** Where a schedule as given (`newScheduleSchema`) holds the days of each mailing. */
const placeOf = {
  invitation: 'invitation',
  reminder: 'reminders',
  thank_you: 'thankYou',
  results_released: 'resultsReleased',
} as const satisfies Record<MailingKind, string>

/** What is wrong with a plan and where, in words for the admin; none where it can stand. `mailings`: with those that were sent already. */
export function problemsOfPlan(
  mailings: readonly (PlannedMailing & { queued: boolean })[],
  dates: { opensAt: string; closesAt: string; retainUntil: string; window: SendWindow; now: Date },
): { place: string; message: string }[] {
  const invitation = mailings.find(({ kind }) => kind === 'invitation')
  const problems = mailings
    .filter(({ queued }) => !queued)
    .flatMap((mailing) => {
      const place = placeOf[mailing.kind]
      const name = `The ${mailingNames[mailing.kind]} of ${formatLondonDate(startOfLondonDay(mailing.dueOn))}`
      const wrong = problemOfDay(mailing, dates)
      if (wrong !== undefined) return [{ place, message: `${name} ${wrong}` }]
      return mailing.kind === 'reminder' && invitation && mailing.dueOn <= invitation.dueOn
        ? [{ place, message: `${name} does not come after the invitation.` }]
        : []
    })
  // Who has answered and who has not are never the same people.
  const twice = mailings.find(({ kind, dueOn, queued }, index) =>
    mailings.some(
      (other, at) =>
        other.dueOn === dueOn &&
        asksToAnswer(other.kind) === asksToAnswer(kind) &&
        !queued &&
        (other.queued || at < index),
    ),
  )
  if (twice)
    problems.push({
      place: placeOf[twice.kind],
      message: `Two mailings fall on the same day, ${formatLondonDate(startOfLondonDay(twice.dueOn))}.`,
    })
  return problems
}

const mailingNames: Record<MailingKind, string> = {
  invitation: 'invitation',
  reminder: 'reminder',
  thank_you: 'thank-you',
  results_released: 'note on results',
}

function problemOfDay(
  { kind, dueOn }: PlannedMailing,
  { opensAt, closesAt, retainUntil, window, now }: Parameters<typeof problemsOfPlan>[1],
): string | undefined {
  const starts = startOfMailing({ dueOn }, window, opensAt).toISOString()
  // A note on results waits for their release, however long ago its day was.
  if (kind !== 'results_released' && dueOn < londonDay(now)) return 'lies in the past.'
  if (dueOn < londonDay(opensAt)) return 'comes before the opening.'
  if (asksToAnswer(kind) && starts > closesAt) return 'could not leave before the close: messages leave only after it.'
  if (starts >= retainUntil)
    return `could not leave before contact details are deleted on ${formatLondonDate(retainUntil)}.`
  return undefined
}

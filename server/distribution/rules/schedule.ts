import {
  daysAfter,
  formatLondonDate,
  londonDay,
  londonTime,
  startOfLondonDay,
} from '../../collections/rules/london-dates.ts'
import { nextWithin, type SendWindow } from './send-window.ts'

export interface PlannedMailing {
  kind: 'invitation' | 'reminder'
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

/** What is wrong with a plan, in words for the admin; none where it can stand. `mailings`: with those that were sent already. */
export function problemsOfPlan(
  mailings: readonly (PlannedMailing & { queued: boolean })[],
  { opensAt, closesAt, window, now }: { opensAt: string; closesAt: string; window: SendWindow; now: Date },
): string[] {
  const days = mailings.map(({ dueOn }) => dueOn)
  const invitation = mailings.find(({ kind }) => kind === 'invitation')
  const problems = mailings
    .filter(({ queued }) => !queued)
    .flatMap((mailing) => {
      const name = `The ${mailing.kind} of ${formatLondonDate(startOfLondonDay(mailing.dueOn))}`
      const starts = startOfMailing(mailing, window, opensAt).toISOString()
      if (mailing.dueOn < londonDay(now)) return [`${name} lies in the past.`]
      if (mailing.dueOn < londonDay(opensAt)) return [`${name} comes before the opening.`]
      if (starts > closesAt) return [`${name} could not leave before the close: messages leave only after it.`]
      return mailing.kind === 'reminder' && invitation && mailing.dueOn <= invitation.dueOn
        ? [`${name} does not come after the invitation.`]
        : []
    })
  if (new Set(days).size < days.length) problems.push('Two mailings fall on the same day.')
  return problems
}

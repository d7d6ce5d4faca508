import { londonDay, londonTime, nextDay } from '../../time/london-dates.ts'
import { nextWithin, type SendWindow } from './send-window.ts'

const minute = 60_000

/** When the last of so many messages leaves at the earliest: the first at `first`, and `ratePerMinute` of them (null: all) in each minute of the window. */
export function lastToLeave(
  first: Date,
  count: number,
  { ratePerMinute, window }: { ratePerMinute: number | null; window: SendWindow | null },
): Date {
  let wait = ratePerMinute === null ? 0 : Math.max(0, Math.ceil(count / ratePerMinute) - 1) * minute
  if (!window) return new Date(first.getTime() + wait)
  for (let at = nextWithin(window, first); ;) {
    const left = endOf(window, at).getTime() - at.getTime()
    if (wait < left) return new Date(at.getTime() + wait)
    wait -= left
    at = nextWithin(window, endOf(window, at))
  }
}

/** The end of the window in which an instant lies. */
function endOf({ until }: SendWindow, instant: Date): Date {
  const day = londonDay(instant)
  return until === '24:00' ? londonTime(nextDay(day), '00:00') : londonTime(day, until)
}

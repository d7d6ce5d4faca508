import { londonClock, londonDay, londonTime, nextDay } from '../../time/london-dates.ts'

/** When messages may leave: weekdays (1 Monday to 7 Sunday), and from and until when on them, in Europe/London. `until` is no part of it. */
export interface SendWindow {
  days: number[]
  from: string
  until: string
}

/** Working hours: for reminders from the start, for everything once an admin has set a schedule. */
export const defaultWindow: SendWindow = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }

export interface StoredWindow {
  sendDays: number[] | null
  sendFrom: string | null
  sendUntil: string | null
}

/** The window that an admin set; null where none was. */
export const storedWindow = ({ sendDays, sendFrom, sendUntil }: StoredWindow): SendWindow | null =>
  sendDays && sendFrom && sendUntil ? { days: sendDays, from: sendFrom, until: sendUntil } : null

/** What people asked for or wait for themselves: it leaves at any hour. */
const atAnyHour = new Set(['sign_in', 'link_again', 'passed_on', 'finish_later', 'test'])

/**
 * The window that a kind of message keeps to; null: any hour. Invitations that an admin sends by hand before a window was ever set leave
 * at once; what leaves by itself keeps to working hours without being told.
 */
export function windowFor(kind: string, collection: StoredWindow): SendWindow | null {
  if (atAnyHour.has(kind)) return null
  return storedWindow(collection) ?? (kind === 'invitation' || kind === 'coordinator' ? null : defaultWindow)
}

/** 1 Monday to 7 Sunday of a day written `2026-06-01`. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

export function isWithin(window: SendWindow, now: Date): boolean {
  const time = londonClock(now)
  return window.days.includes(weekdayOf(londonDay(now))) && time >= window.from && time < window.until
}

/** The first moment from `instant` on that lies in the window. A window has at least one day, and begins before it ends. */
export function nextWithin(window: SendWindow, instant: Date): Date {
  if (isWithin(window, instant)) return instant
  let day = londonDay(instant)
  if (londonClock(instant) >= window.from) day = nextDay(day)
  for (;;) {
    const start = startOn(day, window.from)
    // A window within the hour that the clocks skip does not come on that day.
    if (isWithin(window, start)) return start
    day = nextDay(day)
  }
}

/** Where the clocks skip the time: the moment at which they do. */
function startOn(day: string, from: string): Date {
  const start = londonTime(day, from)
  return londonClock(start) === from ? start : new Date(Math.floor(start.getTime() / hour) * hour)
}

const hour = 3_600_000

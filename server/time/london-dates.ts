const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const longDate = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const second = 1000

/** The first instant of a day (`2026-06-01`) in Europe/London. */
export const startOfLondonDay = (date: string): Date => londonInstant(date, '00:00:00')

/** The last second of a day in Europe/London: 23:59:59. */
export const endOfLondonDay = (date: string): Date => londonInstant(date, '23:59:59')

/** The instant of a time of day (`08:30`) in Europe/London; a time that the clocks skip is the hour after, one that they repeat the first. */
export function londonTime(date: string, time: string): Date {
  const instant = londonInstant(date, `${time}:00`)
  const earlier = new Date(instant.getTime() - 3_600_000)
  if (londonDay(earlier) === date && londonClock(earlier) === time) return earlier
  return londonClock(instant) < time ? new Date(instant.getTime() + 3_600_000) : instant
}

/** The time of day, `08:30`, in Europe/London at an instant. */
export const londonClock = (instant: Date | string): string => wallClock(new Date(instant)).slice(11, 16)

/** `2026-06-01 08:30`, the day and the time of day in Europe/London at an instant. */
export const londonDayAndClock = (instant: Date | string): string => `${londonDay(instant)} ${londonClock(instant)}`

/** The day so many days after another, or before. */
export function daysAfter(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

export const nextDay = (date: string): string => daysAfter(date, 1)

/** The day, in Europe/London, that an instant falls on: `2026-06-01`. */
export const londonDay = (instant: Date | string): string => wallClock(new Date(instant)).slice(0, 10)

/** `Friday 12 June 2026`, the day in Europe/London that an instant falls on. */
export const formatLondonDate = (instant: Date | string): string =>
  longDate.format(new Date(instant)).replaceAll(',', '')

/** The same day of a later year; 29 February becomes the 28th. */
export function yearsLater(date: string, years: number): string {
  const later = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
  return isCalendarDate(later) ? later : later.replace('-02-29', '-02-28')
}

/** Whether the text is a day that exists, written `2026-06-01`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

// The clocks change at 01:00 UTC: the first and last moment of a day are never skipped or said twice.
function londonInstant(date: string, time: string): Date {
  const asIfUtc = new Date(`${date}T${time}Z`)
  const offset = Date.parse(`${wallClock(asIfUtc)}Z`) - asIfUtc.getTime()
  return new Date(Math.round((asIfUtc.getTime() - offset) / second) * second)
}

function wallClock(instant: Date): string {
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    parts.formatToParts(instant).map(({ type, value }) => [type, value]),
  )
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}

import { describe, expect, test } from 'vitest'
import {
  endOfLondonDay,
  formatLondonDate,
  isCalendarDate,
  londonDay,
  startOfLondonDay,
  yearsLater,
} from '../../server/time/london-dates.ts'
import { hasEnded, isOpen, respondentState } from '../../server/collections/rules/status.ts'

describe('days in London', () => {
  test.each([
    ['2026-01-15', '2026-01-15T00:00:00.000Z', '2026-01-15T23:59:59.000Z'],
    ['2026-06-01', '2026-05-31T23:00:00.000Z', '2026-06-01T22:59:59.000Z'],
    // The clocks go forward and back during these days.
    ['2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-29T22:59:59.000Z'],
    ['2026-10-25', '2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.000Z'],
  ])('%s lasts from %s to %s', (day, start, end) => {
    expect(startOfLondonDay(day).toISOString()).toBe(start)
    expect(endOfLondonDay(day).toISOString()).toBe(end)
    expect([londonDay(start), londonDay(end)]).toEqual([day, day])
  })

  test('a date is written out as people say it, in London', () => {
    expect(formatLondonDate('2026-06-11T23:30:00Z')).toBe('Friday 12 June 2026')
  })

  test('a day that does not exist is not a day', () => {
    expect(['2026-02-29', '2026-13-01', '2026-6-1', '01/06/2026', ''].filter(isCalendarDate)).toEqual([])
  })

  test('a year after a leap day is the 28th', () => {
    expect([yearsLater('2028-02-29', 1), yearsLater('2026-06-26', 1)]).toEqual(['2029-02-28', '2027-06-26'])
  })
})

describe('taking answers', () => {
  const times = {
    status: 'open' as const,
    opensAt: startOfLondonDay('2026-06-01').toISOString(),
    closesAt: endOfLondonDay('2026-06-26').toISOString(),
  }

  test('answers are taken from the first to the last second of the days, and not after', () => {
    const at = (time: string) => isOpen(times, new Date(time))
    expect([
      at('2026-05-31T22:59:59Z'),
      at('2026-05-31T23:00:00Z'),
      at('2026-06-26T22:59:59.999Z'),
      at('2026-06-26T23:00:00Z'),
    ]).toEqual([false, true, true, false])
  })

  test('a collection is closed to respondents once its close date is past, although no admin has closed it', () => {
    expect(respondentState(times, new Date('2026-06-27T10:00:00Z'))).toBe('closed')
    expect(hasEnded(times, new Date('2026-06-27T10:00:00Z'))).toBe(true)
  })

  test('one that an admin closed early is closed; a draft is not open yet', () => {
    const now = new Date('2026-06-10T10:00:00Z')
    expect(respondentState({ ...times, status: 'closed' }, now)).toBe('closed')
    expect(respondentState({ ...times, status: 'draft' }, now)).toBe('not_open_yet')
    expect(respondentState(times, new Date('2026-05-01T10:00:00Z'))).toBe('not_open_yet')
  })
})

import { describe, expect, test } from 'vitest'
import { londonTime } from '../../../server/time/london-dates.ts'
import { defaultPlan, problemsOfPlan, startOfMailing } from '../../../server/invitations/rules/schedule.ts'
import { defaultWindow, isWithin, nextWithin, windowFor } from '../../../server/invitations/rules/send-window.ts'

const at = (instant: string) => new Date(instant)

describe('the send window is in UK time', () => {
  test.each([
    // In summer 08:00 in London is 07:00 UTC, in winter 08:00 UTC.
    ['2026-06-01T06:59:59Z', false],
    ['2026-06-01T07:00:00Z', true],
    ['2026-06-01T16:59:59Z', true],
    ['2026-06-01T17:00:00Z', false],
    ['2026-12-01T07:30:00Z', false],
    ['2026-12-01T08:00:00Z', true],
    ['2026-06-06T10:00:00Z', false],
    ['2026-06-07T23:30:00Z', false],
  ])('at %s it is open: %s', (instant, open) => {
    expect(isWithin(defaultWindow, at(instant))).toBe(open)
  })

  test.each([
    ['open already', '2026-06-01T09:00:00Z', '2026-06-01T09:00:00Z'],
    ['before the hour', '2026-06-01T03:00:00Z', '2026-06-01T07:00:00Z'],
    ['after the hour', '2026-06-01T18:00:00Z', '2026-06-02T07:00:00Z'],
    ['on Friday evening', '2026-06-05T18:00:00Z', '2026-06-08T07:00:00Z'],
    // The clocks go forward on Sunday 29 March and back on Sunday 25 October.
    ['over the beginning of summer time', '2026-03-27T19:00:00Z', '2026-03-30T07:00:00Z'],
    ['over its end', '2026-10-23T18:00:00Z', '2026-10-26T08:00:00Z'],
  ])('%s: it opens next at', (_words, from, opens) => {
    expect(nextWithin(defaultWindow, at(from)).toISOString()).toBe(at(opens).toISOString())
  })

  test.each([
    ['begins in the hour that the clocks skip: with the hour after', '01:30', '02:30', '2027-03-28T01:00:00Z'],
    ['lies in the hour that the clocks skip: a week later', '01:00', '02:00', '2027-04-04T00:00:00Z'],
  ])('a window on Sundays that %s', (_words, from, until, opens) => {
    const window = { days: [7], from, until }
    const next = nextWithin(window, at('2027-03-27T12:00:00Z'))
    expect(next.toISOString()).toBe(at(opens).toISOString())
    expect(isWithin(window, next)).toBe(true)
  })

  test('a window that ends at 24:00 is open in the last minute of the day', () => {
    expect(isWithin({ days: [1], from: '20:00', until: '24:00' }, at('2026-06-01T22:59:00Z'))).toBe(true)
  })

  test('a time that the clocks skip is the hour after, one that they repeat is the first', () => {
    expect(londonTime('2026-03-29', '01:30').toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(londonTime('2026-10-25', '01:30').toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })

  test('what people ask for leaves at any hour; reminders keep to working hours before anything is set', () => {
    const unset = { sendDays: null, sendFrom: null, sendUntil: null }
    const set = { sendDays: [6], sendFrom: '10:00', sendUntil: '12:00' }
    expect(windowFor('sign_in', set)).toBeNull()
    expect(windowFor('link_again', set)).toBeNull()
    expect(windowFor('reminder', unset)).toEqual(defaultWindow)
    expect(windowFor('invitation', unset)).toBeNull()
    expect(windowFor('invitation', set)).toEqual({ days: [6], from: '10:00', until: '12:00' })
  })
})

describe('the default plan', () => {
  const days = (invitedOn: string, closes: string) =>
    defaultPlan({ invitedOn, closesAt: `${closes}T22:59:59Z` }).map(({ dueOn }) => dueOn)

  test('reminds after 5 and 11 days and 3 days before the close', () => {
    expect(days('2026-06-01', '2026-06-26')).toEqual(['2026-06-01', '2026-06-06', '2026-06-12', '2026-06-23'])
    expect(defaultPlan({ invitedOn: '2026-06-01', closesAt: '2026-06-26T22:59:59Z' }).map(({ kind }) => kind)).toEqual([
      'invitation',
      'reminder',
      'reminder',
      'reminder',
    ])
  })

  test('leaves out reminders that crowd another or come after the close', () => {
    expect(days('2026-06-01', '2026-06-14')).toEqual(['2026-06-01', '2026-06-06', '2026-06-11'])
    expect(days('2026-06-01', '2026-06-05')).toEqual(['2026-06-01'])
    expect(days('2026-06-20', '2026-06-01')).toEqual(['2026-06-20'])
  })

  test('a mailing on a Saturday begins on Monday, and never before the opening', () => {
    const opensAt = '2026-05-31T23:00:00.000Z'
    expect(startOfMailing({ dueOn: '2026-06-06' }, defaultWindow, opensAt).toISOString()).toBe(
      '2026-06-08T07:00:00.000Z',
    )
    expect(startOfMailing({ dueOn: '2026-05-01' }, null, opensAt).toISOString()).toBe(opensAt)
  })
})

test('a plan that cannot stand says why, in words', () => {
  const dates = {
    opensAt: '2026-05-31T23:00:00.000Z',
    closesAt: '2026-06-07T22:59:59.000Z',
    retainUntil: '2026-06-30T23:00:00.000Z',
  }
  const problems = (...mailings: { kind: 'invitation' | 'reminder'; dueOn: string }[]) =>
    problemsOfPlan(
      mailings.map((mailing) => ({ ...mailing, queued: false })),
      { ...dates, window: defaultWindow, now: at('2026-06-02T09:00:00Z') },
    )
  expect(problems({ kind: 'invitation', dueOn: '2026-06-03' }, { kind: 'reminder', dueOn: '2026-06-05' })).toEqual([])
  expect(problems({ kind: 'reminder', dueOn: '2026-06-01' })).toEqual([
    { place: 'reminders', message: 'The reminder of Monday 1 June 2026 lies in the past.' },
  ])
  expect(problems({ kind: 'reminder', dueOn: '2026-06-06' })).toEqual([
    {
      place: 'reminders',
      message: 'The reminder of Saturday 6 June 2026 could not leave before the close: messages leave only after it.',
    },
  ])
  expect(problems({ kind: 'invitation', dueOn: '2026-06-04' }, { kind: 'reminder', dueOn: '2026-06-04' })).toEqual([
    { place: 'reminders', message: 'The reminder of Thursday 4 June 2026 does not come after the invitation.' },
    { place: 'reminders', message: 'Two mailings fall on the same day, Thursday 4 June 2026.' },
  ])
})

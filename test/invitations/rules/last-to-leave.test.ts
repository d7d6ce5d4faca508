import { expect, test } from 'vitest'
import { lastToLeave } from '../../../server/invitations/rules/last-to-leave.ts'
import { defaultWindow } from '../../../server/invitations/rules/send-window.ts'

const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }
const monday = '2026-06-01T15:00:00Z'

test.each([
  ['all at once without a rate', monday, 25_000, null, defaultWindow, monday],
  ['one by itself', monday, 1, 30, defaultWindow, monday],
  ['as many as the rate in the first minute', monday, 30, 30, defaultWindow, monday],
  ['one more a minute later', monday, 31, 30, defaultWindow, '2026-06-01T15:01:00Z'],
  ['at any hour without a window', '2026-06-01T23:00:00Z', 3_600, 30, null, '2026-06-02T00:59:00Z'],
  ['up to the last minute of the window', monday, 3_600, 30, defaultWindow, '2026-06-01T16:59:00Z'],
  ['the next morning once the window has closed', monday, 3_601, 30, defaultWindow, '2026-06-02T07:00:00Z'],
  ['from the opening where it begins outside', '2026-06-01T20:00:00Z', 61, 30, defaultWindow, '2026-06-02T07:02:00Z'],
  ['over a weekend', '2026-06-05T16:59:00Z', 61, 30, defaultWindow, '2026-06-08T07:01:00Z'],
  ['over midnight where the window never closes', '2026-06-01T22:50:00Z', 21, 1, always, '2026-06-01T23:10:00Z'],
  // On Sunday 25 October 2026 the day has 25 hours.
  ['over the end of summer time', '2026-10-24T23:00:00Z', 25 * 60 + 1, 1, always, '2026-10-26T00:00:00Z'],
  ['after days', '2026-06-01T07:00:00Z', 25_000, 10, defaultWindow, '2026-06-05T08:39:00Z'],
])('the last leaves %s', (_words, first, count, ratePerMinute, window, leaves) => {
  expect(lastToLeave(new Date(first), count, { ratePerMinute, window }).toISOString()).toBe(
    new Date(leaves).toISOString(),
  )
})

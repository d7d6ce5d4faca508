import { expect, test } from 'vitest'
import { dayOf } from '../../../client/components/date-input.tsx'

function typed(day: string, month: string, year: string): FormData {
  const fields = new FormData()
  fields.set('opens-day', day)
  fields.set('opens-month', month)
  fields.set('opens-year', year)
  return fields
}

test('three fields make a day', () => {
  expect(dayOf(typed(' 1', '6', '2026 '), 'opens')).toBe('2026-06-01')
  expect(dayOf(typed('1', 'June', '2026'), 'opens')).toBe('2026-06-01')
  expect(dayOf(typed('1', 'dec', '2026'), 'opens')).toBe('2026-12-01')
})

test('nothing typed, or no such fields, is no day', () => {
  expect(dayOf(typed('', ' ', ''), 'opens')).toBeUndefined()
  expect(dayOf(new FormData(), 'opens')).toBeUndefined()
})

test('half a day, or a wrong one, is kept for the check to refuse', () => {
  expect(dayOf(typed('31', '', '2026'), 'opens')).toBe('2026-00-31')
  expect(dayOf(typed('1', 'Juny', '2026'), 'opens')).toBe('2026-00-01')
  expect(dayOf(typed('1', 'ju', '2026'), 'opens')).toBe('2026-00-01')
  expect(dayOf(typed('x', '6', '2026'), 'opens')).toBe('2026-06-0x')
})

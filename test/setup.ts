import { afterEach, beforeEach, expect, vi } from 'vitest'

// An unexpected console.error is a defect somebody would otherwise scroll past.
beforeEach(() => {
  vi.spyOn(console, 'error')
})

afterEach(() => {
  const calls = vi.mocked(console.error).mock.calls.map((call) => call.map(String).join(' '))
  vi.restoreAllMocks()
  expect(calls, 'unexpected console.error').toEqual([])
})

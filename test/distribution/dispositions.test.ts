import { describe, expect, test } from 'vitest'
import { dispositionOf, type InvitationState } from '../../server/distribution/rules/dispositions.ts'
import { isPermanent, nextAttemptAt } from '../../server/distribution/rules/retries.ts'

const state = (overrides: Partial<InvitationState> = {}): InvitationState => ({
  outcome: null,
  response: null,
  notEligible: false,
  closed: true,
  undelivered: false,
  ...overrides,
})
const begun = (leadAnswered: boolean, anyAnswer = true) => ({ status: 'partial' as const, leadAnswered, anyAnswer })
const complete = { status: 'complete' as const, leadAnswered: true, anyAnswer: true }

describe('the disposition of an invitation, by precedence', () => {
  test.each<[string, Partial<InvitationState>, string]>([
    ['not eligible comes before an answer', { notEligible: true, response: complete }, 'NE'],
    ['the service says that it is not eligible', { outcome: 'not_eligible' }, 'NE'],
    ['submitted', { response: complete, outcome: 'declined' }, 'I'],
    ['the lead indicator answered and not submitted at the close', { response: begun(true) }, 'P'],
    ['a partial answer comes before a refusal', { response: begun(true), outcome: 'declined' }, 'P'],
    ['begun with less', { response: begun(false) }, 'R'],
    ['declined', { outcome: 'declined' }, 'R'],
    [
      'withdrawn',
      { outcome: 'withdrawn', response: { status: 'withdrawn', leadAnswered: false, anyAnswer: false } },
      'R',
    ],
    ['a hard bounce comes before a contact', { outcome: 'contacted', undelivered: true }, 'U'],
    ['contact confirmed, nothing begun', { outcome: 'contacted' }, 'NC'],
    ['delivered, nothing back', {}, 'U'],
    ['opened without an answer is nothing back', { response: begun(false, false) }, 'U'],
    ['in progress before the close', { response: begun(false), closed: false }, 'P'],
    ['given up before the close with little', { response: begun(false), closed: false, outcome: 'declined' }, 'R'],
  ])('%s', (_words, overrides, expected) => {
    expect(dispositionOf(state(overrides))).toBe(expected)
  })
})

describe('trying again', () => {
  const now = new Date('2026-06-01T09:00:00Z')

  test('waits 1, 5, 15 and 60 minutes, then two hours each, and gives up within a day', () => {
    const waits: number[] = []
    for (let attempts = 1; ; attempts += 1) {
      const at = nextAttemptAt(attempts, now)
      if (!at) break
      waits.push((at.getTime() - now.getTime()) / 60_000)
    }
    expect(waits.slice(0, 6)).toEqual([1, 5, 15, 60, 120, 120])
    const total = waits.reduce((sum, wait) => sum + wait, 0)
    expect([total <= 24 * 60, total > 22 * 60]).toEqual([true, true])
  })

  test('only a refusal of the recipient or the content is for good', () => {
    expect(isPermanent({ responseCode: 550, command: 'RCPT TO' })).toBe(true)
    expect(isPermanent({ responseCode: 554, command: 'DATA' })).toBe(true)
    expect(isPermanent({ responseCode: 451, command: 'RCPT TO' })).toBe(false)
    expect(isPermanent({ responseCode: 535, command: 'AUTH PLAIN' })).toBe(false)
    expect(isPermanent(new Error('connection refused'))).toBe(false)
  })
})

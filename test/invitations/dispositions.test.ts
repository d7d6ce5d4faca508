import { describe, expect, test } from 'vitest'
import { dispositionOf, type InvitationState } from '../../server/invitations/rules/dispositions.ts'
import { isPermanent, nextAttemptAt } from '../../server/outbox/rules/retries.ts'

const state = (overrides: Partial<InvitationState> = {}): InvitationState => ({
  outcome: null,
  response: null,
  notEligible: false,
  closed: true,
  undelivered: false,
  unsubscribed: false,
  contacted: false,
  set: null,
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
    ['passed on to a colleague, nothing begun', { contacted: true }, 'NC'],
    ['passed on, and answered', { contacted: true, response: complete }, 'I'],
    ['passed on, and begun with less', { contacted: true, response: begun(false) }, 'R'],
    ['passed on to an address that bounces', { contacted: true, outcome: 'undelivered' }, 'U'],
    ['opted out', { unsubscribed: true }, 'R'],
    ['a refusal comes before a hard bounce', { unsubscribed: true, undelivered: true }, 'R'],
    ['a refusal comes before a contact', { outcome: 'declined', contacted: true }, 'R'],
    ['opted out of messages, and still answering', { unsubscribed: true, response: begun(false), closed: false }, 'P'],
    ['opted out of messages, and answered', { unsubscribed: true, response: complete }, 'I'],
    ['delivered, nothing back', {}, 'U'],
    ['opened without an answer is nothing back', { response: begun(false, false) }, 'U'],
    ['in progress before the close', { response: begun(false), closed: false }, 'P'],
    ['given up before the close with little', { response: begun(false), closed: false, outcome: 'declined' }, 'R'],
  ])('%s', (_words, overrides, expected) => {
    expect(dispositionOf(state(overrides))).toBe(expected)
  })
})

describe('a disposition set by hand', () => {
  test.each<[string, Partial<InvitationState>, string]>([
    ['other, which follows from no event', { set: 'O' }, 'O'],
    ['comes before a refusal', { set: 'NC', outcome: 'declined' }, 'NC'],
    ['comes before what the register says', { set: 'U', notEligible: true }, 'U'],
    ['comes before a bounce', { set: 'NC', undelivered: true }, 'NC'],
    ['not eligible, over answers', { set: 'NE', response: complete }, 'NE'],
    ['does not hold against answers that came later', { set: 'R', response: complete }, 'I'],
    ['complete does not hold once the answers are withdrawn', { set: 'I', outcome: 'withdrawn' }, 'R'],
    ['partial holds where something was begun', { set: 'P', response: begun(false) }, 'P'],
    ['partial does not hold of nothing', { set: 'P', response: begun(true, false) }, 'U'],
    ['complete over a wrong report of the register', { set: 'I', notEligible: true, response: complete }, 'I'],
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

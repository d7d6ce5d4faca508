import { describe, expect, it } from 'vitest'
import { applyChanges, changesTo, conflictsOf, mergeAnswers } from '../../../server/responses/rules/merge-answers.ts'

const stored = { data: { a: 'x', b: ['p', 'q'] }, touched: { a: 1, b: 3 }, revision: 3 }

describe('changes of answers', () => {
  it('set and take back answers, and leave the rest', () => {
    expect(mergeAnswers(stored.data, { a: null, c: 1 })).toEqual({ b: ['p', 'q'], c: 1 })
    expect(stored.data).toEqual({ a: 'x', b: ['p', 'q'] })
  })

  it('conflict only where another value was stored after the revision they were made from', () => {
    expect(conflictsOf(stored, { a: 'y', b: ['p'] }, 1)).toEqual(['b'])
    expect(conflictsOf(stored, { b: ['p', 'q'] }, 1)).toEqual([])
    expect(conflictsOf(stored, { b: null }, 2)).toEqual(['b'])
    expect(conflictsOf(stored, { b: null, c: 1 }, 3)).toEqual([])
  })

  it('count as a revision only where they change something', () => {
    expect(applyChanges(stored, { a: 'x', c: null })).toBeUndefined()
    expect(applyChanges(stored, { a: 'y', b: ['p', 'q'] })).toEqual({
      data: { a: 'y', b: ['p', 'q'] },
      touched: { a: 4, b: 3 },
      revision: 4,
    })
  })

  it('are not misled by names that objects have of themselves', () => {
    const changes = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, unknown>
    expect(Object.keys(mergeAnswers({}, changes))).toEqual(['__proto__', 'constructor'])
    expect(conflictsOf(stored, { toString: 'z' }, 0)).toEqual([])
  })

  it('turn one set of answers into another', () => {
    expect(mergeAnswers(stored.data, changesTo(stored.data, { b: 'r' }))).toEqual({ b: 'r' })
  })
})

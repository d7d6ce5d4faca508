import { describe, expect, it } from 'vitest'
import { cellsTooClose } from '../../../server/results/rules/snapshot-comparison.ts'

const bases = (figures: Record<string, number>) => new Map(Object.entries(figures))

describe('a later snapshot', () => {
  it('may be released when every published base differs by nothing or at least k', () => {
    expect(cellsTooClose([bases({ whole: 40, a: 20 })], bases({ whole: 50, a: 20 }), 10)).toEqual([])
    expect(cellsTooClose([], bases({ whole: 40 }), 10)).toEqual([])
  })

  it('names the cells that moved by less than k, up or down, sorted', () => {
    expect(cellsTooClose([bases({ whole: 40, a: 20, b: 20 })], bases({ whole: 49, b: 29, a: 19 }), 10)).toEqual([
      'a',
      'b',
      'whole',
    ])
  })

  it('is held against every earlier one, not the last alone', () => {
    expect(cellsTooClose([bases({ whole: 45 }), bases({ whole: 30 })], bases({ whole: 50 }), 10)).toEqual(['whole'])
  })

  it('is not held against cells that only one of the two publishes', () => {
    expect(cellsTooClose([bases({ a: 12 })], bases({ b: 13 }), 10)).toEqual([])
  })
})

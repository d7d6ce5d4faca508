import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScaleSums } from '../../server/statistics/scales.ts'
import {
  addCompleteCase,
  addScore,
  cronbachAlpha,
  emptyAlphaSums,
  emptyScaleSums,
  mergeAlphaSums,
  mergeScaleSums,
  summariseScale,
} from '../../server/statistics/scales.ts'
import { scoreOf, scoreUnit, turnRound } from '../../surveys/counting/scale-score.ts'

const sumsOf = (scores: number[]): ScaleSums => {
  const sums = emptyScaleSums()
  for (const score of scores) addScore(sums, score)
  return sums
}
const alphaOf = (cases: (number | null)[][]) => {
  const sums = emptyAlphaSums(cases[0]!.length)
  for (const answers of cases) addCompleteCase(sums, answers)
  return sums
}
const answer = fc.option(fc.integer({ min: 1, max: 5 }))
const score = fc
  .array(answer, { minLength: 1, maxLength: 10 })
  .map(scoreOf)
  .filter((value) => value !== null)

describe("a respondent's score", () => {
  it('is the mean of the answered items, when at least half are', () => {
    expect(scoreOf([4, 5, null])).toBe(4.5 * scoreUnit)
    expect(scoreOf([4, null, null, 3])).toBe(3.5 * scoreUnit)
    expect(scoreOf([4, null, null])).toBeNull()
    expect(scoreOf([null])).toBeNull()
    expect(scoreOf([])).toBeNull()
  })

  it('turns reversed items round first', () => {
    expect(turnRound([1, 5, null, 3], [true, false, true, true])).toEqual([5, 5, null, 3])
    expect(() => turnRound([6], [false])).toThrow(RangeError)
    expect(() => turnRound([2.5], [false])).toThrow(RangeError)
  })

  it('is a whole number of 2520ths for any answers to up to ten items, and more items are refused', () => {
    fc.assert(
      fc.property(score, (value) => Number.isSafeInteger(value) && value >= scoreUnit && value <= 5 * scoreUnit),
    )
    expect(() => scoreOf(Array.from({ length: 11 }, () => 3))).toThrow(RangeError)
  })
})

describe('a scale', () => {
  it('has the mean and t interval of its scores, as an independent computation gives them', () => {
    const cases = [
      [4, 5, 3],
      [2, 2, 1],
      [5, 4, 4],
      [3, 3, 5],
      [1, 2, 2],
      [4, 4, 4],
    ]
    const summary = summariseScale(sumsOf(cases.map((answers) => scoreOf(answers)!)))
    expect(summary.base).toBe(6)
    expect(summary.mean).toBeCloseTo(3.222222222222222, 12)
    expect(summary.interval!.low).toBeCloseTo(1.9385190640192262, 12)
    expect(summary.interval!.high).toBeCloseTo(4.505925380425218, 12)
    expect(summary.distribution).toEqual([0, 2, 0, 4, 0])
    const corrected = summariseScale(sumsOf(cases.map((answers) => scoreOf(answers)!)), 20.5)
    expect(corrected.interval!.low).toBeCloseTo(2.115263809723916, 12)
  })

  it('distributes scores rounded to 1 to 5, halves up', () => {
    const halves = [1, 1.5, 2.5, 3.5, 4.5, 5].map((value) => value * scoreUnit)
    expect(sumsOf(halves).distribution).toEqual([1, 1, 1, 1, 2])
  })

  it('has no mean without a score and no interval with one', () => {
    expect(summariseScale(emptyScaleSums())).toEqual({
      base: 0,
      mean: null,
      interval: null,
      distribution: [0, 0, 0, 0, 0],
    })
    const one = summariseScale(sumsOf([4 * scoreUnit]))
    expect([one.mean, one.interval]).toEqual([4, null])
  })

  it('has the same sums in whatever order scores are read and strata merged', () => {
    const shuffled = fc
      .array(score, { maxLength: 40 })
      .chain((scores) =>
        fc.tuple(fc.constant(scores), fc.shuffledSubarray(scores, { minLength: scores.length }), fc.nat(40)),
      )
    fc.assert(
      fc.property(shuffled, ([scores, otherwise, cut]) => {
        const merged = mergeScaleSums([sumsOf(otherwise.slice(cut)), sumsOf(otherwise.slice(0, cut))])
        expect(JSON.stringify(merged)).toBe(JSON.stringify(sumsOf(scores)))
      }),
    )
  })

  it('is exact at a million responses, where fractions would have lost digits', () => {
    const sums = emptyScaleSums()
    for (let index = 0; index < 1_000_000; index += 1) addScore(sums, index === 0 ? 5 * scoreUnit - 280 : 5 * scoreUnit)
    expect(Number.isSafeInteger(sums.sumOfSquares)).toBe(true)
    // One score lower by d among n has a sample variance of d²/n.
    const { mean, interval } = summariseScale(sums)
    expect(mean).toBe(5 - 1 / 9 / 1_000_000)
    const standardError = 1 / 9 / 1_000_000
    expect((mean! - interval!.low) / standardError).toBeCloseTo(1.9599663568, 8)
    expect(interval!.high).toBe(5)
  })
})

describe("Cronbach's alpha", () => {
  const cases = [
    [4, 5, 3],
    [2, 2, 1],
    [5, 4, 4],
    [3, 3, 5],
    [1, 2, 2],
    [4, 4, 4],
  ]

  it('is as an independent computation gives it', () => {
    expect(cronbachAlpha(alphaOf(cases))).toBeCloseTo(0.8539603960396037, 12)
  })

  it('is 1 for items that always agree and passes over who left one out', () => {
    expect(
      cronbachAlpha(
        alphaOf([
          [1, 1],
          [3, 3],
          [5, 5],
        ]),
      ),
    ).toBe(1)
    expect(cronbachAlpha(alphaOf([...cases, [1, null, 5]]))).toBe(cronbachAlpha(alphaOf(cases)))
  })

  it('is null with one item, fewer than two complete cases, or totals that are all alike', () => {
    expect(cronbachAlpha(alphaOf([[1], [2], [3]]))).toBeNull()
    expect(
      cronbachAlpha(
        alphaOf([
          [1, 2],
          [1, null],
        ]),
      ),
    ).toBeNull()
    expect(
      cronbachAlpha(
        alphaOf([
          [1, 5],
          [5, 1],
          [3, 3],
        ]),
      ),
    ).toBeNull()
    expect(cronbachAlpha(emptyAlphaSums(3))).toBeNull()
  })

  it('is the same from the sums of strata, and refuses answers of another scale', () => {
    expect(mergeAlphaSums([alphaOf(cases.slice(2)), alphaOf(cases.slice(0, 2))], 3)).toEqual(alphaOf(cases))
    expect(mergeAlphaSums([], 3)).toEqual(emptyAlphaSums(3))
    expect(() => addCompleteCase(emptyAlphaSums(3), [1, 2])).toThrow(RangeError)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { populationOfBase, tInterval, wilsonInterval } from '../../server/statistics/intervals.ts'
import { percentForData } from '../../server/statistics/rounding.ts'

const percents = (count: number, base: number, population: number | null = null) => {
  const interval = wilsonInterval({ count, base, population })!
  return [percentForData(interval.low), percentForData(interval.high)]
}

describe('the Wilson interval', () => {
  it.each([
    [130, 449, null, 25.0, 33.3],
    [103, 449, null, 19.3, 27.0],
    [6, 22, null, 13.2, 48.2],
    [6, 22, 60, 15.2, 43.9],
    [0, 12, null, 0, 24.2],
    [0, 12, 40, 0, 18.7],
    [12, 20, 45, 43.6, 74.4],
    [6, 22, 33, 17.9, 39.2],
  ])('of %d in %d with a population of %s is %d to %d%%', (count, base, population, low, high) => {
    expect(percents(count, base, population)).toEqual([low, high])
  })

  it('takes the population behind the base from the frame: 60 services, 40 responses, 22 in the base are 33', () => {
    expect(populationOfBase(60, 22, 40)).toBe(33)
    expect(percents(6, 22, populationOfBase(60, 22, 40))).toEqual([17.9, 39.2])
  })

  it('does not round that population, and knows none without a frame or a response', () => {
    expect(populationOfBase(50, 21, 40)).toBe(26.25)
    expect(populationOfBase(null, 21, 40)).toBeNull()
    expect(populationOfBase(50, 0, 0)).toBeNull()
  })

  it('has no width when the whole population answered', () => {
    expect(wilsonInterval({ count: 7, base: 20, population: 20 })).toEqual({
      low: 0.35,
      high: 0.35,
      populationIgnored: false,
    })
    expect(wilsonInterval({ count: 1, base: 1, population: 1 })).toEqual({ low: 1, high: 1, populationIgnored: false })
  })

  it('ignores a population smaller than the base, and says so', () => {
    const plain = wilsonInterval({ count: 6, base: 22 })!
    expect(plain.populationIgnored).toBe(false)
    expect(wilsonInterval({ count: 6, base: 22, population: 21.9 })).toEqual({ ...plain, populationIgnored: true })
  })

  it('is null without a base and refuses a count beyond it', () => {
    expect(wilsonInterval({ count: 0, base: 0 })).toBeNull()
    expect(() => wilsonInterval({ count: 3, base: 2 })).toThrow(RangeError)
  })

  it('holds the share, stays within 0 and 1, mirrors, and narrows with a population, for any share', () => {
    const shares = fc
      .integer({ min: 1, max: 5000 })
      .chain((base) =>
        fc.tuple(fc.integer({ min: 0, max: base }), fc.constant(base), fc.double({ min: 0, max: 5000, noNaN: true })),
      )
    fc.assert(
      fc.property(shares, ([count, base, more]) => {
        const plain = wilsonInterval({ count, base })!
        const mirrored = wilsonInterval({ count: base - count, base })!
        const corrected = wilsonInterval({ count, base, population: base + more })!
        expect(plain.low).toBeGreaterThanOrEqual(0)
        expect(plain.high).toBeLessThanOrEqual(1)
        expect(plain.low).toBeLessThanOrEqual(count / base)
        expect(plain.high).toBeGreaterThanOrEqual(count / base)
        expect(plain.low + mirrored.high).toBeCloseTo(1, 12)
        expect(corrected.high - corrected.low).toBeLessThanOrEqual(plain.high - plain.low + 1e-12)
      }),
    )
  })
})

describe('the t interval', () => {
  // Six scores with this mean and variance, limits computed apart by scipy.
  const scores = { base: 6, mean: 3.222222222222222, variance: 1.496296296296296 }

  it('agrees with an independent computation, with and without a population', () => {
    const plain = tInterval(scores)!
    expect(plain.low).toBeCloseTo(1.9385190640192262, 12)
    expect(plain.high).toBeCloseTo(4.505925380425218, 12)
    const corrected = tInterval({ ...scores, population: 20.5 })!
    expect(corrected.low).toBeCloseTo(2.115263809723916, 12)
    expect(corrected.high).toBeCloseTo(4.329180634720528, 12)
  })

  it('is clipped to 1 and 5', () => {
    expect(tInterval({ base: 2, mean: 3, variance: 8 })).toEqual({ low: 1, high: 5, populationIgnored: false })
  })

  it('has no width when the whole population answered, even one person', () => {
    expect(tInterval({ ...scores, population: 6 })).toEqual({
      low: scores.mean,
      high: scores.mean,
      populationIgnored: false,
    })
    expect(tInterval({ base: 1, mean: 4, variance: null, population: 1 })).toEqual({
      low: 4,
      high: 4,
      populationIgnored: false,
    })
  })

  it('is null without a base and for one score of an unknown or larger population', () => {
    expect(tInterval({ base: 0, mean: NaN, variance: null })).toBeNull()
    expect(tInterval({ base: 1, mean: 4, variance: null })).toBeNull()
    expect(tInterval({ base: 1, mean: 4, variance: null, population: 3 })).toBeNull()
  })

  it('ignores a population smaller than the base, and says so', () => {
    expect(tInterval({ ...scores, population: 5 })).toEqual({ ...tInterval(scores), populationIgnored: true })
  })
})

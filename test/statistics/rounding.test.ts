import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentForData, percentForText, roundHalfUp } from '../../server/statistics/rounding.ts'

describe('rounding', () => {
  it.each([
    [12.25, 1, 12.3],
    [28.95, 1, 29],
    [28.949999999999996, 1, 29],
    [28.9499, 1, 28.9],
    [1.005, 2, 1.01],
    [0.5, 0, 1],
    [2.5, 0, 3],
    [-12.25, 1, -12.2],
    [0, 1, 0],
    [100, 1, 100],
  ])('rounds %d to %d decimals as %d', (value, decimals, expected) => {
    expect(roundHalfUp(value, decimals)).toBe(expected)
  })

  it('gives percentages to one decimal in data and whole in text, each from the unrounded figure', () => {
    expect(percentForData(130 / 449)).toBe(29)
    expect(percentForData(0.2846)).toBe(28.5)
    expect(percentForText(0.2846)).toBe(28)
    expect(percentForText(0.125)).toBe(13)
    expect(percentForData(49 / 400)).toBe(12.3)
  })

  it('agrees with whole-number arithmetic for every percentage of a count and a base up to a million', () => {
    const share = fc
      .integer({ min: 1, max: 1_000_000 })
      .chain((base) => fc.tuple(fc.integer({ min: 0, max: base }), fc.constant(base)))
    fc.assert(
      fc.property(share, ([count, base]) => {
        expect(percentForData(count / base)).toBe(Math.floor((2000 * count + base) / (2 * base)) / 10)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with whole-number arithmetic for every tie of a base up to two thousand', () => {
    for (let base = 1; base <= 2000; base += 1) {
      for (let count = 0; count <= base; count += 1) {
        if ((2000 * count + base) % (2 * base) !== 0) continue
        expect(percentForData(count / base)).toBe((2000 * count + base) / (2 * base) / 10)
      }
    }
  })
})

import { describe, expect, it } from 'vitest'
import { centralProbability, studentT95 } from '../../server/statistics/student-t.ts'

// Computed apart, with 30 digits, by mpmath from the regularised incomplete beta function.
const reference: [df: number, t: number][] = [
  [1, 12.70620473617],
  [2, 4.302652729749],
  [3, 3.182446305284],
  [4, 2.776445105198],
  [5, 2.570581835636],
  [7, 2.364624251593],
  [9, 2.262157162798],
  [10, 2.228138851986],
  [15, 2.13144954556],
  [21, 2.079613844728],
  [29, 2.045229642133],
  [30, 2.042272456301],
  [50, 2.008559112101],
  [99, 1.984216951586],
  [100, 1.983971518524],
  [200, 1.971896223634],
  [399, 1.965927295921],
  [400, 1.965912343229],
  [401, 1.965897465337],
  [402, 1.965882661682],
  [500, 1.964719837467],
  [1000, 1.962339080826],
  [9999, 1.960201263621],
  [999_999, 1.959966356816],
]

describe("Student's t", () => {
  it.each(reference)('at %d degrees of freedom has 95%% within ±%d', (df, t) => {
    expect(Math.abs(studentT95(df) - t)).toBeLessThan(1e-10)
  })

  it('inverts the probability at every number of degrees of freedom up to 2,000, on both sides of where the method changes', () => {
    for (let df = 1; df <= 2000; df += 1)
      expect(Math.abs(centralProbability(studentT95(df), df) - 0.95)).toBeLessThan(1e-12)
  })

  it('refuses degrees of freedom that are not a whole number from 1', () => {
    for (const df of [0, -1, 1.5, NaN, Infinity]) expect(() => studentT95(df)).toThrow(RangeError)
  })
})

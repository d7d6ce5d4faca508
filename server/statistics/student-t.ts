// The quantile of Student's t for whole degrees of freedom, without a dependency: two closed forms suffice.
import { z95 } from './normal.ts'

// Above this the expansion errs by less than 1e-12; below it the finite sum is short.
const expansionFrom = 400

/**
 * The two-sided 95% point of Student's t: the t with P(|T| ≤ t) = 0.95 at `df` (a whole number from 1) degrees of freedom, right to 1e-10.
 * Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3–26.7.4 inverted by bisection up to 400 df, 26.7.5 beyond.
 */
export function studentT95(df: number): number {
  if (!Number.isSafeInteger(df) || df < 1)
    throw new RangeError(`degrees of freedom must be a whole number from 1, not ${df}`)
  if (df > expansionFrom) return expandedQuantile(df)
  // The quantile falls from 12.71 at one degree of freedom to 1.96, the normal's.
  let low = z95
  let high = 13
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (centralProbability(middle, df) < 0.95) low = middle
    else high = middle
  }
}

/** P(|T| ≤ t) at a whole number of degrees of freedom. Source: Abramowitz & Stegun 26.7.3 (odd) and 26.7.4 (even). */
export function centralProbability(t: number, df: number): number {
  const theta = Math.atan(t / Math.sqrt(df))
  const cosine = Math.cos(theta)
  const odd = df % 2 === 1
  let term = odd ? cosine : 1
  let sum = 0
  for (let power = odd ? 1 : 0; power <= df - 2; power += 2) {
    sum += term
    term *= (cosine * cosine * (power + 1)) / (power + 2)
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum
}

/** Source: Abramowitz & Stegun 26.7.5 (Cornish–Fisher expansion about the normal quantile, to the fourth order). */
function expandedQuantile(df: number): number {
  const z = z95
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  const fourth = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160
  return z + first / df + second / df ** 2 + third / df ** 3 + fourth / df ** 4
}

// 95% intervals of shares and means, with the finite population correction where the eligible population is known.
import { z95 } from './normal.ts'
import { studentT95 } from './student-t.ts'

export interface Interval {
  low: number
  high: number
  /** True where a population was given but is smaller than the base: it cannot be right, so no correction was made. To be shown as a warning. */
  populationIgnored: boolean
}

/**
 * The eligible population behind a base, not rounded: frame × base ÷ responses of the cell, that is, the part of the frame that would have
 * been in the base at the rate of those who answered. Null where the frame is unknown or nobody answered.
 */
export function populationOfBase(frame: number | null, base: number, responses: number): number | null {
  return frame === null || responses === 0 ? null : (frame * base) / responses
}

/**
 * Wilson score interval of a share, 95%, as proportions 0–1; null where the base is 0. With a population N (it need not be whole) z² becomes
 * z²·(N−n)/(N−1) throughout; n = N gives zero width.
 * Source: Wilson 1927, J. Am. Stat. Assoc. 22:209–212, with the variance of a share drawn without replacement, P(1−P)/n·(N−n)/(N−1)
 * (Cochran, Sampling Techniques, 3rd ed., 3.2).
 */
export function wilsonInterval(share: { count: number; base: number; population?: number | null }): Interval | null {
  const { count, base, population = null } = share
  if (count < 0 || count > base) throw new RangeError(`a count of ${count} does not fit a base of ${base}`)
  if (base === 0) return null
  const { factor, populationIgnored } = populationCorrection(base, population)
  const p = count / base
  const z2 = z95 ** 2 * factor
  const centre = p + z2 / (2 * base)
  const reach = Math.sqrt(z2) * Math.sqrt((p * (1 - p)) / base + z2 / (4 * base ** 2))
  const scale = 1 + z2 / base
  // At the ends the limits are 0 and 1 exactly; arithmetic may miss them by one part in 10^17.
  const low = count === 0 ? 0 : Math.max(0, (centre - reach) / scale)
  const high = count === base ? 1 : Math.min(1, (centre + reach) / scale)
  return { low, high, populationIgnored }
}

/**
 * t interval, 95%, of a mean of scores on 1–5, limits clipped to 1–5. `variance` is the sample variance (divisor n−1), null below two scores.
 * With a population the variance of the mean is s²/n·(N−n)/(N−1); n = N gives zero width. Null where the base is 0 or one score says
 * nothing of its spread. Source: Cochran, Sampling Techniques, 3rd ed., 2.6–2.8; he divides by N with s², we by N−1 as for shares, which
 * widens the interval by 1/(2N) of itself.
 */
export function tInterval(scores: {
  base: number
  mean: number
  variance: number | null
  population?: number | null
}): Interval | null {
  const { base, mean, variance, population = null } = scores
  if (base === 0) return null
  const { factor, populationIgnored } = populationCorrection(base, population)
  if (factor === 0) return { low: mean, high: mean, populationIgnored }
  if (variance === null || base < 2) return null
  const reach = studentT95(base - 1) * Math.sqrt((variance / base) * factor)
  return { low: Math.max(1, mean - reach), high: Math.min(5, mean + reach), populationIgnored }
}

/** (N−n)/(N−1), or 1 where N is unknown or smaller than n. */
function populationCorrection(base: number, population: number | null): { factor: number; populationIgnored: boolean } {
  if (population === null) return { factor: 1, populationIgnored: false }
  if (base > population) return { factor: 1, populationIgnored: true }
  return { factor: base === population ? 0 : (population - base) / (population - 1), populationIgnored: false }
}

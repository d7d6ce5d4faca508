// Scores of scales (dimensions of the relational audit), summed in whole numbers only: the sums, and so the hash of a snapshot, are the same in
// whatever order responses are read or strata merged, which sums of fractions are not.
import { scoreUnit } from '../../surveys/counting/scale-score.ts'
import type { Interval } from './intervals.ts'
import { tInterval } from './intervals.ts'

/** One cell's or stratum's scores: sums in units of 1/2520 and its square; `distribution` counts scores rounded to 1 … 5. */
export interface ScaleSums {
  base: number
  sum: number
  sumOfSquares: number
  distribution: [number, number, number, number, number]
}

export interface ScaleSummary {
  base: number
  mean: number | null
  interval: Interval | null
  distribution: [number, number, number, number, number]
}

export function emptyScaleSums(): ScaleSums {
  return { base: 0, sum: 0, sumOfSquares: 0, distribution: [0, 0, 0, 0, 0] }
}

/** Adds one score (in units of 1/2520) to the sums, in place: a snapshot is one pass over up to a million responses. */
export function addScore(sums: ScaleSums, score: number): void {
  sums.base += 1
  sums.sum += score
  sums.sumOfSquares += score * score
  // Halves up: 4.5 is 5.
  const point = Math.floor((score + scoreUnit / 2) / scoreUnit)
  sums.distribution[point - 1]! += 1
}

/** The sums of a cell from those of its strata. */
export function mergeScaleSums(all: readonly ScaleSums[]): ScaleSums {
  const merged = emptyScaleSums()
  for (const sums of all) {
    merged.base += sums.base
    merged.sum += sums.sum
    merged.sumOfSquares += sums.sumOfSquares
    sums.distribution.forEach((count, index) => (merged.distribution[index]! += count))
  }
  return merged
}

/** Mean (1–5, unrounded) with its t interval; `population` as for shares: frame × base ÷ responses. Mean null where the base is 0. */
export function summariseScale(sums: ScaleSums, population: number | null = null): ScaleSummary {
  const { base, distribution } = sums
  if (base === 0) return { base, mean: null, interval: null, distribution }
  const mean = sums.sum / (base * scoreUnit)
  const deviations = base < 2 ? null : scaledDeviations(base, sums.sum, sums.sumOfSquares)
  const variance = deviations === null ? null : Number(deviations) / (base * (base - 1)) / scoreUnit ** 2
  return { base, mean, interval: tInterval({ base, mean, variance, population }), distribution }
}

/** Sums over the respondents who answered every item of a scale, for Cronbach's alpha: whole points, reversed items turned round. */
export interface AlphaSums {
  base: number
  items: { sum: number; sumOfSquares: number }[]
  total: { sum: number; sumOfSquares: number }
}

export function emptyAlphaSums(items: number): AlphaSums {
  return {
    base: 0,
    items: Array.from({ length: items }, () => ({ sum: 0, sumOfSquares: 0 })),
    total: { sum: 0, sumOfSquares: 0 },
  }
}

/** Adds one respondent's turned answers in place; who left an item out is passed over. */
export function addCompleteCase(sums: AlphaSums, turned: readonly (number | null)[]): void {
  if (turned.length !== sums.items.length)
    throw new RangeError(`${turned.length} answers for ${sums.items.length} items`)
  const answers = turned.filter((answer) => answer !== null)
  if (answers.length < turned.length) return
  sums.base += 1
  answers.forEach((answer, index) => addTo(sums.items[index]!, answer))
  addTo(
    sums.total,
    answers.reduce((sum, answer) => sum + answer, 0),
  )
}

/** The alpha sums of the whole from those of its strata, of a scale with so many items. */
export function mergeAlphaSums(all: readonly AlphaSums[], items: number): AlphaSums {
  const merged = emptyAlphaSums(items)
  for (const sums of all) {
    merged.base += sums.base
    sums.items.forEach((item, index) => mergeInto(merged.items[index]!, item))
    mergeInto(merged.total, sums.total)
  }
  return merged
}

/**
 * Cronbach's alpha, k/(k−1)·(1 − Σ var(item) ÷ var(total)); null with fewer than two items or two complete cases, or where all totals are alike.
 * Source: Cronbach 1951, Psychometrika 16:297–334, formula 2. May be negative: then the items do not belong together.
 */
export function cronbachAlpha(sums: AlphaSums): number | null {
  const items = sums.items.length
  if (items < 2 || sums.base < 2) return null
  const deviations = ({ sum, sumOfSquares }: AlphaSums['total']): bigint =>
    scaledDeviations(sums.base, sum, sumOfSquares)
  const total = deviations(sums.total)
  if (total === 0n) return null
  const within = sums.items.reduce((all, item) => all + deviations(item), 0n)
  return (items / (items - 1)) * (Number(total - within) / Number(total))
}

/** n·Σx² − (Σx)² = n(n−1)·s², exactly: the two terms pass 2^53 well before a million responses and nearly cancel. */
function scaledDeviations(n: number, sum: number, sumOfSquares: number): bigint {
  return BigInt(n) * BigInt(sumOfSquares) - BigInt(sum) ** 2n
}

function addTo(sums: AlphaSums['total'], value: number): void {
  sums.sum += value
  sums.sumOfSquares += value * value
}

function mergeInto(sums: AlphaSums['total'], other: AlphaSums['total']): void {
  sums.sum += other.sum
  sums.sumOfSquares += other.sumOfSquares
}

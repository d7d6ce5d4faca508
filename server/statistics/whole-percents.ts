// Figures in whole percent, as text and tables show them; worked out from the published counts: one-decimal figures must not be rounded again.
import { populationOfBase, wilsonInterval } from './intervals.ts'
import { publishedResponseRates, type DispositionCounts, type ResponseRates } from './response-rates.ts'
import { percentForText } from './rounding.ts'

/** Of a published cell: of how many who answered how many gave the answers counted, and who else there was. */
interface ShareCounts {
  count: number
  base: number
  /** Null where it is not known. */
  population: number | null
  dontKnow: number
  notApplicable: number
  notAsked: number
  missing: number
}

export interface WholeShare {
  percent: number
  /** Null where there is no interval. */
  interval: { low: number; high: number } | null
  /** More answered than the frame holds: no allowance was made for the size of the population. */
  populationIgnored: boolean
}

export function wholeShare(cell: ShareCounts): WholeShare {
  const { count, base, population, dontKnow, notApplicable, notAsked, missing } = cell
  const responses = base + dontKnow + notApplicable + notAsked + missing
  const interval = wilsonInterval({ count, base, population: populationOfBase(population, base, responses) })
  return {
    percent: percentForText(count / base),
    interval: interval && { low: percentForText(interval.low), high: percentForText(interval.high) },
    populationIgnored: interval?.populationIgnored ?? false,
  }
}

/** RR1 to RR6 of a personal collection; null where one does not apply. */
export function wholeRates({ dispositions }: { dispositions: Record<string, number> }): ResponseRates {
  const { RR1, RR2, RR3, RR4, RR5, RR6 } = publishedResponseRates(dispositions as DispositionCounts)
  const whole = (rate: number | null) => rate && percentForText(rate)
  return { RR1: whole(RR1), RR2: whole(RR2), RR3: whole(RR3), RR4: whole(RR4), RR5: whole(RR5), RR6: whole(RR6) }
}

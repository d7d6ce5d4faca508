import type { Results, ShownIndicatorCell, ShownRateCell, ShownScaleCell } from '../../../server/results/schema.ts'
import { populationOfBase, wilsonInterval } from '../../../server/results/rules/intervals.ts'
import { publishedResponseRates } from '../../../server/results/rules/response-rates.ts'
import { percentForText } from '../../../server/results/rules/rounding.ts'

export type IndicatorResult = Results['indicators'][number]
export type ScaleResult = Results['scales'][number]

/** A share and its limits in whole percent. Rounded from the published counts: the one-decimal figures must not be rounded again. */
export function sharesInWords(cell: ShownIndicatorCell) {
  const { count, base, population } = cell
  const responses = base + cell.dontKnow + cell.notApplicable + cell.notAsked + cell.missing
  const interval = wilsonInterval({ count, base, population: populationOfBase(population, base, responses) })
  return {
    percent: `${percentForText(count / base)}%`,
    interval: interval ? `${percentForText(interval.low)}% to ${percentForText(interval.high)}%` : 'None',
    populationIgnored: interval?.populationIgnored ?? false,
  }
}

export const meanInWords = ({ mean, low, high }: ShownScaleCell) => ({
  mean: mean.toFixed(1),
  interval: low === null || high === null ? 'None' : `${low.toFixed(1)} to ${high.toFixed(1)}`,
})

/** RR1 to RR6 in whole percent; those that do not apply are left out. */
export function ratesInWords({ dispositions, invited }: ShownRateCell): Partial<Record<string, string>> {
  if (invited === null) return {}
  const rates = Object.entries(
    publishedResponseRates(dispositions as Parameters<typeof publishedResponseRates>[0]),
  ) as [string, number | null][]
  return Object.fromEntries(
    rates.flatMap(([name, rate]) => (rate === null ? [] : [[name, `${percentForText(rate)}%`]])),
  )
}

export const cellKey = ({ cell }: { cell: Record<string, string> }) => JSON.stringify(cell)
export const isWhole = ({ cell }: { cell: Record<string, string> }) => Object.keys(cell).length === 0

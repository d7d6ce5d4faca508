import type { Results, ShownIndicatorCell, ShownRateCell, ShownScaleCell } from '../../../server/results/schema.ts'
import { wholeRates, wholeShare } from '../../../server/statistics/whole-percents.ts'

export type IndicatorResult = Results['indicators'][number]

export function sharesInWords(cell: ShownIndicatorCell) {
  const { percent, interval, populationIgnored } = wholeShare(cell)
  return {
    percent: `${percent}%`,
    interval: interval ? `${interval.low}% to ${interval.high}%` : 'None',
    populationIgnored,
  }
}

export const meanInWords = ({ mean, low, high }: ShownScaleCell) => ({
  mean: mean.toFixed(1),
  interval: low === null || high === null ? 'None' : `${low.toFixed(1)} to ${high.toFixed(1)}`,
})

/** RR1 to RR6; those that do not apply are left out. */
export function ratesInWords(cell: ShownRateCell): Partial<Record<string, string>> {
  if (cell.invited === null) return {}
  const rates = Object.entries(wholeRates(cell)) as [string, number | null][]
  return Object.fromEntries(rates.flatMap(([name, rate]) => (rate === null ? [] : [[name, `${rate}%`]])))
}

export const cellKey = ({ cell }: { cell: Record<string, string> }) => JSON.stringify(cell)
export const isWhole = ({ cell }: { cell: Record<string, string> }) => Object.keys(cell).length === 0

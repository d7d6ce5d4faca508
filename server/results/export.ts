// Results as a file and as text: the same published figures, laid out.
import { csvLine, type Value } from '../sheets/csv-line.ts'
import { dispositions } from '../statistics/response-rates.ts'
import { wholeRates, wholeShare } from '../statistics/whole-percents.ts'
import type { IndicatorCell, RateCell, Results, ScaleCell } from './schema.ts'

const rates = ['RR1', 'RR2', 'RR3', 'RR4', 'RR5', 'RR6'] as const
const points = ['1', '2', '3', '4', '5'] as const
const indicatorColumns = {
  base: 'base',
  count: 'count',
  percent: 'percent',
  low: 'low',
  high: 'high',
  population: 'population',
  dontKnow: 'dont_know',
  notApplicable: 'not_applicable',
  notAsked: 'not_asked',
  missing: 'missing',
  differs: 'differs',
} as const
const figureColumns = [
  ...Object.values(indicatorColumns),
  'mean',
  'alpha',
  ...points.map((point) => `scores_${point}`),
  'invited',
  ...dispositions,
  ...rates,
]

type Row = Record<string, Value>

/** One row per figure and cell, with a column for each breakdown asked for. A spreadsheet takes no text in it for a formula. */
export function resultsToCsv(results: Results, notice: string | null): string {
  const fixed = ['collection', 'snapshot', 'kind', 'figure', 'label']
  const columns = [...fixed, ...results.breakdown, 'cell', 'suppressed', ...figureColumns, 'notice']
  const about = { collection: results.collection.name, snapshot: results.snapshot.id, notice }
  const named = (kind: string, figure: string, label: string, cell: IndicatorCell | ScaleCell | RateCell): Row => ({
    ...about,
    kind,
    figure,
    label,
    ...cell.cell,
    cell: cell.label,
    suppressed: cell.suppressed,
  })
  const rows = [
    ...results.indicators.flatMap(({ id, label, cells }) =>
      cells.map((cell) => ({ ...named('indicator', id, label, cell), ...indicatorValues(cell) })),
    ),
    ...results.scales.flatMap(({ id, label, alpha, cells }) =>
      cells.map((cell, place) => ({
        ...named('scale', id, label, cell),
        ...scaleValues(cell),
        ...(place === 0 ? { alpha } : {}),
      })),
    ),
    ...results.responseRates.map((cell) => ({
      ...named('response_rate', 'response_rate', 'Response rate', cell),
      ...rateValues(cell),
    })),
  ]
  return [columns, ...rows.map((row) => columns.map((column) => (row as Row)[column]))].map(csvLine).join('')
}

function indicatorValues(cell: IndicatorCell): Row {
  if (cell.suppressed) return {}
  return Object.fromEntries(
    Object.entries(indicatorColumns).map(([key, column]) => [column, cell[key as keyof typeof indicatorColumns]]),
  )
}

function scaleValues(cell: ScaleCell): Row {
  if (cell.suppressed) return {}
  const { base, mean, low, high, distribution } = cell
  return {
    base,
    mean,
    low,
    high,
    ...Object.fromEntries(points.map((point, place) => [`scores_${point}`, distribution[place]])),
  }
}

function rateValues(cell: RateCell): Row {
  if (cell.suppressed) return {}
  return { invited: cell.invited, ...cell.dispositions, ...Object.fromEntries(rates.map((rate) => [rate, cell[rate]])) }
}

/** Aligned tables with their caveats, for a terminal. `selfSelected`: respondents chose themselves. */
export function resultsToText(
  results: Results,
  { notice, selfSelected }: { notice: string | null; selfSelected: boolean },
): string {
  const { collection, snapshot } = results
  const head = [
    ...(notice ? [notice] : []),
    `${collection.name}: ${collection.questionSet}, version ${collection.version}`,
    `Snapshot ${snapshot.id} of ${snapshot.takenAt}: ${snapshot.responses} responses, threshold ${snapshot.k}, sha256 ${snapshot.sha256}`,
  ]
  const tables = [
    ...results.indicators.map(
      ({ label, source, cells }) =>
        `${label} (${source.join(', ')})\n${table(['', '%', '95% interval', 'count', 'base', "don't know", 'n/a', 'not asked', 'missing'], cells.map(indicatorLine))}`,
    ),
    ...results.scales.map(
      ({ label, alpha, cells }) =>
        `${label}${alpha === null ? '' : ` (alpha ${alpha})`}\n${table(['', 'mean', '95% interval', 'base', '1', '2', '3', '4', '5'], cells.map(scaleLine))}`,
    ),
    selfSelected
      ? `Participation\n${table(
          ['', 'responses'],
          results.responseRates.map((cell) => [
            cell.label,
            ...(cell.suppressed ? ['hidden'] : [show(cell.dispositions['I'])]),
          ]),
        )}`
      : `Response rates in percent (AAPOR)\n${table(['', 'invited', ...dispositions, ...rates], results.responseRates.map(rateLine))}`,
  ]
  const ignored = tables.some((text) => / \*( |$)/m.test(text))
    ? ['* More answered than the frame holds: no allowance was made for the size of the population.']
    : []
  return [head.join('\n'), ...tables, [...ignored, ...caveats(selfSelected)].join('\n')].join('\n\n')
}

const show = (value: number | null | undefined): string => (value === null || value === undefined ? '-' : String(value))

function indicatorLine(cell: IndicatorCell): string[] {
  if (cell.suppressed) return [cell.label, 'hidden']
  const { percent, interval, populationIgnored } = wholeShare(cell)
  const limits = interval ? `${interval.low} to ${interval.high}${populationIgnored ? ' *' : ''}` : '-'
  const others = [cell.count, cell.base, cell.dontKnow, cell.notApplicable, cell.notAsked, cell.missing]
  return [cell.label, String(percent), limits, ...others.map(String)]
}

function scaleLine(cell: ScaleCell): string[] {
  if (cell.suppressed) return [cell.label, 'hidden']
  const { mean, low, high } = cell
  const interval = low === null || high === null ? '-' : `${low.toFixed(1)} to ${high.toFixed(1)}`
  return [cell.label, mean.toFixed(1), interval, String(cell.base), ...cell.distribution.map(String)]
}

function rateLine(cell: RateCell): string[] {
  if (cell.suppressed) return [cell.label, 'hidden']
  const whole = wholeRates(cell)
  const counts = dispositions.map((name) => show(cell.dispositions[name]))
  return [cell.label, show(cell.invited), ...counts, ...rates.map((rate) => show(whole[rate]))]
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [head, ...rows].map((row) => `  ${line(row)}`).join('\n')
}

function caveats(selfSelected: boolean): string[] {
  const chosen = selfSelected
    ? 'People were reached through their organisations and chose to answer: no response rate can be stated, and the intervals are illustrative.'
    : 'The intervals assume that whether a service answered is unrelated to what it would have said; they allow for the number of services in the frame.'
  return [
    chosen,
    'Hidden: the figure could identify somebody, or would give another hidden figure away.',
    'Self-reported: read beside other evidence, never instead of it.',
  ]
}

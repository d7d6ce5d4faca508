import type { IndicatorCell, Results, ScaleCell } from '../../server/results/schema.ts'
import { percentForText } from '../../server/statistics/rounding.ts'
import { publishedFindings } from './information-flow.ts'
import type { Service } from './service.ts'

/** What a reviewer gets for a collection, through the gate. */
async function readResults({ cli }: Service, collection: string, breakdown: string): Promise<Results> {
  return JSON.parse(await cli('results', collection, '--breakdown', breakdown, '--format', 'json')) as Results
}

type Shown<Cell> = Extract<Cell, { suppressed: false }>

/** The cell of a group, or of the whole; throws where it is hidden or missing. */
function shown<Cell extends IndicatorCell | ScaleCell>(
  figure: { id: string; cells: Cell[] } | undefined,
  breakdown?: string,
  code?: string,
): Shown<Cell> {
  const cell = figure?.cells.find((candidate) =>
    breakdown === undefined ? Object.keys(candidate.cell).length === 0 : candidate.cell[breakdown] === code,
  )
  if (!cell || cell.suppressed) throw new Error(`${figure?.id}: the figure of ${code ?? 'the whole'} is not published.`)
  return cell as Shown<Cell>
}

/** Prints the published findings as they come out, and throws where they are not the ones that were planted. */
export async function checkFigures(service: Service, collection: string): Promise<void> {
  const results = await readResults(service, collection, 'service_type')
  const share = (id: string, type?: string) => {
    const { count, base } = shown(
      results.indicators.find((indicator) => indicator.id === id),
      type && 'service_type',
      type,
    )
    return percentForText(count / base)
  }
  const figures = [
    ['Responses', results.snapshot.responses, publishedFindings.responses, ''],
    [
      'Receive summaries less than a quarter of the time',
      share('summary_under_quarter'),
      publishedFindings.underQuarter,
      '%',
    ],
    [
      '… domiciliary care',
      share('summary_under_quarter', 'domiciliary_care'),
      publishedFindings.underQuarterDomiciliary,
      '%',
    ],
    [
      'Information rarely or never sufficient',
      share('information_rarely_or_never_sufficient'),
      publishedFindings.rarelyOrNever,
      '%',
    ],
  ] as const
  for (const [label, found, , unit] of figures) console.log(`${label.padEnd(80)} ${found}${unit}`)
  if (figures.some(([, found, expected]) => found !== expected))
    throw new Error('These are not the figures that were planted.')
}

/** The audit's published extremes: fairness and openness highest, risk lowest, and the voluntary sector more negative than the rest. */
export async function checkExtremes(service: Service, collection: string): Promise<void> {
  const results = await readResults(service, collection, 'sector')
  const statements = results.indicators
    .filter(({ id }) => id.endsWith('_agree'))
    .map((indicator) => ({ id: indicator.id, label: indicator.label, percent: shown(indicator).percent }))
  statements.sort((a, b) => b.percent - a.percent)
  const extremes = [...statements.slice(0, 2), ...statements.slice(-1)]
  for (const { label, percent } of extremes) console.log(`${label.padEnd(80)} ${percent}%`)
  const trust = results.scales.find(({ id }) => id === 'trust')
  const [all, voluntary] = [shown(trust).mean, shown(trust, 'sector', 'vcse').mean]
  console.log(`${'Trust, mean of 1 to 5: everyone; voluntary sector'.padEnd(80)} ${all}; ${voluntary}`)
  const published = new Set(['treat_fairly_agree', 'open_honest_agree'])
  if (
    !extremes.slice(0, 2).every(({ id }) => published.has(id)) ||
    extremes[2]?.id !== 'take_risks_agree' ||
    voluntary >= all
  )
    throw new Error('These are not the extremes that were planted.')
}

// Every figure of a snapshot behind the gate. Nothing that leaves is computed anywhere else.
import type { AnalysisPlan, Indicator, Questions, Scale } from '../../../surveys/question-set.ts'
import type { ShownIndicatorCell, ShownRateCell, ShownScaleCell, SuppressedCell } from '../schema.ts'
import { decidersOf } from './deciders.ts'
import type { Line, LinkedCell, LinkedTables } from './disclosure/cells.ts'
import { hideFigures, type LinkedFigure } from './disclosure/linkages.ts'
import { populationOfBase, wilsonInterval, type Interval } from './intervals.ts'
import { readTables, type CellTotals, type SnapshotTables, type VariableTotals } from './read-tables.ts'
import { countInvited, publishedResponseRates } from './response-rates.ts'
import { percentForData, roundHalfUp } from './rounding.ts'
import { cronbachAlpha, summariseScale, type ScaleSums } from './scales.ts'
import type { SnapshotContent } from './seal.ts'

interface Published<C> {
  /** With the table that each belongs to. */
  cells: { table: string; cell: C | SuppressedCell }[]
}
export interface PublishedSnapshot {
  indicators: (Published<ShownIndicatorCell> & { id: string; label: string; source: string[] })[]
  scales: (Published<ShownScaleCell> & { id: string; label: string; alpha: number | null })[]
  responseRates: Published<ShownRateCell>
  /** Of all shown cells, by figure and cell: what a later snapshot is compared with. */
  bases: Map<string, number>
}

export function publish(plan: AnalysisPlan, questions: Questions, content: SnapshotContent): PublishedSnapshot {
  const tables = readTables(plan, questions, content)
  const rates = rateFigure(tables)
  const indicators = plan.indicators.map((indicator) => indicatorFigure(tables, indicator))
  const scales = plan.scales.map((scale) => scaleFigure(tables, scale))
  const hidden = hideFigures(
    linkTables(tables, responsesFigure(tables)),
    linkTables(tables, rates),
    linkFigures(plan, questions, tables, [...indicators, ...scales]),
    content.k,
  )
  const gate: Gate = { hidden: (name) => hidden.get(name)!, bases: new Map() }
  return {
    indicators: plan.indicators.map(({ id, label, variable }, place) => ({
      id,
      label,
      source: [variable],
      cells: passGate(gate, indicators[place]!),
    })),
    scales: plan.scales.map((scale, place) => publishScale(gate, tables, content.k, scale, scales[place]!)),
    responseRates: { cells: passGate(gate, rates) },
    bases: gate.bases,
  }
}

/**
 * The cells whose responses and rates are hidden, whatever else is shown of them: the same that `publish` hides, so that progress tells no
 * more than results will.
 */
export function hiddenRates(tables: SnapshotTables, k: number): ReadonlySet<string> {
  const rates = linkTables(tables, rateFigure(tables))
  return hideFigures(linkTables(tables, responsesFigure(tables)), rates, [], k).get('responses')!
}

interface Gate {
  hidden: (name: string) => ReadonlySet<string>
  bases: Map<string, number>
}

interface Figure<C> {
  /** As snapshots name it. */
  name: string
  cells: readonly CellTotals[]
  linked: Omit<LinkedCell, 'key' | 'providers'>[]
  /** The shown cell without its name, by its place. */
  show: (index: number) => Omit<C, 'cell' | 'label' | 'suppressed'>
}

/** What is hidden was decided over all figures and tables, whoever looks and whatever was asked for; leaves out cells of nobody. */
function passGate<C extends { suppressed: false }>(
  gate: Gate,
  { name, cells, linked, show }: Figure<C>,
): Published<C>['cells'] {
  const hidden = gate.hidden(name)
  return cells.flatMap(({ key, table, groups, label, population, responses }, index): Published<C>['cells'] => {
    if (!population && responses === 0 && table !== '') return []
    const named = { cell: { ...groups }, label }
    if (hidden.has(key)) return [{ table, cell: { ...named, suppressed: true } }]
    gate.bases.set(`${name} ${key}`, linked[index]!.base)
    return [{ table, cell: { ...named, suppressed: false, ...show(index) } as unknown as C }]
  })
}

function linkTables(
  tables: SnapshotTables,
  { name, cells, linked }: Pick<Figure<unknown>, 'name' | 'cells' | 'linked'>,
): LinkedTables {
  const all = cells.map(({ key }, index): LinkedCell => ({
    ...linked[index]!,
    key,
    providers: tables.providers(name, key),
  }))
  return { cells: all, lines: cells === tables.cells ? tables.lines : linesAmong(tables.lines, cells) }
}

function linkFigures(
  { indicators }: AnalysisPlan,
  questions: Questions,
  tables: SnapshotTables,
  figures: readonly Figure<unknown>[],
): LinkedFigure[] {
  const questionOf = (indicator: Indicator | undefined) => indicator?.variable.split('.')[0] ?? ''
  return figures.map((figure, place) => {
    const deciders = decidersOf(questions, questionOf(indicators[place]))
    const tellsOf = indicators
      .filter((other) => deciders.includes(questionOf(other)))
      .map(({ id }) => `indicator:${id}`)
    return { name: figure.name, tables: linkTables(tables, figure), tellsOf }
  })
}

function linesAmong(lines: readonly Line[], cells: readonly CellTotals[]): Line[] {
  const keys = new Set(cells.map((cell) => cell.key))
  return lines.filter((line) => keys.has(line.total) && line.parts.every((part) => keys.has(part)))
}

function indicatorFigure(tables: SnapshotTables, { id, variable, counts }: Indicator): Figure<ShownIndicatorCell> {
  const { cells } = tables
  const totals = tables.variable(variable, counts)
  const linked = cells.map(({ population }, index) => ({
    base: totals[index]!.states.answered,
    count: totals[index]!.counted,
    population,
  }))
  return { name: `indicator:${id}`, cells, linked, show: (index) => showIndicator(cells[index]!, totals[index]!) }
}

function showIndicator({ population, responses }: CellTotals, { states, counted: count }: VariableTotals) {
  const base = states.answered
  return {
    base,
    count,
    percent: percentForData(count / base),
    ...limits(
      wilsonInterval({ count, base, population: populationOfBase(population, base, responses) }),
      percentForData,
    ),
    population,
    dontKnow: states.dont_know,
    notApplicable: states.not_applicable,
    notAsked: states.not_asked,
    missing: states.missing,
    differs: null,
    weighted: null,
  }
}

function scaleFigure(tables: SnapshotTables, { id }: Scale): Figure<ShownScaleCell> {
  const { cells } = tables
  const sums = tables.scale(id)
  const linked = cells.map(({ population }, index) => ({
    base: sums[index]!.base,
    count: null,
    distribution: sums[index]!.distribution,
    population,
  }))
  return { name: `scale:${id}`, cells, linked, show: (index) => showScale(cells[index]!, sums[index]!) }
}

function publishScale(
  gate: Gate,
  tables: SnapshotTables,
  k: number,
  { id, label, items }: Scale,
  figure: Figure<ShownScaleCell>,
): PublishedSnapshot['scales'][number] {
  const cells = passGate(gate, figure)
  const alphaSums = tables.alpha(id, items.length)
  const alpha = cells[0]?.cell.suppressed === false && alphaSums.base >= k ? cronbachAlpha(alphaSums) : null
  return { id, label, alpha: alpha === null ? null : roundHalfUp(alpha, 2), cells }
}

function showScale({ population, responses }: CellTotals, sums: ScaleSums) {
  const { base, mean, interval, distribution } = summariseScale(
    sums,
    populationOfBase(population, sums.base, responses),
  )
  const toOneDecimal = (value: number) => roundHalfUp(value, 1)
  return { base, mean: toOneDecimal(mean!), ...limits(interval, toOneDecimal), distribution }
}

function limits(interval: Interval | null, round: (value: number) => number) {
  return { low: interval && round(interval.low), high: interval && round(interval.high) }
}

/** How many responded: a table of its own, since a base and the states beside it add up to it. */
function responsesFigure({ cells }: SnapshotTables): Pick<Figure<unknown>, 'name' | 'cells' | 'linked'> {
  return {
    name: 'responses',
    cells,
    linked: cells.map(({ responses, population }) => ({ base: responses, count: null, population })),
  }
}

/** AAPOR's rates where invitations are known; for a cascade participation: the responses alone, and no rate. */
function rateFigure(tables: SnapshotTables): Figure<ShownRateCell> {
  const isCascade = tables.cells.every((cell) => cell.dispositions === null)
  const cells = isCascade ? tables.cells : tables.cells.filter((cell) => cell.dispositions !== null)
  const linked = cells.map(({ dispositions, population, responses }) =>
    dispositions
      ? { base: dispositions.I, count: null, population, invited: countInvited(dispositions) }
      : { base: responses, count: null, population },
  )
  return { name: 'responses', cells, linked, show: (index) => showRates(cells[index]!) }
}

function showRates({ dispositions, responses }: CellTotals) {
  if (!dispositions)
    return {
      invited: null,
      dispositions: { I: responses },
      RR1: null,
      RR2: null,
      RR3: null,
      RR4: null,
      RR5: null,
      RR6: null,
    }
  const rates = Object.entries(publishedResponseRates(dispositions)).map(([name, rate]: [string, number | null]) => [
    name,
    rate === null ? null : percentForData(rate),
  ])
  return {
    invited: countInvited(dispositions),
    dispositions: { ...dispositions },
    ...(Object.fromEntries(rates) as Record<'RR1' | 'RR2' | 'RR3' | 'RR4' | 'RR5' | 'RR6', number | null>),
  }
}

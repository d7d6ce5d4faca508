// Every figure of a snapshot behind the gate. Nothing that leaves is computed anywhere else.
import { decidersOf } from '../../../surveys/counting/deciders.ts'
import type { AnalysisPlan, Code, Indicator, Questions, Scale } from '../../../surveys/question-set.ts'
import type { ShownIndicatorCell, ShownRateCell, ShownScaleCell, SuppressedCell } from '../schema.ts'
import { cellKey, type Line, type LinkedCell, type LinkedTables } from '../../statistics/disclosure/cells.ts'
import { hideFigures, type LinkedFigure } from '../../statistics/disclosure/linkages.ts'
import { populationOfBase, wilsonInterval, type Interval } from '../../statistics/intervals.ts'
import {
  readTables,
  type CellTotals,
  type SnapshotColumns,
  type SnapshotTables,
  type VariableTotals,
} from './read-tables.ts'
import { countInvited, publishedResponseRates } from '../../statistics/response-rates.ts'
import { percentForData, roundHalfUp } from '../../statistics/rounding.ts'
import { cronbachAlpha, summariseScale, type AlphaSums, type ScaleSums } from '../../statistics/scales.ts'

interface Published<C> {
  /** Those of one table, worked out when it is first asked for; what is hidden was decided before, over all tables. */
  cells: (table: string) => readonly (C | SuppressedCell)[]
}
export interface PublishedSnapshot {
  plan: AnalysisPlan
  indicators: (Published<ShownIndicatorCell> & { id: string; label: string; source: string[] })[]
  scales: (Published<ShownScaleCell> & { id: string; label: string; alpha: number | null })[]
  responseRates: Published<ShownRateCell>
  /** Of all shown cells, by figure and cell: what a later snapshot is compared with. */
  bases: () => Map<string, number>
  /** What the gate looked at and what it hid, for reading several releases together. */
  gated: () => GatedPublication
}

export interface GatedPublication {
  plan: AnalysisPlan
  questions: Questions
  /** Indicators, then scales, in the order of the plan. */
  figures: LinkedFigure[]
  /** By figure; those of the rates are `responses`. */
  hidden: ReadonlyMap<string, ReadonlySet<string>>
  /** In the order of an indicator's cells: how many answered one of the codes. */
  count(variable: string, codes: readonly Code[]): number[]
}

export function publish(plan: AnalysisPlan, questions: Questions, content: SnapshotColumns): PublishedSnapshot {
  const tables = readTables(plan, questions, content)
  const rates = rateFigure(tables)
  const indicators = plan.indicators.map((indicator) => indicatorFigure(tables, indicator))
  const scales = plan.scales.map((scale) => scaleFigure(tables, scale))
  const link = () => linkFigures(plan, questions, tables, [...indicators, ...scales])
  const hidden = hideFigures(linkTables(tables, responsesFigure(tables)), linkTables(tables, rates), link(), content.k)
  const pass = <C extends ShownCell>(figure: Figure<C>) => passGate(hidden.get(figure.name)!, figure)
  return {
    plan,
    indicators: plan.indicators.map(({ id, label, variable }, place) => ({
      id,
      label,
      source: [variable],
      cells: pass(indicators[place]!),
    })),
    scales: plan.scales.map(({ id, label, items }, place) => ({
      id,
      label,
      alpha: hidden.get(scales[place]!.name)!.has(cellKey({}))
        ? null
        : publishAlpha(tables.alpha(id, items.length), content.k),
      cells: pass(scales[place]!),
    })),
    responseRates: { cells: pass(rates) },
    bases: () => shownBases([...indicators, ...scales, rates], hidden),
    gated: () => ({
      plan,
      questions,
      figures: link(),
      hidden,
      count: (variable, codes) => tables.variable(variable, codes).map(({ counted }) => counted),
    }),
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

type ShownCell = ShownIndicatorCell | ShownScaleCell | ShownRateCell

interface Figure<C> {
  /** As snapshots name it. */
  name: string
  cells: readonly CellTotals[]
  linked: Omit<LinkedCell, 'key' | 'providers'>[]
  /** The shown cell without its name, by its place. */
  show: (index: number) => Omit<C, 'cell' | 'label' | 'suppressed'>
}

/** A cell of nobody is in no table but the whole. */
const isThere = ({ population, responses, table }: CellTotals) => !!population || responses > 0 || table === ''

/** What is hidden was decided over all figures and tables, whoever looks and whatever was asked for. */
function passGate<C extends ShownCell>(hidden: ReadonlySet<string>, { cells, show }: Figure<C>): Published<C>['cells'] {
  const places = Map.groupBy(cells.keys(), (place) => cells[place]!.table)
  const passed = (place: number): C | SuppressedCell => {
    const { key, groups, label } = cells[place]!
    if (hidden.has(key)) return { cell: { ...groups }, label, suppressed: true }
    return { cell: { ...groups }, label, suppressed: false, ...show(place) } as unknown as C
  }
  const known = new Map<string, (C | SuppressedCell)[]>()
  return (table) => {
    const found = known.get(table) ?? (places.get(table) ?? []).filter((place) => isThere(cells[place]!)).map(passed)
    known.set(table, found)
    return found
  }
}

function shownBases(
  figures: readonly Figure<ShownCell>[],
  hidden: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, number> {
  return new Map(
    figures.flatMap(({ name, cells, linked }) =>
      cells.flatMap((cell, place) =>
        isThere(cell) && !hidden.get(name)!.has(cell.key)
          ? [[`${name} ${cell.key}`, linked[place]!.base] as const]
          : [],
      ),
    ),
  )
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

/** Of the whole; null where too few answered every item. */
function publishAlpha(sums: AlphaSums, k: number): number | null {
  const alpha = sums.base >= k ? cronbachAlpha(sums) : null
  return alpha === null ? null : roundHalfUp(alpha, 2)
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

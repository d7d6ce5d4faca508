// Every figure of a snapshot behind the gate. Nothing that leaves is computed anywhere else.
import type { AnalysisPlan, Indicator, Questions, Scale } from '../../../surveys/question-set.ts'
import type { ShownIndicatorCell, ShownRateCell, ShownScaleCell, SuppressedCell } from '../schema.ts'
import type { Line, LinkedCell } from './disclosure/cells.ts'
import { hiddenCells } from './disclosure/gate.ts'
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
  const bases = new Map<string, number>()
  const gate: Gate = { tables, k: content.k, bases }
  return {
    indicators: plan.indicators.map((indicator) => publishIndicator(gate, indicator)),
    scales: plan.scales.map((scale) => publishScale(gate, scale)),
    responseRates: publishRates(gate),
    bases,
  }
}

interface Gate {
  tables: SnapshotTables
  k: number
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

/** Hides what must be hidden over all tables of the figure, whoever looks and whatever was asked for; leaves out cells of nobody. */
function passGate<C extends { suppressed: false }>({ tables, k, bases }: Gate, { name, cells, linked, show }: Figure<C>): Published<C>['cells'] {
  const whole = cells.map(({ key }, index): LinkedCell => ({ ...linked[index]!, key, providers: tables.providers(name, key) }))
  const hidden = hiddenCells({ cells: whole, lines: cells === tables.cells ? tables.lines : linesAmong(tables.lines, cells) }, k)
  return cells.flatMap(({ key, table, groups, label, population, responses }, index): Published<C>['cells'] => {
    if (!population && responses === 0 && table !== '') return []
    const named = { cell: { ...groups }, label }
    if (hidden.has(key)) return [{ table, cell: { ...named, suppressed: true } }]
    bases.set(`${name} ${key}`, whole[index]!.base)
    return [{ table, cell: { ...named, suppressed: false, ...show(index) } as unknown as C }]
  })
}

function linesAmong(lines: readonly Line[], cells: readonly CellTotals[]): Line[] {
  const keys = new Set(cells.map((cell) => cell.key))
  return lines.filter((line) => keys.has(line.total) && line.parts.every((part) => keys.has(part)))
}

function publishIndicator(gate: Gate, { id, label, variable, counts }: Indicator): PublishedSnapshot['indicators'][number] {
  const { cells } = gate.tables
  const totals = gate.tables.variable(variable, counts)
  const linked = cells.map(({ population }, index) => ({ base: totals[index]!.states.answered, count: totals[index]!.counted, population }))
  const show = (index: number) => showIndicator(cells[index]!, totals[index]!)
  return { id, label, source: [variable], cells: passGate<ShownIndicatorCell>(gate, { name: `indicator:${id}`, cells, linked, show }) }
}

function showIndicator({ population, responses }: CellTotals, { states, counted: count }: VariableTotals) {
  const base = states.answered
  return {
    base,
    count,
    percent: percentForData(count / base),
    ...limits(wilsonInterval({ count, base, population: populationOfBase(population, base, responses) }), percentForData),
    population,
    dontKnow: states.dont_know,
    notApplicable: states.not_applicable,
    notAsked: states.not_asked,
    missing: states.missing,
    differs: null,
    weighted: null,
  }
}

function publishScale(gate: Gate, { id, label, items }: Scale): PublishedSnapshot['scales'][number] {
  const { cells } = gate.tables
  const sums = gate.tables.scale(id)
  const linked = cells.map(({ population }, index) => ({ base: sums[index]!.base, count: null, distribution: sums[index]!.distribution, population }))
  const show = (index: number) => showScale(cells[index]!, sums[index]!)
  const published = passGate<ShownScaleCell>(gate, { name: `scale:${id}`, cells, linked, show })
  const alphaSums = gate.tables.alpha(id, items.length)
  const alpha = published[0]?.cell.suppressed === false && alphaSums.base >= gate.k ? cronbachAlpha(alphaSums) : null
  return { id, label, alpha: alpha === null ? null : roundHalfUp(alpha, 2), cells: published }
}

function showScale({ population, responses }: CellTotals, sums: ScaleSums) {
  const { base, mean, interval, distribution } = summariseScale(sums, populationOfBase(population, sums.base, responses))
  const toOneDecimal = (value: number) => roundHalfUp(value, 1)
  return { base, mean: toOneDecimal(mean!), ...limits(interval, toOneDecimal), distribution }
}

function limits(interval: Interval | null, round: (value: number) => number) {
  return { low: interval && round(interval.low), high: interval && round(interval.high) }
}

/** AAPOR's rates where invitations are known; for a cascade participation: the responses alone, and no rate. */
function publishRates(gate: Gate): Published<ShownRateCell> {
  const isCascade = gate.tables.cells.every((cell) => cell.dispositions === null)
  const cells = gate.tables.cells.filter((cell) => isCascade || cell.dispositions !== null)
  const linked = cells.map(({ dispositions, population, responses }) =>
    dispositions ? { base: dispositions.I, count: null, population, invited: countInvited(dispositions) } : { base: responses, count: null, population },
  )
  return { cells: passGate<ShownRateCell>(gate, { name: 'responses', cells, linked, show: (index) => showRates(cells[index]!) }) }
}

function showRates({ dispositions, responses }: CellTotals) {
  if (!dispositions) return { invited: null, dispositions: { I: responses }, RR1: null, RR2: null, RR3: null, RR4: null, RR5: null, RR6: null }
  const rates = Object.entries(publishedResponseRates(dispositions)).map(([name, rate]: [string, number | null]) => [name, rate === null ? null : percentForData(rate)])
  return { invited: countInvited(dispositions), dispositions: { ...dispositions }, ...(Object.fromEntries(rates) as Record<'RR1' | 'RR2' | 'RR3' | 'RR4' | 'RR5' | 'RR6', number | null>) }
}

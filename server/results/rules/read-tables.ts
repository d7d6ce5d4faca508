// From what a snapshot holds to the sums of every cell, before anything is hidden.
import type { State } from '../../../surveys/counting/answer-states.ts'
import { countsAmong } from '../../../surveys/counting/count-answer.ts'
import type { AnalysisPlan, Code, Questions } from '../../../surveys/question-set.ts'
import { cellKey, type Line } from '../../statistics/disclosure/cells.ts'
import { linesOf, nestingsOf } from '../../statistics/disclosure/lines.ts'
import { cellsOfStratum, listCells, tablesOf, type Cell } from './cells.ts'
import { dispositions, type DispositionCounts } from '../../statistics/response-rates.ts'
import { mergeAlphaSums, mergeScaleSums, type AlphaSums, type ScaleSums } from '../../statistics/scales.ts'
import type { SnapshotContent } from './seal.ts'
import { isOfFrame, type Stratum } from '../../../surveys/counting/strata.ts'
import { modeOf } from '../../../surveys/modes.ts'

export interface CellTotals extends Cell {
  /** By breakdown; which table it belongs to. */
  table: string
  responses: number
  /** Services of the frame less those not eligible; null where it is not known. */
  population: number | null
  /** Null where invitations are not known by these breakdowns, and in a cascade. */
  dispositions: DispositionCounts | null
}

export interface VariableTotals {
  states: Record<State, number>
  /** Of the answered, those with one of the codes asked for. */
  counted: number
}

/** The responses in one state of a variable and, where answered, of one code. */
export interface Column {
  variable: string
  state: State
  value: string
  /** In the order of the strata. */
  counts: number[]
}

/** What tables are made of: a snapshot's content, its counts put together by column. */
export interface SnapshotColumns extends Pick<
  SnapshotContent,
  'mode' | 'k' | 'labels' | 'sums' | 'dispositions' | 'providers'
> {
  /** Those of the responses, as `stratumText`. */
  strata: string[]
  columns: Column[]
}

/** All tables of a snapshot: sums are asked for by cell. */
export interface SnapshotTables {
  cells: CellTotals[]
  lines: Line[]
  /** In the order of `cells`. */
  variable(name: string, codes: readonly Code[]): VariableTotals[]
  scale(id: string): ScaleSums[]
  /** Of the whole. */
  alpha(id: string, items: number): AlphaSums
  providers(figure: string, key: string): { providers: number; largest: number } | null
}

export const tableName = (ids: readonly string[]): string => [...ids].sort().join(' × ')

export function readTables(plan: AnalysisPlan, questions: Questions, content: SnapshotColumns): SnapshotTables {
  const texts = [...new Set([...content.strata, ...content.dispositions.map((row) => row.stratum)])]
  const strata = texts.map((text) => JSON.parse(text) as Stratum)
  const place = new Map(texts.map((text, index) => [text, index]))
  const cells = listCells(plan, questions, content.labels, strata)
  const placeOfCell = new Map(cells.map(({ key }, index) => [key, index]))
  const tables = tablesOf(plan)
  /** By stratum: the places of the cells that it lies in. */
  const within = strata.map((stratum) =>
    cellsOfStratum(tables, stratum).map((groups) => placeOfCell.get(cellKey(groups))!),
  )
  const cellsOf = (row: { stratum: string }) => within[place.get(row.stratum)!]!
  const sumByCell = ({ counts }: Column): number[] => {
    const sums = cells.map(() => 0)
    counts.forEach((count, stratum) => {
      for (const cell of within[stratum]!) sums[cell]! += count
    })
    return sums
  }
  const columns = Map.groupBy(content.columns, (column) => column.variable)
  const variable = (name: string, codes: readonly Code[]): VariableTotals[] => {
    const counts = countsAmong(codes)
    const totals = cells.map((): VariableTotals => ({
      states: { answered: 0, dont_know: 0, not_applicable: 0, not_asked: 0, missing: 0 },
      counted: 0,
    }))
    for (const column of columns.get(name) ?? []) {
      const isCounted = counts(column.state, column.value)
      sumByCell(column).forEach((sum, cell) => {
        totals[cell]!.states[column.state] += sum
        if (isCounted) totals[cell]!.counted += sum
      })
    }
    return totals
  }
  const providers = new Map(
    [...Map.groupBy(content.providers, (row) => row.figure)].map(([figure, rows]) => [
      figure,
      new Map(rows.map((row) => [row.cell, row])),
    ]),
  )
  return {
    cells: totalsOf(plan, content, cells, variable('', []), cellsOf),
    lines: linesOf(
      cells.map((cell) => cell.groups),
      nestingsOf(plan.breakdowns, new Map(Object.entries(content.labels.regionOf))),
    ),
    variable,
    scale: (id) => {
      const rows = content.sums.filter((row) => row.scale === id)
      const sums = cells.map((): ScaleSums[] => [])
      for (const row of rows) for (const cell of cellsOf(row)) sums[cell]!.push(row.sums.scores)
      return sums.map(mergeScaleSums)
    },
    alpha: (id, items) =>
      mergeAlphaSums(
        content.sums.filter((row) => row.scale === id).map((row) => row.sums.alpha),
        items,
      ),
    providers: (figure, key) =>
      !modeOf(content).hasRates ? null : (providers.get(figure)?.get(key) ?? { providers: 0, largest: 0 }),
  }
}

function totalsOf(
  plan: AnalysisPlan,
  content: SnapshotColumns,
  cells: Cell[],
  responses: readonly VariableTotals[],
  cellsOf: (row: { stratum: string }) => number[],
): CellTotals[] {
  const frameKnown = modeOf(content).hasRates && content.dispositions.length > 0
  const totals = cells.map((cell, index): CellTotals => {
    const ids = Object.keys(cell.groups)
    const known = modeOf(content).hasRates && ids.every((id) => isOfFrame(plan, id))
    const zero = Object.fromEntries(dispositions.map((disposition) => [disposition, 0])) as DispositionCounts
    return {
      ...cell,
      table: tableName(ids),
      responses: responses[index]!.states.answered,
      population: known && frameKnown ? 0 : null,
      dispositions: known ? zero : null,
    }
  })
  for (const row of content.dispositions) {
    const disposition = dispositions.find((candidate) => candidate === row.disposition)
    for (const cell of cellsOf(row).map((index) => totals[index]!)) {
      if (cell.population !== null && disposition !== 'NE') cell.population += row.count
      if (cell.dispositions && disposition) cell.dispositions[disposition] += row.count
    }
  }
  return totals
}

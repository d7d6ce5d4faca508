// The cells of all tables of a plan: the whole, every breakdown, and the one cross.
import { questionsOf } from '../../../surveys/notes.ts'
import type { AnalysisPlan, Breakdown, Questions } from '../../../surveys/question-set.ts'
import { cellKey, type Groups } from '../../statistics/disclosure/cells.ts'
import { notStated, type Stratum } from '../../../surveys/counting/strata.ts'

export interface SnapshotLabels {
  /** Names by code. */
  systems: Record<string, string>
  regions: Record<string, string>
  /** Region code by system code. */
  regionOf: Record<string, string>
}

export interface Cell {
  key: string
  groups: Groups
  label: string
}

/** The breakdowns of each table: none (the whole), one each, the two of the cross. */
export function tablesOf({ breakdowns, cross }: Pick<AnalysisPlan, 'breakdowns' | 'cross'>): string[][] {
  return [[], ...breakdowns.map(({ id }) => [id]), [...cross]]
}

/** The cells, one of each table, in which a stratum lies. */
export function cellsOfStratum(tables: readonly string[][], stratum: Stratum): Groups[] {
  return tables.map((ids) => Object.fromEntries(ids.map((id) => [id, stratum[id] ?? notStated])))
}

/** Every cell in which one of the strata lies, each once, ordered as tables are read: by the plan, systems and regions by name, *not stated* last. */
export function listCells(
  plan: AnalysisPlan,
  questions: Questions,
  labels: SnapshotLabels,
  strata: readonly Stratum[],
): Cell[] {
  const codes = new Map(plan.breakdowns.map((breakdown) => [breakdown.id, codesOf(breakdown, questions, labels)]))
  const labelOf = (id: string, code: string) => codes.get(id)?.get(code) ?? (code === notStated ? 'Not stated' : code)
  const places = new Map(
    [...codes].map(([id, known]) => [id, new Map([...known.keys()].map((code, place) => [code, place]))]),
  )
  const placeOf = (id: string, code: string) => (code === notStated ? Infinity : (places.get(id)?.get(code) ?? 1e6))
  return tablesOf(plan).flatMap((ids) => {
    // The whole is there even when nobody is.
    const all: Groups[] =
      ids.length === 0
        ? [{}]
        : strata.map((stratum) => Object.fromEntries(ids.map((id) => [id, stratum[id] ?? notStated])))
    const cells = new Map(all.map((groups) => [cellKey(groups), groups]))
    const byPlace = (one: Groups, other: Groups) => {
      const differing = ids.find((id) => one[id] !== other[id])
      if (differing === undefined) return 0
      const [a, b] = [placeOf(differing, one[differing]!), placeOf(differing, other[differing]!)]
      return a === b ? (one[differing]! < other[differing]! ? -1 : 1) : a - b
    }
    return [...cells]
      .map(([key, groups]) => ({
        key,
        groups,
        label: ids.map((id) => labelOf(id, groups[id]!)).join(', ') || 'All responses',
      }))
      .sort((one, other) => byPlace(one.groups, other.groups))
  })
}

/** Labels by code, in the order of the page. */
function codesOf(breakdown: Breakdown, questions: Questions, labels: SnapshotLabels): Map<string, string> {
  const { id, from, variable = id, groups = [] } = breakdown
  if (from === 'system') return byName(labels.systems)
  if (from === 'region') return byName(labels.regions)
  if (from === 'derived') return new Map(groups.map(({ code, label }) => [code, label]))
  const question = questions.pages.flatMap(questionsOf).find((candidate) => candidate.name === variable)
  if (!question || !('choices' in question)) return new Map()
  return new Map(question.choices.map(({ value, text }) => [String(value), text]))
}

const alphabetical = new Intl.Collator('en-GB', { numeric: true })

function byName(names: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(names).sort(([, one], [, other]) => alphabetical.compare(one, other)))
}

// The sums over linked tables, derived from the plan: whoever sees a total and all but one of its parts can work out the last.
import type { Breakdown } from '../../../surveys/question-set.ts'
import type { Groups, Line } from './cells.ts'
import { cellKey } from './cells.ts'

/** `child` lies within `parent`: each of its groups belongs to exactly one of the parent's. */
export interface Nesting {
  child: string
  parent: string
  groupOf: ReadonlyMap<string, string>
}

/** Region holds system; a derived breakdown holds its source. A code of no group is *not stated*. `regionOfSystem` maps codes to codes. */
export function nestingsOf(
  breakdowns: readonly Pick<Breakdown, 'id' | 'from' | 'of' | 'groups'>[],
  regionOfSystem: ReadonlyMap<string, string>,
): Nesting[] {
  const system = breakdowns.find((breakdown) => breakdown.from === 'system')
  const region = breakdowns.find((breakdown) => breakdown.from === 'region')
  const nestings: Nesting[] = system && region ? [{ child: system.id, parent: region.id, groupOf: regionOfSystem }] : []
  for (const { id, from, of, groups = [] } of breakdowns) {
    if (from !== 'derived' || of === undefined) continue
    const groupOf = new Map(groups.flatMap((group) => group.codes.map((code) => [code, group.code] as const)))
    nestings.push({ child: of, parent: id, groupOf })
  }
  return nestings
}

/**
 * Every sum between two tables where each cell of the finer lies within one of the coarser: whole → region, region → system, whole → system,
 * setting → service type, system → cross … Sums over two steps are listed too: they bind when the step between is hidden. `cells`
 * are all cells of all tables; one left out (nobody there) counts for nothing in any sum.
 */
export function linesOf(cells: readonly Groups[], nestings: readonly Nesting[]): Line[] {
  const tables = Map.groupBy(cells, (cell) => JSON.stringify(Object.keys(cell).sort()))
  const known = new Set(cells.map(cellKey))
  const lines: Line[] = []
  for (const coarser of tables.values()) {
    const ids = Object.keys(coarser[0]!)
    for (const finer of tables.values()) {
      if (finer === coarser) continue
      const parts = Map.groupBy(finer, (cell) => totalKey(withParents(cell, nestings), ids))
      for (const [total, members] of parts) {
        if (total !== null && known.has(total)) lines.push({ total, parts: members.map(cellKey).sort() })
      }
    }
  }
  return lines
}

/** The key of the cell by these breakdowns in which a cell lies, or null where it does not say. */
function totalKey(groups: Groups, ids: readonly string[]): string | null {
  if (!ids.every((id) => id in groups)) return null
  return cellKey(Object.fromEntries(ids.map((id) => [id, groups[id]!])))
}

/** The cell's groups with all that hold them: a system also says its region. */
function withParents(cell: Groups, nestings: readonly Nesting[]): Groups {
  const groups: Record<string, string> = { ...cell }
  let grown = true
  while (grown) {
    grown = false
    for (const { child, parent, groupOf } of nestings) {
      const code = groups[child]
      if (code === undefined || parent in groups) continue
      groups[parent] = groupOf.get(code) ?? 'not_stated'
      grown = true
    }
  }
  return groups
}

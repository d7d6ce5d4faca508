// The gate: every figure that leaves has passed it, and all that it says of a hidden cell is that it is hidden.
import type { LinkedTables } from './cells.ts'
import { breaksPrimary, isConcentrated, isUnanimous, isUnderThreshold } from './primary.ts'
import { hideWithThem } from './secondary.ts'

/**
 * The keys of the cells to hide, decided once for one indicator, scale or table of rates over all its linked tables, whoever looks. Sorted, so
 * that not even their order tells why. Throws where tables do not add up. `k`: the collection's threshold, a whole number from 1. `already`:
 * cells hidden in any case, because showing them would tell what another figure hides.
 */
export function hiddenCells(tables: LinkedTables, k: number, already: ReadonlySet<string> = new Set()): Set<string> {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`the threshold must be a whole number from 1, not ${k}`)
  const primary = tables.cells.filter((cell) => already.has(cell.key) || breaksPrimary(cell, k)).map((cell) => cell.key)
  return new Set([...hideWithThem(tables, new Set(primary), k)].sort())
}

/** For admins, how many cells each threshold hid, each cell counted once, under the first that applies; never for which cell. */
export interface HiddenCounts {
  cells: number
  underThreshold: number
  concentrated: number
  unanimous: number
  /** Hidden to protect another. */
  secondary: number
}

export function countHidden(tables: LinkedTables, k: number): HiddenCounts {
  const counts: HiddenCounts = {
    cells: tables.cells.length,
    underThreshold: 0,
    concentrated: 0,
    unanimous: 0,
    secondary: 0,
  }
  const hidden = hiddenCells(tables, k)
  for (const cell of tables.cells) {
    if (!hidden.has(cell.key)) continue
    if (isUnderThreshold(cell, k)) counts.underThreshold += 1
    else if (isConcentrated(cell)) counts.concentrated += 1
    else if (isUnanimous(cell, k)) counts.unanimous += 1
    else counts.secondary += 1
  }
  return counts
}

// The gate: every figure that leaves has passed it, and all that it says of a hidden cell is that it is hidden.
import type { LinkedTables } from './cells.ts'
import { breaksPrimary } from './primary.ts'
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

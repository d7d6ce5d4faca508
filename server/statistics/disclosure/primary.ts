// The rules that a cell breaks by itself. Threshold k: frozen per collection before it opens (default 10, as the GP Patient Survey).
import type { LinkedCell } from './cells.ts'

/** Fewer than k in the base (in a table of rates: fewer than k complete, or fewer than k invited). */
export function isUnderThreshold(cell: Sizes, k: number): boolean {
  return cell.base < k || (cell.invited !== undefined && cell.invited < k)
}

/** A personal collection: fewer than three providers, or half or more of the base on one, who could take their own away and see the rest. */
function isConcentrated(cell: LinkedCell): boolean {
  return !!cell.providers && (cell.providers.providers < 3 || cell.providers.largest * 2 >= cell.base)
}

/**
 * Everyone in the cell gave the same answer (count 0 or the whole base; a scale's whole base in one step of the distribution), so that
 * knowing who answered is knowing what they said, and fewer than 2k did.
 */
export function isUnanimous(cell: Sizes, k: number): boolean {
  if (cell.base >= 2 * k) return false
  if (cell.count !== null && (cell.count === 0 || cell.count === cell.base)) return true
  return !!cell.distribution?.some((count) => count === cell.base)
}

/** Any of the three. */
export function breaksPrimary(cell: LinkedCell, k: number): boolean {
  return isUnderThreshold(cell, k) || isConcentrated(cell) || isUnanimous(cell, k)
}

export type Sizes = Pick<LinkedCell, 'base' | 'count' | 'distribution' | 'invited'>

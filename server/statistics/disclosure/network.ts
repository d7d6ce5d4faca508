// Lines and cells as a net that can be asked, after each change, which lines give a hidden cell away. Each answer costs the same however
// long the line: it keeps what its hidden parts add up to.
import type { LinkedCell, LinkedTables } from './cells.ts'
import type { Sizes } from './primary.ts'
import { isUnanimous, isUnderThreshold } from './primary.ts'

export interface NetLine {
  total: LinkedCell
  parts: readonly LinkedCell[]
  /** Hidden parts that protect one another. */
  hiddenParts: number
  /** The hidden parts together: what anyone can work out as total less shown parts. */
  remainder: { base: number; count: number | null; distribution?: number[]; invited?: number }
}

export interface Net {
  k: number
  hidden: Set<string>
  lines: readonly NetLine[]
  linesOf: ReadonlyMap<string, readonly NetLine[]>
}

/** A net with nothing hidden. Throws where a line names a cell that is not there or does not add up: then no rule below would hold. */
export function makeNet(tables: LinkedTables, k: number): Net {
  const cells = new Map(tables.cells.map((cell) => [cell.key, cell]))
  if (cells.size < tables.cells.length) throw new Error('two cells of linked tables have the same key')
  const find = (key: string): LinkedCell => {
    const cell = cells.get(key)
    if (!cell) throw new Error(`a line names the cell ${key}, which is in no table`)
    return cell
  }
  const lines = tables.lines.map((line) => makeLine(find(line.total), line.parts.map(find)))
  const linesOf = new Map(tables.cells.map((cell): [string, NetLine[]] => [cell.key, []]))
  for (const line of lines) for (const cell of [line.total, ...line.parts]) linesOf.get(cell.key)!.push(line)
  return { k, hidden: new Set(), lines, linesOf }
}

export function hide(net: Net, cell: LinkedCell): void {
  net.hidden.add(cell.key)
  moveParts(net, cell, 1)
}

export function show(net: Net, cell: LinkedCell): void {
  net.hidden.delete(cell.key)
  moveParts(net, cell, -1)
}

/** Where nobody could have answered and nobody did, everyone knows the cell is empty: hiding it hides nothing. Base 0 of some does protect. */
function protects(cell: LinkedCell): boolean {
  return cell.base > 0 || cell.population !== 0
}

/**
 * Whether what is shown of a line tells too much of what is hidden:
 * a hidden total of which every part is shown; under a shown total a single hidden part; or several that together, which is total less
 * shown parts, are a group that could not be shown itself: under the threshold, or of one answer.
 */
export function givesAway(net: Net, line: NetLine): boolean {
  if (net.hidden.has(line.total.key))
    return line.hiddenParts === 0 && line.parts.some((part) => !net.hidden.has(part.key))
  if (line.hiddenParts === 0) return false
  return line.hiddenParts === 1 || isUnderThreshold(line.remainder, net.k) || isUnanimous(line.remainder, net.k)
}

function makeLine(total: LinkedCell, parts: readonly LinkedCell[]): NetLine {
  const all = emptyRemainder(total)
  for (const part of parts) add(all, part, 1)
  const agree = all.base === total.base && all.count === total.count && all.invited === total.invited
  if (!agree) throw new Error(`the parts of the cell ${total.key} do not add up to it`)
  return { total, parts, hiddenParts: 0, remainder: emptyRemainder(total) }
}

function emptyRemainder(total: LinkedCell): NetLine['remainder'] {
  return {
    base: 0,
    count: total.count === null ? null : 0,
    distribution: total.distribution?.map(() => 0),
    invited: total.invited === undefined ? undefined : 0,
  }
}

function moveParts(net: Net, cell: LinkedCell, sign: 1 | -1): void {
  if (!protects(cell)) return
  for (const line of net.linesOf.get(cell.key)!) {
    if (line.total.key === cell.key) continue
    line.hiddenParts += sign
    add(line.remainder, cell, sign)
  }
}

function add(sum: NetLine['remainder'], cell: Sizes, sign: 1 | -1): void {
  sum.base += sign * cell.base
  if (sum.count !== null) sum.count += sign * (cell.count ?? NaN)
  if (sum.invited !== undefined) sum.invited += sign * (cell.invited ?? NaN)
  cell.distribution?.forEach((count, step) => {
    if (sum.distribution) sum.distribution[step]! += sign * count
  })
}

// The simple secondary rule: each line by itself. It does not see what several lines tell together; the full rule (feasible intervals
// over all tables) takes this module's place behind the same gate.
import type { LinkedCell, LinkedTables } from './cells.ts'
import type { Net, NetLine } from './network.ts'
import { givesAway, hide, makeNet, show } from './network.ts'

/**
 * The hidden cells and those to be hidden with them, so that no line gives one away (see `givesAway`). Greedy: always the cell that
 * closes most lines, then the smallest, then the first by key; at the end whatever turns out not to be needed is shown again, so that
 * no single further cell could be shown. The order of cells and lines given does not matter.
 */
export function hideWithThem(tables: LinkedTables, primary: ReadonlySet<string>, k: number): Set<string> {
  const net = makeNet(tables, k)
  for (const cell of tables.cells) if (primary.has(cell.key)) hide(net, cell)
  const added: LinkedCell[] = []
  for (let next = bestCell(net); next; next = bestCell(net)) {
    hide(net, next)
    added.push(next)
  }
  showUnneeded(net, added)
  return net.hidden
}

/** The cell to hide next, or undefined when no line gives anything away. */
function bestCell(net: Net): LinkedCell | undefined {
  const open = net.lines.filter((line) => givesAway(net, line))
  const candidates = new Map(open.flatMap((line) => candidatesOf(net, line)).map((cell) => [cell.key, cell]))
  return [...candidates.values()]
    .map((cell) => ({ cell, opened: linesOpenedBy(net, cell) }))
    .reduce<{ cell: LinkedCell; opened: number } | undefined>(
      (best, next) => (best && !isBetter(next, best) ? best : next),
      undefined,
    )?.cell
}

function isBetter(one: { cell: LinkedCell; opened: number }, other: { cell: LinkedCell; opened: number }): boolean {
  if (one.opened !== other.opened) return one.opened < other.opened
  return isSmaller(one.cell, other.cell)
}

function isSmaller(one: LinkedCell, other: LinkedCell): boolean {
  return one.base === other.base ? one.key < other.key : one.base < other.base
}

/** A shown part; the total only where no part is left to hide. */
function candidatesOf(net: Net, line: NetLine): readonly LinkedCell[] {
  const shown = line.parts.filter((part) => !net.hidden.has(part.key))
  return shown.length > 0 ? shown : [line.total]
}

/** How many more lines would give something away with the cell hidden; below zero where it closes more than it opens. */
function linesOpenedBy(net: Net, cell: LinkedCell): number {
  const lines = net.linesOf.get(cell.key)!
  const before = lines.filter((line) => givesAway(net, line)).length
  hide(net, cell)
  const after = lines.filter((line) => givesAway(net, line)).length
  show(net, cell)
  return after - before
}

/** Largest first, until no single one can be shown again. */
function showUnneeded(net: Net, added: readonly LinkedCell[]): void {
  const largestFirst = [...added].sort((one, other) => (isSmaller(one, other) ? 1 : -1))
  let shown = true
  while (shown) {
    shown = false
    for (const cell of largestFirst) {
      if (!net.hidden.has(cell.key)) continue
      show(net, cell)
      if (net.linesOf.get(cell.key)!.some((line) => givesAway(net, line))) hide(net, cell)
      else shown = true
    }
  }
}

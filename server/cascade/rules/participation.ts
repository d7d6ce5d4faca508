import { cellKey, type Groups, type LinkedCell } from '../../statistics/disclosure/cells.ts'
import { hiddenCells } from '../../statistics/disclosure/gate.ts'
import { linesOf } from '../../statistics/disclosure/lines.ts'
import { percentForText } from '../../statistics/rounding.ts'

/** A link of a cascade with the answers submitted through it; answers that came through none stand under a reach of null. */
export interface ReachedLink {
  system: string
  declaredReach: number | null
  answers: number
}

export interface Participation {
  /** {} is the whole; else the code of a system. */
  cell: Groups
  label: string
  /** Links whose coordinator declared a reach, and what they declared together. */
  declared: number
  reach: number
  /** Too few answers to show, or they would give others away. */
  suppressed: boolean
  /** Whole percent; null where nothing is declared or it is hidden. */
  low: number | null
  high: number | null
}

/**
 * Answers through links with a declared reach ÷ that reach, as a range: `low` where nobody was reached twice, `high` where within each system
 * everybody was already among those of its largest link. Never a response rate. Counts pass the gate together with those of progress.
 */
export function participationOf(
  links: readonly ReachedLink[],
  systems: readonly { code: string; name: string }[],
  k: number,
): Participation[] {
  const hidden = hiddenShares(links, k)
  const whole = describe({}, 'All', links, hidden)
  return [
    whole,
    ...systems.map(({ code, name }) =>
      describe(
        { system: code },
        name,
        links.filter(({ system }) => system === code),
        hidden,
      ),
    ),
  ]
}

const isDeclared = ({ declaredReach }: ReachedLink) => declaredReach !== null
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function describe(cell: Groups, label: string, links: readonly ReachedLink[], hidden: (cell: Groups) => boolean) {
  const declared = links.filter(isDeclared)
  const reach = sum(declared.map(({ declaredReach }) => declaredReach ?? 0))
  const answers = sum(declared.map((link) => link.answers))
  const largest = [...Map.groupBy(declared, ({ system }) => system).values()].map((group) =>
    Math.max(...group.map(({ declaredReach }) => declaredReach ?? 0)),
  )
  const suppressed = declared.length > 0 && hidden(cell)
  const shown = declared.length > 0 && !suppressed
  return {
    cell,
    label,
    declared: declared.length,
    reach,
    suppressed,
    low: shown ? percent(answers, reach) : null,
    high: shown ? percent(answers, sum(largest)) : null,
  }
}

const percent = (answers: number, reach: number) => percentForText(Math.min(1, answers / reach))

/** Which shares must not be shown. Where hiding them would take hiding a count that progress shows, none is. */
function hiddenShares(links: readonly ReachedLink[], k: number): (cell: Groups) => boolean {
  const cells: LinkedCell[] = []
  const groups: Groups[] = []
  const add = (cell: Groups, members: readonly ReachedLink[]) => {
    const base = sum(members.map(({ answers }) => answers))
    if (base === 0 && Object.keys(cell).length > 0) return
    groups.push(cell)
    cells.push({ key: cellKey(cell), base, count: null, population: null })
  }
  const bySystem = [...Map.groupBy(links, ({ system }) => system)]
  add({}, links)
  for (const [system, members] of bySystem) add({ system }, members)
  const shownElsewhere = hiddenCells({ cells: [...cells], lines: linesOf([...groups], []) }, k)
  const totals = groups.map(cellKey)
  for (const via of ['declared', 'other']) {
    const through = (members: readonly ReachedLink[]) =>
      members.filter((link) => isDeclared(link) === (via === 'declared'))
    add({ via }, through(links))
    for (const [system, members] of bySystem) add({ system, via }, through(members))
  }
  const hidden = hiddenCells({ cells, lines: linesOf(groups, []) }, k)
  const takesMore = totals.some((key) => hidden.has(key) && !shownElsewhere.has(key))
  const known = new Set(cells.map(({ key }) => key))
  return (cell) => {
    const key = cellKey({ ...cell, via: 'declared' })
    return takesMore || hidden.has(key) || !known.has(key)
  }
}

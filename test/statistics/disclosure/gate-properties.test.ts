import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkedCell, LinkedTables } from '../../../server/statistics/disclosure/cells.ts'
import { hiddenCells } from '../../../server/statistics/disclosure/gate.ts'
import { anyStrata, linkedTables, services } from './tables.ts'
import { processorMs } from '../../until.ts'

const anyTables = fc
  .tuple(anyStrata, fc.constantFrom('indicator' as const, 'scale' as const, 'rates' as const))
  .map(([strata, table]) => linkedTables(strata, table))
const anyK = fc.constantFrom(3, 5, 10)

// Written out afresh from the reference, not taken from the rules under test.
const mustHide = (cell: Omit<LinkedCell, 'key' | 'population'>, k: number) =>
  cell.base < k ||
  (cell.invited ?? k) < k ||
  (cell.base < 2 * k &&
    [cell.count, cell.count === null ? null : cell.base - cell.count, ...(cell.distribution ?? [])].includes(cell.base))

/** What anyone can work out from each line by itself: a group that the published figures show though the rules would hide it. */
function leaks(tables: LinkedTables, hidden: ReadonlySet<string>, k: number): string[] {
  const cells = new Map(tables.cells.map((cell) => [cell.key, cell]))
  return tables.lines.flatMap(({ total, parts }) => {
    const unknown = parts
      .map((key) => cells.get(key)!)
      .filter((cell) => hidden.has(cell.key) && (cell.base > 0 || cell.population !== 0))
    if (hidden.has(total))
      return unknown.length === 0 && parts.some((key) => !hidden.has(key)) ? [`the parts of ${total} add up to it`] : []
    if (unknown.length === 1) return [`${total} less its shown parts is ${unknown[0]!.key}`]
    const add = (one: (cell: LinkedCell) => number) => unknown.reduce((all, cell) => all + one(cell), 0)
    const together = {
      base: add((cell) => cell.base),
      count: unknown[0]?.count === null ? null : add((cell) => cell.count!),
      invited: unknown[0]?.invited === undefined ? undefined : add((cell) => cell.invited!),
      distribution: unknown[0]?.distribution?.map((_, step) => add((cell) => cell.distribution![step]!)),
    }
    return unknown.length > 1 && mustHide(together, k) ? [`${total} less its shown parts is too small a group`] : []
  })
}

describe('the gate, over any linked tables', () => {
  it('hides every cell that breaks a rule by itself', () => {
    fc.assert(
      fc.property(anyTables, anyK, (tables, k) => {
        const hidden = hiddenCells(tables, k)
        expect(tables.cells.filter((cell) => mustHide(cell, k) && !hidden.has(cell.key))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('leaves no line that gives a hidden cell away', () => {
    fc.assert(
      fc.property(anyTables, anyK, (tables, k) => {
        expect(leaks(tables, hiddenCells(tables, k), k)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('hides no cell that could be shown without giving one away', () => {
    fc.assert(
      fc.property(anyTables, anyK, (tables, k) => {
        const hidden = hiddenCells(tables, k)
        const needless = tables.cells.filter((cell) => {
          const fewer = new Set(hidden)
          return fewer.delete(cell.key) && !mustHide(cell, k) && leaks(tables, fewer, k).length === 0
        })
        expect(needless).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('does not depend on the order of cells, lines or parts, and says nothing by its own', () => {
    const shuffled = anyTables.chain((tables) =>
      fc.tuple(
        fc.constant(tables),
        fc.shuffledSubarray([...tables.cells], { minLength: tables.cells.length }),
        fc.shuffledSubarray([...tables.lines], { minLength: tables.lines.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, anyK, ([tables, cells, lines], k) => {
        const otherwise = hiddenCells(
          { cells, lines: lines.map(({ total, parts }) => ({ total, parts: [...parts].reverse() })) },
          k,
        )
        expect([...otherwise]).toEqual([...hiddenCells(tables, k)])
        expect([...otherwise]).toEqual([...otherwise].sort())
      }),
      { numRuns: 200 },
    )
  })

  it('shows the whole wherever it may be shown and the systems can protect one another', () => {
    fc.assert(
      fc.property(anyTables, anyK, (tables, k) => {
        const whole = tables.cells.find((cell) => cell.key === '[]')
        fc.pre(whole !== undefined && !mustHide(whole, k))
        expect(hiddenCells(tables, k).has('[]')).toBe(
          tables.lines.some(
            (line) => line.total === '[]' && line.parts.length === 1 && hiddenCells(tables, k).has(line.parts[0]!),
          ),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('decides a national collection of 150 systems in well under a second', async () => {
    const strata = Array.from({ length: 150 * services.length }, (_, index) => {
      const base = (index * 7919) % 23
      return {
        system: `s${index % 150}`,
        service: services[Math.floor(index / 150)]!,
        base,
        count: (index * 31) % (base + 1),
        population: base * 2,
      }
    })
    const tables = linkedTables(strata)
    let hidden: ReturnType<typeof hiddenCells> = new Set()
    expect(await processorMs(() => (hidden = hiddenCells(tables, 10)))).toBeLessThan(1000)
    expect(leaks(tables, hidden, 10)).toEqual([])
    expect(hidden.size).toBeLessThan(tables.cells.length / 2)
  })
})

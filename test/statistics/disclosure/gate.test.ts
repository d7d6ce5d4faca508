import { describe, expect, it } from 'vitest'
import type { LinkedCell, LinkedTables } from '../../../server/statistics/disclosure/cells.ts'
import { hiddenCells } from '../../../server/statistics/disclosure/gate.ts'

const cell = (
  key: string,
  base: number,
  count: number | null = Math.floor(base / 2),
  more: Partial<LinkedCell> = {},
): LinkedCell => ({ key, base, count, population: null, ...more })
const sum = (key: string, parts: readonly LinkedCell[]) =>
  cell(
    key,
    parts.reduce((all, part) => all + part.base, 0),
    parts.some((part) => part.count === null) ? null : parts.reduce((all, part) => all + part.count!, 0),
  )
const oneLine = (...parts: LinkedCell[]): LinkedTables => ({
  cells: [sum('whole', parts), ...parts],
  lines: [{ total: 'whole', parts: parts.map((part) => part.key) }],
})
const hidden = (tables: LinkedTables, k = 10) => [...hiddenCells(tables, k)]
const alone = (one: LinkedCell, k = 10) => hidden({ cells: [one], lines: [] }, k).length === 1

describe('a cell by itself', () => {
  it('is hidden under the threshold and shown from it', () => {
    expect(alone(cell('a', 9))).toBe(true)
    expect(alone(cell('a', 10))).toBe(false)
    expect(alone(cell('a', 0, 0))).toBe(true)
    expect(alone(cell('a', 5, 2), 5)).toBe(false)
  })

  it('is hidden when its count is nothing or its whole base, unless the base is twice the threshold', () => {
    expect(alone(cell('a', 19, 0))).toBe(true)
    expect(alone(cell('a', 19, 19))).toBe(true)
    expect(alone(cell('a', 19, 1))).toBe(false)
    expect(alone(cell('a', 20, 0))).toBe(false)
    expect(alone(cell('a', 20, 20))).toBe(false)
  })

  it('of a scale is hidden when all scores fall in one step of the distribution', () => {
    expect(alone(cell('a', 12, null, { distribution: [0, 0, 12, 0, 0] }))).toBe(true)
    expect(alone(cell('a', 12, null, { distribution: [0, 0, 11, 1, 0] }))).toBe(false)
    expect(alone(cell('a', 20, null, { distribution: [0, 0, 20, 0, 0] }))).toBe(false)
  })

  it('is hidden with fewer than three providers or half of the base on one', () => {
    expect(alone(cell('a', 40, 11, { providers: { providers: 2, largest: 19 } }))).toBe(true)
    expect(alone(cell('a', 40, 11, { providers: { providers: 5, largest: 20 } }))).toBe(true)
    expect(alone(cell('a', 40, 11, { providers: { providers: 3, largest: 19 } }))).toBe(false)
    expect(alone(cell('a', 40, 11, { providers: null }))).toBe(false)
  })

  it('of response rates is hidden with fewer complete or fewer invited than the threshold', () => {
    expect(alone(cell('a', 9, null, { invited: 40 }))).toBe(true)
    expect(alone(cell('a', 10, null, { invited: 9 }))).toBe(true)
    expect(alone(cell('a', 10, null, { invited: 10 }))).toBe(false)
  })
})

describe('a line', () => {
  it('with one hidden part hides the smallest other with it', () => {
    expect(hidden(oneLine(cell('a', 4), cell('b', 30), cell('c', 14), cell('d', 20)))).toEqual(['a', 'c'])
  })

  it('breaks ties by key, in whatever order the cells come', () => {
    expect(hidden(oneLine(cell('a', 4), cell('d', 14), cell('c', 14)))).toEqual(['a', 'c'])
    expect(hidden(oneLine(cell('c', 14), cell('a', 4), cell('d', 14)))).toEqual(['a', 'c'])
  })

  it('with nothing hidden, or enough, hides no more', () => {
    expect(hidden(oneLine(cell('a', 12), cell('b', 30)))).toEqual([])
    expect(hidden(oneLine(cell('a', 4), cell('b', 9), cell('c', 30)))).toEqual(['a', 'b'])
  })

  it('hides a further part when the hidden ones together are under the threshold: total less shown parts would show that group', () => {
    expect(hidden(oneLine(cell('a', 4), cell('b', 3), cell('c', 30), cell('d', 14)))).toEqual(['a', 'b', 'd'])
  })

  it('hides a further part when the hidden ones together are of one answer', () => {
    expect(hidden(oneLine(cell('a', 6, 0), cell('b', 7, 0), cell('c', 30), cell('d', 14, 5)))).toEqual(['a', 'b', 'd'])
    expect(hidden(oneLine(cell('a', 9, 0), cell('b', 11, 0), cell('c', 30), cell('d', 14, 5)))).toEqual(['a', 'b'])
  })

  it('does not count a cell that nobody could be in as protection, but does count one that nobody happened to be in', () => {
    expect(hidden(oneLine(cell('a', 4), cell('b', 0, 0, { population: 0 }), cell('c', 30)))).toEqual(['a', 'b', 'c'])
    const happened = oneLine(cell('a', 9), cell('b', 9), cell('e', 0, 0, { population: 12 }), cell('c', 30))
    expect(hidden(happened)).toEqual(['a', 'b', 'e'])
  })

  it('hides nothing more for the sake of a cell that nobody could be in', () => {
    expect(hidden(oneLine(cell('a', 20), cell('b', 0, 0, { population: 0 }), cell('c', 30)))).toEqual(['b'])
  })

  it('hides its total where no part is left to protect the hidden one', () => {
    const care = cell('care', 25)
    const other = cell('other', 12, 0)
    const sameOther = { ...other, key: 'other_services' }
    const tables = oneLine(care, other, cell('rest', 40))
    const lines = [...tables.lines, { total: 'other', parts: ['other_services'] }]
    expect(hidden({ cells: [...tables.cells, sameOther], lines })).toEqual(['care', 'other', 'other_services'])
  })

  it('with a hidden total hides a part, or the parts would add up to it', () => {
    const parts = [cell('a1', 30), cell('a2', 12)]
    const hiddenTotal = { ...sum('a', parts), providers: { providers: 4, largest: 21 } }
    const rest = [cell('b', 60), cell('c', 70)]
    const tables = oneLine(hiddenTotal, ...rest)
    const lines = [...tables.lines, { total: 'a', parts: ['a1', 'a2'] }]
    expect(hidden({ cells: [...tables.cells, ...parts], lines })).toEqual(['a', 'a2', 'b'])
  })
})

describe('a cross', () => {
  // Rows and columns, as system × setting: a hidden cell needs company in its row and in its column.
  const cross = (rows: number[][]): LinkedTables => {
    const name = (row: number, column: number) => `r${row}c${column}`
    const cells = rows.map((bases, row) => bases.map((base, column) => cell(name(row, column), base)))
    const rowTotals = cells.map((parts, row) => sum(`r${row}`, parts))
    const columnTotals = rows[0]!.map((_, column) =>
      sum(
        `c${column}`,
        cells.map((parts) => parts[column]!),
      ),
    )
    return {
      cells: [sum('whole', rowTotals), ...rowTotals, ...columnTotals, ...cells.flat()],
      lines: [
        { total: 'whole', parts: rowTotals.map((total) => total.key) },
        { total: 'whole', parts: columnTotals.map((total) => total.key) },
        ...cells.map((parts, row) => ({ total: `r${row}`, parts: parts.map((part) => part.key) })),
        ...columnTotals.map((total, column) => ({ total: total.key, parts: cells.map((parts) => parts[column]!.key) })),
      ],
    }
  }

  it('hides four cells at the corners of a rectangle and no total', () => {
    expect(
      hidden(
        cross([
          [5, 40, 22],
          [30, 50, 60],
          [24, 70, 16],
        ]),
      ),
    ).toEqual(['r0c0', 'r0c2', 'r2c0', 'r2c2'])
  })

  it('with nothing under the threshold shows everything', () => {
    expect(
      hidden(
        cross([
          [15, 40],
          [30, 50],
        ]),
      ),
    ).toEqual([])
  })
})

describe('the gate', () => {
  it('refuses tables that do not add up, that lack a cell, or that hold one twice', () => {
    const { cells, lines } = oneLine(cell('a', 14), cell('b', 30))
    expect(() => hiddenCells({ cells: [cell('whole', 45, 22), ...cells.slice(1)], lines }, 10)).toThrow('do not add up')
    expect(() => hiddenCells({ cells: [cell('whole', 44, 21), ...cells.slice(1)], lines }, 10)).toThrow('do not add up')
    expect(() => hiddenCells({ cells: cells.slice(0, 2), lines }, 10)).toThrow('in no table')
    expect(() => hiddenCells({ cells: [...cells, cells[1]!], lines }, 10)).toThrow('same key')
  })

  it('refuses a threshold that is not a whole number from 1', () => {
    for (const k of [0, -1, 2.5, NaN]) expect(() => hiddenCells({ cells: [], lines: [] }, k)).toThrow(RangeError)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkedCell, LinkedTables } from '../../../server/statistics/disclosure/cells.ts'
import { hiddenCells } from '../../../server/statistics/disclosure/gate.ts'
import { hideFigures, type LinkedFigure } from '../../../server/statistics/disclosure/linkages.ts'
import { anyStrata, linkedTables } from './tables.ts'

const cell = (key: string, base: number, count: number | null = Math.floor(base / 2)): LinkedCell => ({
  key,
  base,
  count,
  population: null,
})
const oneLine = (...parts: LinkedCell[]): LinkedTables => {
  const sum = (of: (part: LinkedCell) => number) => parts.reduce((all, part) => all + of(part), 0)
  const whole = cell(
    'whole',
    sum((part) => part.base),
    parts[0]!.count === null ? null : sum((part) => part.count!),
  )
  return { cells: [whole, ...parts], lines: [{ total: 'whole', parts: parts.map((part) => part.key) }] }
}
const figure = (name: string, tables: LinkedTables, tellsOf: string[] = []): LinkedFigure => ({ name, tables, tellsOf })
const hidden = (responses: LinkedTables, ...figures: LinkedFigure[]) =>
  Object.fromEntries([...hideFigures(responses, responses, figures, 10)].map(([name, keys]) => [name, [...keys]]))

describe('figures of one collection', () => {
  it('hide no other neighbour than the responses do: a shown base and the states beside it add up to them', () => {
    const responses = oneLine(cell('a', 3, null), cell('b', 20, null), cell('c', 24, null), cell('d', 60, null))
    // By itself the indicator would hide c, in which fewer answered, and with it show how many responded in b.
    const indicator = oneLine(cell('a', 3), cell('b', 19), cell('c', 15), cell('d', 55))
    expect([...hiddenCells(indicator, 10)]).toEqual(['a', 'c'])
    expect(hidden(responses, figure('lead', indicator))).toEqual({ responses: ['a', 'b'], lead: ['a', 'b'] })
  })

  it('hide among the rates what the responses hide, though not everyone who responded was eligible', () => {
    const responses = oneLine(cell('a', 3, null), cell('b', 20, null), cell('c', 24, null))
    const rates = oneLine(cell('a', 3, null), cell('b', 20, null), cell('c', 15, null))
    expect([...hiddenCells(rates, 10)]).toEqual(['a', 'c'])
    expect([...hideFigures(responses, rates, [], 10).get('responses')!]).toEqual(['a', 'b'])
  })

  it('hide with a question what is asked by its answers: "not asked" counts the others', () => {
    const responses = oneLine(cell('a', 40, null), cell('b', 30, null), cell('c', 50, null))
    const used = oneLine(cell('a', 15, 15), cell('b', 28, 9), cell('c', 44, 20))
    const relied = oneLine(cell('a', 14, 6), cell('b', 20, 4), cell('c', 30, 10))
    const other = oneLine(cell('a', 38), cell('b', 30), cell('c', 50))
    const both = { responses: [], relied: ['a', 'b'], used: ['a', 'b'], other: [] }
    expect(hidden(responses, figure('used', used), figure('relied', relied, ['used']), figure('other', other))).toEqual(
      both,
    )
    expect(hidden(responses, figure('relied', relied, ['used']), figure('used', used), figure('other', other))).toEqual(
      both,
    )
  })

  it('come to an end where routes turn back', () => {
    const tables = oneLine(cell('a', 4), cell('b', 30), cell('c', 20))
    expect(hidden(tables, figure('one', tables, ['two']), figure('two', tables, ['one']))).toEqual({
      responses: ['a', 'c'],
      one: ['a', 'c'],
      two: ['a', 'c'],
    })
  })

  /** With every stratum the number of its responses that answered, and were counted. */
  const someAnswer = anyStrata.chain((strata) =>
    fc.tuple(
      ...strata.map((stratum) =>
        fc
          .nat(stratum.base)
          .map((base) => ({ all: stratum, some: { ...stratum, base, count: Math.min(stratum.count, base) } })),
      ),
    ),
  )

  it('never show what the responses hide, nor leave a line open, over any linked tables', () => {
    fc.assert(
      fc.property(someAnswer, fc.constantFrom(3, 5, 10), (strata, k) => {
        const responses = linkedTables(
          strata.map(({ all }) => all),
          'rates',
        )
        const answered = new Map(linkedTables(strata.map(({ some }) => some)).cells.map((one) => [one.key, one]))
        // A cell in which nobody answered is one all the same where somebody responded.
        const cells = responses.cells.map(
          ({ key, population }): LinkedCell => answered.get(key) ?? { key, base: 0, count: 0, population },
        )
        const tables = { cells, lines: responses.lines }
        const found = hideFigures(responses, responses, [figure('indicator', tables)], k)
        for (const key of found.get('responses')!) expect(found.get('indicator')).toContain(key)
        expect([...hiddenCells(tables, k, found.get('indicator'))]).toEqual([...found.get('indicator')!])
      }),
      { numRuns: 300 },
    )
  })
})

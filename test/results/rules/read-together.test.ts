import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellKey } from '../../../server/statistics/disclosure/cells.ts'
import { publish } from '../../../server/results/rules/publish.ts'
import { figuresThatTellMore } from '../../../server/results/rules/read-together.ts'
import type { AnalysisPlan, Indicator, Questions } from '../../../surveys/question-set.ts'

const k = 5
const systems = ['s0', 's1', 's2']
const sectors = ['care', 'health']
const codes = ['a', 'b', 'c', 'd'] as const
type Code = (typeof codes)[number]
const choices = (values: readonly string[]) => values.map((value) => ({ value, text: value }))

// Everyone answers `one`. Who answers a is asked `two`, and who answers a or b `three`: "not asked" there counts the others.
const askedWith: Record<string, Code[]> = { two: ['a'], three: ['a', 'b'] }
const questions: Questions = {
  title: 'Two questions',
  pages: [
    {
      name: 'page',
      title: 'Page',
      elements: [
        { name: 'sector', type: 'radiogroup', title: 'Sector', choices: choices(sectors) },
        { name: 'one', type: 'radiogroup', title: 'One', choices: choices(codes) },
      ],
    },
    {
      name: 'next',
      title: 'Next',
      elements: [
        { name: 'two', type: 'radiogroup', title: 'Two', choices: choices(['yes', 'no']), visibleIf: "{one} = 'a'" },
        {
          name: 'three',
          type: 'radiogroup',
          title: 'Three',
          choices: choices(['yes', 'no']),
          visibleIf: "{one} = 'a' or {one} = 'b'",
        },
      ],
    },
  ],
}

/** Responses of one system and sector by what they answered to `one`. */
interface Stratum {
  system: string
  sector: string
  counts: Record<Code, number>
}

const planOf = (indicators: Omit<Indicator, 'id' | 'label'>[]): AnalysisPlan => ({
  slug: 'two-questions',
  mode: 'cascade',
  minutes: 1,
  states: { dontKnow: [], notApplicable: [] },
  breakdowns: [
    { id: 'system', label: 'System', from: 'system' },
    { id: 'sector', label: 'Sector', from: 'variable', variable: 'sector' },
  ],
  cross: ['system', 'sector'],
  indicators: indicators.map((one, place) => ({
    ...one,
    id: `i${place}`,
    label: `${one.variable} ${one.counts.join()}`,
  })),
  scales: [],
  counted: [],
  narrative: [],
})

const release = (plan: AnalysisPlan, strata: readonly Stratum[]) =>
  publish(plan, questions, {
    mode: 'cascade',
    k,
    labels: { systems: {}, regions: {}, regionOf: {} },
    strata: strata.map(({ system, sector }) => JSON.stringify({ system, sector })),
    columns: [
      { variable: '', state: 'answered', value: '', counts: strata.map(baseOf) },
      ...codes.map((value) => ({
        variable: 'one',
        state: 'answered' as const,
        value,
        counts: strata.map(({ counts }) => counts[value]),
      })),
      ...asked('two', strata),
      ...asked('three', strata),
    ],
    sums: [],
    dispositions: [],
    providers: [],
  })

/** Of those asked, about a third say yes. */
function asked(variable: string, strata: readonly Stratum[]) {
  const all = strata.map((one) => countOf(one, askedWith[variable]!))
  const yes = all.map((count) => Math.ceil(count / 3))
  return [
    { variable, state: 'answered' as const, value: 'yes', counts: yes },
    { variable, state: 'answered' as const, value: 'no', counts: all.map((count, place) => count - yes[place]!) },
    { variable, state: 'not_asked' as const, value: '', counts: strata.map((one, place) => baseOf(one) - all[place]!) },
  ]
}

const countOf = ({ counts }: Stratum, set: readonly Code[]) => set.reduce((sum, code) => sum + counts[code], 0)
const baseOf = (stratum: Stratum) => countOf(stratum, codes)

// The attacker, written afresh: of each cell the groups of codes whose counts follow from what is shown of it, by elimination.

const subsets = Array.from({ length: 14 }, (_, bits) => codes.filter((_, place) => ((bits + 1) >> place) & 1))
const vector = (set: readonly string[]) => codes.map((code) => Number(set.includes(code)))

/** Whether a vector is a sum of multiples of the others. */
function follows(wanted: readonly number[], from: readonly number[][]): boolean {
  const rank = (rows: number[][]) => {
    const left = rows.map((row) => [...row])
    let found = 0
    for (let column = 0; column < codes.length; column += 1) {
      const pivot = left.findIndex((row, place) => place >= found && Math.abs(row[column]!) > 1e-9)
      if (pivot < 0) continue
      ;[left[found], left[pivot]] = [left[pivot]!, left[found]!]
      for (let place = found + 1; place < left.length; place += 1) {
        const times = left[place]![column]! / left[found]![column]!
        left[place] = left[place]!.map((value, at) => value - times * left[found]![at]!)
      }
      found += 1
    }
    return found
  }
  return rank([...from, [...wanted]]) === rank([...from])
}

const isOfOneMind = (count: number, base: number) => base < 2 * k && (count === 0 || count === base)

/** The small groups, and those of one mind, that the publications tell of: by cell, and by what a shown total leaves of its parts. */
function leaks(plans: readonly AnalysisPlan[], strata: readonly Stratum[]): Set<string> {
  const published = plans.map((plan) => ({ plan, shown: release(plan, strata).bases() }))
  const groupsOf = [
    {},
    ...systems.map((system) => ({ system })),
    ...sectors.map((sector) => ({ sector })),
    ...systems.flatMap((system) => sectors.map((sector) => ({ system, sector }))),
  ] as Partial<Record<'system' | 'sector', string>>[]
  const cells = groupsOf.map((groups) => {
    const within = strata.filter(
      (one) => one.system === (groups.system ?? one.system) && one.sector === (groups.sector ?? one.sector),
    )
    const told = published.flatMap(({ plan, shown }) =>
      plan.indicators
        .filter(({ id }) => shown.has(`indicator:${id} ${cellKey(groups)}`))
        .map(({ variable, counts }) => vector(askedWith[variable] ?? counts.map(String))),
    )
    const known = told.length === 0 ? [] : subsets.filter((set) => follows(vector(set), [...told, vector(codes)]))
    const count = (set: readonly Code[]) => within.reduce((sum, one) => sum + countOf(one, set), 0)
    return { groups, name: cellKey(groups), known, count, base: count(codes) }
  })
  const found = new Set<string>()
  for (const { name, known, count, base } of cells)
    for (const set of known) if (isOfOneMind(count(set), base)) found.add(`${name}: ${set.join()}`)
  for (const total of cells)
    for (const by of ['system', 'sector'] as const) {
      if (by in total.groups) continue
      const parts = cells.filter(
        ({ groups }) =>
          by in groups &&
          Object.keys(groups).length === Object.keys(total.groups).length + 1 &&
          Object.entries(total.groups).every(([id, code]) => groups[id as 'system'] === code),
      )
      for (const set of total.known) {
        const rest = parts.filter(({ known, base }) => base > 0 && !known.includes(set))
        const [count, base] = [rest.map((part) => part.count(set)), rest.map((part) => part.base)].map((all) =>
          all.reduce((sum, one) => sum + one, 0),
        ) as [number, number]
        if (rest.length > 0 && (base < k || isOfOneMind(count, base)))
          found.add(`${rest.map(({ name }) => name).join(' and ')}: ${set.join()}`)
      }
    }
  return found
}

const anyStrata: fc.Arbitrary<Stratum[]> = fc
  .constantFrom(2, 6, 30)
  .chain((most) =>
    fc.tuple(
      ...systems.flatMap((system) =>
        sectors.map((sector) =>
          fc
            .record(Object.fromEntries(codes.map((code) => [code, fc.nat(most)])) as Record<Code, fc.Arbitrary<number>>)
            .map((counts) => ({ system, sector, counts })),
        ),
      ),
    ),
  )
const anyIndicators = fc.uniqueArray(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<string[][]>(...subsets).map((counts) => ({ variable: 'one', counts })) },
    { weight: 1, arbitrary: fc.constantFrom('two', 'three').map((variable) => ({ variable, counts: ['yes'] })) },
  ),
  { minLength: 1, maxLength: 3, selector: ({ variable, counts }) => variable + counts.join() },
)

describe('releases of the same answers under different plans', () => {
  it('that may both be released tell a reader of both of no small group that neither tells of alone', () => {
    let [released, refused] = [0, 0]
    fc.assert(
      fc.property(anyStrata, anyIndicators, anyIndicators, (strata, before, after) => {
        const plans = [planOf(before), planOf(after)]
        const gated = plans.map((plan) => release(plan, strata).gated())
        if (figuresThatTellMore(gated, k).length > 0) return void (refused += 1)
        released += 1
        const alone = plans.flatMap((plan) => [...leaks([plan], strata)])
        expect([...leaks(plans, strata)].filter((leak) => !alone.includes(leak))).toEqual([])
      }),
      { numRuns: 1500, seed: 20260601 },
    )
    expect(released).toBeGreaterThan(200)
    expect(refused).toBeGreaterThan(200)
  })

  it('may be released together where they are the same but for names', () => {
    fc.assert(
      fc.property(anyStrata, anyIndicators, (strata, indicators) => {
        const gated = [indicators, [...indicators].reverse()].map((some) => release(planOf(some), strata).gated())
        expect(figuresThatTellMore(gated, k)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

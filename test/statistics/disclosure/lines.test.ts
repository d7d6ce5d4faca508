import { describe, expect, it } from 'vitest'
import type { Groups } from '../../../server/statistics/disclosure/cells.ts'
import { cellKey } from '../../../server/statistics/disclosure/cells.ts'
import { linesOf, nestingsOf } from '../../../server/statistics/disclosure/lines.ts'
import { breakdowns } from './tables.ts'

const regions = new Map([
  ['s0', 'r0'],
  ['s1', 'r0'],
  ['s2', 'r1'],
])
const cells: Groups[] = [
  {},
  { region: 'r0' },
  { region: 'r1' },
  { system: 's0' },
  { system: 's1' },
  { system: 's2' },
  { service_type: 'residential' },
  { service_type: 'nursing' },
  { service_type: 'not_stated' },
  { setting: 'care_home' },
  { setting: 'not_stated' },
  { system: 's0', setting: 'care_home' },
  { setting: 'not_stated', system: 's0' },
  { system: 's2', setting: 'care_home' },
]
const idsOf = (key: string) => (JSON.parse(key) as [string, string][]).map(([id]) => id).join()
const lines = new Map(
  linesOf(cells, nestingsOf(breakdowns, regions)).map(({ total, parts }) => [`${total} ${idsOf(parts[0]!)}`, parts]),
)
const partsOf = (total: Record<string, string>, ids: string) => lines.get(`${cellKey(total)} ${ids}`)

describe('the key of a cell', () => {
  it('does not depend on the order of its groups and keeps codes apart whatever they hold', () => {
    expect(cellKey({ system: 's0', setting: 'other' })).toBe(cellKey({ setting: 'other', system: 's0' }))
    expect(cellKey({ a: 'x","b":"y' })).not.toBe(cellKey({ a: 'x', b: 'y' }))
    expect(cellKey({})).toBe('[]')
  })
})

describe('the sums over linked tables', () => {
  it('run from the whole to every table', () => {
    expect(partsOf({}, 'region')).toHaveLength(2)
    expect(partsOf({}, 'system')).toHaveLength(3)
    expect(partsOf({}, 'service_type')).toHaveLength(3)
    expect(partsOf({}, 'setting')).toHaveLength(2)
    expect(partsOf({}, 'setting,system')).toHaveLength(3)
  })

  it('run from a region to its systems, from a derived group to its sources, not stated included', () => {
    expect(partsOf({ region: 'r0' }, 'system')).toEqual([cellKey({ system: 's0' }), cellKey({ system: 's1' })])
    expect(partsOf({ setting: 'care_home' }, 'service_type')).toEqual([
      cellKey({ service_type: 'nursing' }),
      cellKey({ service_type: 'residential' }),
    ])
    expect(partsOf({ setting: 'not_stated' }, 'service_type')).toEqual([cellKey({ service_type: 'not_stated' })])
  })

  it('run to the cross from both its breakdowns and from what holds them', () => {
    expect(partsOf({ system: 's0' }, 'setting,system')).toHaveLength(2)
    expect(partsOf({ setting: 'care_home' }, 'setting,system')).toHaveLength(2)
    expect(partsOf({ region: 'r1' }, 'setting,system')).toEqual([cellKey({ system: 's2', setting: 'care_home' })])
  })

  it('are these and no others', () => {
    expect(lines.size).toBe(5 + 2 + 2 + 2 + 2 + 2)
  })
})

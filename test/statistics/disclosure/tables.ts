// Tables for the tests of the gate, made the way results are: from strata, so that every sum holds.
import fc from 'fast-check'
import type { Groups, LinkedCell, LinkedTables } from '../../../server/statistics/disclosure/cells.ts'
import { cellKey } from '../../../server/statistics/disclosure/cells.ts'
import { linesOf, nestingsOf } from '../../../server/statistics/disclosure/lines.ts'

export interface Stratum {
  system: string
  service: string
  base: number
  count: number
  population: number | null
}

const settingOf: Record<string, string> = {
  residential: 'care_home',
  nursing: 'care_home',
  domiciliary: 'care_at_home',
  extra_care: 'care_at_home',
  other: 'other',
  not_stated: 'not_stated',
}
export const services = Object.keys(settingOf)
export const regionOf = (system: string) => `r${Math.floor(Number(system.slice(1)) / 3)}`
const groups = ['care_home', 'care_at_home', 'other'].map((code) => ({
  code,
  label: code,
  codes: services.filter((service) => settingOf[service] === code),
}))
export const breakdowns = [
  { id: 'region', from: 'region' as const },
  { id: 'system', from: 'system' as const },
  { id: 'service_type', from: 'category' as const },
  { id: 'setting', from: 'derived' as const, of: 'service_type', groups },
]
const tables = [[], ['region'], ['system'], ['service_type'], ['setting'], ['system', 'setting']]

export function linkedTables(
  strata: readonly Stratum[],
  table: 'indicator' | 'scale' | 'rates' = 'indicator',
): LinkedTables {
  const sums = new Map<string, { groups: Groups; cell: LinkedCell }>()
  for (const stratum of strata) {
    for (const ids of tables) add(sums, groupsOf(stratum, ids), stratum, table)
  }
  const listed = [...sums.values()].filter(({ cell }) => cell.base > 0 || cell.population !== 0)
  const regions = new Map(strata.map(({ system }) => [system, regionOf(system)]))
  return {
    cells: listed.map(({ cell }) => cell),
    lines: linesOf(
      listed.map((one) => one.groups),
      nestingsOf(breakdowns, regions),
    ),
  }
}

function groupsOf({ system, service }: Stratum, ids: readonly string[]): Groups {
  const all: Record<string, string> = {
    region: regionOf(system),
    system,
    service_type: service,
    setting: settingOf[service]!,
  }
  return Object.fromEntries(ids.map((id) => [id, all[id]!]))
}

function add(
  sums: Map<string, { groups: Groups; cell: LinkedCell }>,
  cellGroups: Groups,
  stratum: Stratum,
  table: string,
): void {
  const key = cellKey(cellGroups)
  const fresh: LinkedCell = {
    key,
    base: 0,
    count: table === 'indicator' ? 0 : null,
    distribution: table === 'scale' ? [0, 0] : undefined,
    invited: table === 'rates' ? 0 : undefined,
    population: stratum.population === null ? null : 0,
  }
  const { cell } = sums.get(key) ?? { cell: fresh }
  cell.base += stratum.base
  if (cell.count !== null) cell.count += stratum.count
  if (cell.distribution)
    cell.distribution = [cell.distribution[0]! + stratum.count, cell.distribution[1]! + stratum.base - stratum.count]
  if (cell.invited !== undefined) cell.invited += stratum.population ?? 0
  if (stratum.population !== null) cell.population = (cell.population ?? 0) + stratum.population
  sums.set(key, { groups: cellGroups, cell })
}

/** Collections of 1 to 8 systems in up to three regions, some services absent, bases from 0 to 80, shares of every kind. */
export const anyStrata: fc.Arbitrary<Stratum[]> = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.boolean(), fc.constantFrom(4, 15, 80))
  .chain(([systems, known, most]) =>
    fc.tuple(
      ...Array.from({ length: systems * services.length }, (_, index) =>
        anyStratum(`s${index % systems}`, services[Math.floor(index / systems)]!, known, most),
      ),
    ),
  )

function anyStratum(system: string, service: string, known: boolean, most: number): fc.Arbitrary<Stratum> {
  const base = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: most }))
  return fc
    .tuple(base, fc.double({ min: -0.3, max: 1.3, noNaN: true }), fc.nat(30), fc.boolean())
    .map(([size, share, more, empty]) => {
      const people = empty && most < 80 ? 0 : size
      const count = Math.round(Math.min(1, Math.max(0, share)) * people)
      return { system, service, base: people, count, population: known ? people + (empty ? 0 : more) : null }
    })
}

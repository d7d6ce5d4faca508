import type { ServiceCategory } from '../schema/categories.ts'
import type { RegisterSource } from '../rules/register-row.ts'
import { columnKey } from '../../sheets/clean-text.ts'

export type TextField =
  | 'locationId'
  | 'name'
  | 'providerId'
  | 'providerName'
  | 'authority'
  | 'region'
  | 'postcode'
  | 'telephone'
  | 'registeredManager'

export const textFields: TextField[] = [
  'locationId',
  'name',
  'providerId',
  'providerName',
  'authority',
  'region',
  'postcode',
  'telephone',
  'registeredManager',
]

/** The columns of one of CQC's two files, as reporting needs them. */
export interface Layout {
  kind: RegisterSource['kind']
  text: Partial<Record<TextField, string>>
  required: string[]
  /** Of each group at least one. */
  requiredAny: string[][]
  others: string[]
}

export const monthlyServiceTypes: Record<string, ServiceCategory> = {
  'Service type - Care home service with nursing': 'nursing_home',
  'Service type - Care home service without nursing': 'residential_care_home',
  'Service type - Domiciliary care service': 'domiciliary_care',
  'Service type - Extra Care housing services': 'extra_care_housing',
  'Service type - Supported living service': 'supported_living',
  'Service type - Shared Lives': 'shared_lives',
}
export const monthlyBands = [
  'Service user band - Older People',
  'Service user band - Dementia',
  'Service user band - Whole Population',
]
export const DORMANT = 'Dormant (Y/N)'
export const DIRECTORATE = 'Location Inspection Directorate'
export const DUAL = 'Location Dual Registered'
export const PRIMARY = 'Primary ID (Dual registration locations)'
export const SERVICE_TYPES = 'Service types'
export const SPECIALISMS = 'Specialisms/services'

const monthly: Layout = {
  kind: 'monthly',
  text: {
    locationId: 'Location ID',
    name: 'Location Name',
    providerId: 'Provider ID',
    providerName: 'Provider Name',
    authority: 'Location Local Authority',
    region: 'Location Region',
    postcode: 'Location Postal Code',
    telephone: 'Location Telephone Number',
    registeredManager: 'Registered manager',
  },
  required: ['Location ID', 'Location Name', 'Location Local Authority'],
  requiredAny: [['Provider ID', 'Provider Name'], Object.keys(monthlyServiceTypes)],
  others: [...Object.keys(monthlyServiceTypes), ...monthlyBands, DORMANT, DIRECTORATE, DUAL, PRIMARY],
}

const weekly: Layout = {
  kind: 'weekly',
  text: {
    locationId: 'CQC Location ID (for office use only)',
    name: 'Name',
    providerId: 'CQC Provider ID (for office use only)',
    providerName: 'Provider name',
    authority: 'Local authority',
    region: 'Region',
    postcode: 'Postcode',
    telephone: 'Phone number',
  },
  required: ['CQC Location ID (for office use only)', 'Name', 'Local authority', SERVICE_TYPES],
  requiredAny: [['Provider name', 'CQC Provider ID (for office use only)']],
  others: [SPECIALISMS],
}

export interface MatchedHeader {
  layout: Layout
  /** Where each column of use stands, by its name in the layout. */
  at: Map<string, number>
  width: number
  missing: string[]
  repeated: string[]
  absent: string[]
}

const columnsOf = (layout: Layout): string[] => [
  ...new Set([...Object.values(layout.text), ...layout.required, ...layout.others]),
]

/** Reads a row as a header if it has the cell that names the location; whether it is complete is said in `missing` and `repeated`. */
export function matchHeader(cells: string[]): MatchedHeader | undefined {
  const keys = cells.map(columnKey)
  const layout = [monthly, weekly].find(({ text }) => keys.includes(columnKey(text.locationId ?? '')))
  if (!layout) return undefined
  const at = new Map<string, number>()
  const repeated: string[] = []
  const absent: string[] = []
  for (const column of columnsOf(layout)) {
    const key = columnKey(column)
    const index = keys.indexOf(key)
    if (index === -1) absent.push(column)
    else at.set(column, index)
    if (index !== keys.lastIndexOf(key)) repeated.push(column)
  }
  const missing = layout.required.filter((column) => !at.has(column))
  for (const group of layout.requiredAny) if (!group.some((column) => at.has(column))) missing.push(group.join(' or '))
  return { layout, at, width: cells.length, missing, repeated, absent }
}

import type { ServiceCategory } from '../schema/categories.ts'
import { cleanText, columnKey } from '../../sheets/clean-text.ts'
import {
  DIRECTORATE,
  DORMANT,
  DUAL,
  monthlyBands,
  monthlyServiceTypes,
  PRIMARY,
  SERVICE_TYPES,
  SPECIALISMS,
  textFields,
} from './register-layouts.ts'
import type { MatchedHeader } from './register-layouts.ts'
import type { RegisterRow } from '../rules/register-row.ts'
import type { SheetRow } from '../../sheets/sheet-rows.ts'

/** Longer than any name in the register: a value beyond it is a damaged row. */
const MAX_VALUE = 500

type Reader = (column: string | undefined) => string

const weeklyServiceTypes: Record<string, ServiceCategory> = {
  'nursing homes': 'nursing_home',
  'residential homes': 'residential_care_home',
  'homecare agencies': 'domiciliary_care',
  'extra care housing': 'extra_care_housing',
  'supported living': 'supported_living',
  'shared lives': 'shared_lives',
}
/** What the weekly file calls Older People, Dementia and Whole Population. */
const weeklyOlderPeople = ['caring for adults over 65 yrs', 'dementia', 'services for everyone']

const list = (text: string): string[] =>
  text
    .split('|')
    .map((part) => columnKey(part).replaceAll('-', ' '))
    .filter((part) => part !== '')

function readerOf(header: MatchedHeader, cells: string[], unreadable: RegisterRow['unreadable']): Reader {
  return (column) => {
    const index = column === undefined ? undefined : header.at.get(column)
    const raw = index === undefined ? '' : (cells[index] ?? '')
    if (column === undefined || raw === '') return ''
    if (raw.length <= MAX_VALUE * 2) {
      const value = cleanText(raw)
      if (value.length <= MAX_VALUE) return value
    }
    unreadable.push({ column, problem: `is ${raw.length} characters long` })
    return ''
  }
}

function flag(read: Reader, column: string, unreadable: RegisterRow['unreadable']): boolean | null {
  const value = read(column)
  if (value === '') return null
  if (/^y(es)?$/i.test(value)) return true
  if (/^no?$/i.test(value)) return false
  unreadable.push({ column, problem: `holds "${value.slice(0, 40)}" instead of Y or N` })
  return null
}

type Criteria = Pick<
  RegisterRow,
  'dormant' | 'adultSocialCare' | 'olderPeople' | 'serviceTypes' | 'dualRegistered' | 'primaryId'
>

function monthlyCriteria(header: MatchedHeader, read: Reader, unreadable: RegisterRow['unreadable']): Criteria {
  const marked = (column: string) => flag(read, column, unreadable) === true
  const bands = monthlyBands.filter((column) => header.at.has(column))
  const directorate = columnKey(read(DIRECTORATE))
  return {
    dormant: flag(read, DORMANT, unreadable),
    adultSocialCare: directorate === '' ? null : directorate === 'adult social care',
    olderPeople: bands.filter(marked).length > 0 ? true : bands.length === monthlyBands.length ? false : null,
    serviceTypes: Object.entries(monthlyServiceTypes).flatMap(([column, category]) =>
      marked(column) ? [category] : [],
    ),
    dualRegistered: marked(DUAL),
    primaryId: read(PRIMARY).toUpperCase() || null,
  }
}

function weeklyCriteria(read: Reader): Criteria {
  const specialisms = list(read(SPECIALISMS))
  const types = list(read(SERVICE_TYPES)).flatMap((type) => weeklyServiceTypes[type] ?? [])
  return {
    dormant: null,
    adultSocialCare: null,
    olderPeople: specialisms.length === 0 ? null : specialisms.some((name) => weeklyOlderPeople.includes(name)),
    serviceTypes: [...new Set(types)],
    dualRegistered: false,
    primaryId: null,
  }
}

function brokenRow(header: MatchedHeader, cells: string[], cutShort = false): RegisterRow['broken'] {
  if (cutShort && cells.length < header.width) return 'cut_short'
  return cells.slice(header.width).some((cell) => cell.trim() !== '') ? 'too_wide' : null
}

/** A row under its header, in the one form. Never throws: what cannot be read is listed in `unreadable`. */
export function mapRow(header: MatchedHeader, { row, cells, cutShort }: SheetRow): RegisterRow {
  const unreadable: RegisterRow['unreadable'] = []
  const read = readerOf(header, cells, unreadable)
  const criteria = header.layout.kind === 'monthly' ? monthlyCriteria(header, read, unreadable) : weeklyCriteria(read)
  const text = Object.fromEntries(textFields.map((field) => [field, read(header.layout.text[field])])) as Pick<
    RegisterRow,
    (typeof textFields)[number]
  >
  const broken = brokenRow(header, cells, cutShort)
  return {
    row,
    ...text,
    locationId: text.locationId.toUpperCase(),
    providerId: text.providerId.toUpperCase(),
    ...criteria,
    unreadable,
    broken,
  }
}

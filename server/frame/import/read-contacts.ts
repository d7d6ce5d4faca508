import { faultOfAddress } from '../../outbox/rules/mail-address.ts'
import { AppError, badRequest } from '../../errors.ts'
import type { FrameProblem } from '../rules/frame-report.ts'
import type { Contact, Contacts } from '../rules/contacts.ts'
import { cleanText, columnKey } from '../../sheets/clean-text.ts'
import { readCsvRows } from '../../sheets/csv-rows.ts'
import { detectFormat } from '../../sheets/detect-format.ts'
import type { SheetRow } from '../../sheets/sheet-rows.ts'

const COLUMNS = ['location_id', 'email', 'name'] as const
type Column = (typeof COLUMNS)[number]
const MAX_BYTES = 64 * 1024 ** 2
const MAX_NAME = 200

const columnName = (cell: string): string => columnKey(cell).replace(/[ -]/g, '_')
const blank = ({ cells }: SheetRow): boolean => cells.every((cell) => cell.trim() === '')
const isHeader = (cells: string[]): boolean => cells.map(columnName).includes('location_id')

interface Header {
  at: Record<Column, number>
  width: number
  extra: string[]
}

function matchColumns(header: SheetRow): Header {
  const names = header.cells.map(columnName)
  const missing = COLUMNS.filter((column) => !names.includes(column))
  const repeated = COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (missing.length + repeated.length > 0) {
    const problems = [
      ...missing.map((column) => `${column} is missing`),
      ...repeated.map((column) => `${column} is there twice`),
    ]
    const message = `Row ${header.row} must name the columns location_id, email, name: ${problems.join('; ')}.`
    throw badRequest('file_wrong_columns', message, { row: header.row, missing, repeated })
  }
  const extra = header.cells.filter((cell, index) => cell.trim() !== '' && !COLUMNS.includes(names[index] as Column))
  const at = { location_id: names.indexOf('location_id'), email: names.indexOf('email'), name: names.indexOf('name') }
  return { at, width: header.cells.length, extra }
}

function checkContact(contact: Contact, name: string): FrameProblem | undefined {
  const place = { file: 'contacts' as const, row: contact.row, locationId: contact.locationId || null }
  if (contact.locationId === '')
    return { kind: 'contact_unknown_location', severity: 'error', ...place, detail: 'The row has no location_id.' }
  if (contact.email === '')
    return {
      kind: 'contact_without_address',
      severity: 'warning',
      ...place,
      detail: 'The row has no email address and is not used.',
    }
  if (faultOfAddress(contact.email) !== undefined) {
    const shown = cleanText(contact.email).slice(0, 80)
    return { kind: 'contact_bad_address', severity: 'error', ...place, detail: `"${shown}" is not an email address.` }
  }
  if (name.length > MAX_NAME || /\p{Cc}/u.test(name)) {
    const detail =
      name.length > MAX_NAME
        ? `The name is longer than ${MAX_NAME} characters.`
        : 'The name holds a line break or another control character.'
    return { kind: 'contact_bad_name', severity: 'error', ...place, detail }
  }
  return undefined
}

function takeRow(found: Contacts, { row, cells, cutShort }: SheetRow, { at, width }: Header): void {
  const name = (cells[at.name] ?? '').trim()
  const contact = {
    row,
    locationId: cleanText((cells[at.location_id] ?? '').slice(0, 100)).toUpperCase(),
    email: (cells[at.email] ?? '').trim(),
    name: cleanText(name.slice(0, MAX_NAME)),
  }
  const broken = (kind: 'row_cut_short' | 'row_too_wide', detail: string) =>
    found.problems.push({
      kind,
      severity: 'error',
      file: 'contacts',
      row,
      locationId: contact.locationId || null,
      detail,
    })
  if (cutShort && cells.length < width) return void broken('row_cut_short', 'The file breaks off inside this row.')
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    return void broken(
      'row_too_wide',
      'The row has a value beyond the last column of the header; a name with a comma needs quotation marks.',
    )
  }
  const problem = checkContact(contact, name)
  if (problem) found.problems.push(problem)
  else found.contacts.push(contact)
}

async function readRows(file: string): Promise<Contacts> {
  const { format, size } = await detectFormat(file)
  if (format === 'zip') throw badRequest('file_not_csv', 'It is a spreadsheet or a zip. Save it as csv.')
  if (size > MAX_BYTES) throw badRequest('file_too_large', 'It is larger than 64 MB.')
  const found: Contacts = { contacts: [], problems: [] }
  let header: Header | undefined
  for await (const row of readCsvRows(file, size, isHeader)) {
    if (blank(row)) continue
    if (header) {
      takeRow(found, row, header)
      continue
    }
    header = matchColumns(row)
    const detail = `The columns ${header.extra.join(', ')} are not used.`
    if (header.extra.length > 0)
      found.problems.push({
        kind: 'contact_extra_columns',
        severity: 'warning',
        file: 'contacts',
        row: row.row,
        locationId: null,
        detail,
      })
  }
  return found
}

/**
 * Reads contacts (csv: location_id, email, name, in any order and case). A row that cannot be used is a problem of the report;
 * errors (400, the message starting "Contacts file"): unreadable file, wrong columns.
 */
export async function readContacts(file: string): Promise<Contacts> {
  try {
    return await readRows(file)
  } catch (error) {
    if (error instanceof AppError) throw badRequest(error.code, `Contacts file: ${error.message}`, error.details)
    throw error
  }
}

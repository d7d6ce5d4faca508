import { detectFormat } from '../sheets/detect-format.ts'
import { columnKey } from '../sheets/clean-text.ts'
import { readCsvRows } from '../sheets/csv-rows.ts'
import type { SheetRow } from '../sheets/sheet-rows.ts'
import { badRequest } from '../errors.ts'
import type { CoordinatorRow } from './rules/check-coordinators.ts'

const columns = ['system', 'organisation', 'sector', 'name', 'email'] as const
const largest = 5 * 1024 ** 2
const mostRows = 5000

/**
 * Reads a csv with the columns system, organisation, sector, name, email (`,`, `;` or tabs; UTF-8, UTF-16 or Windows-1252). Errors (400):
 * unreadable, too large, over 5,000 rows, wrong columns, no rows.
 */
export async function readCoordinatorsFile(file: string): Promise<CoordinatorRow[]> {
  const { format, size } = await detectFormat(file)
  if (format === 'zip') throw badRequest('file_not_csv', 'It is a spreadsheet or a zip. Save it as csv.')
  if (size > largest)
    throw badRequest('file_too_large', 'The file is larger than 5 MB: it is not a list of coordinators.')
  const isHeader = (cells: readonly string[]) => cells.map(columnKey).includes('organisation')
  let header: string[] | undefined
  const rows: CoordinatorRow[] = []
  for await (const row of readCsvRows(file, size, isHeader)) {
    if (row.cells.every((cell) => cell.trim() === '')) continue
    if (header) rows.push(toRow(header, row))
    else header = checkHeader(row.cells.map(columnKey), row.row)
    if (rows.length > mostRows)
      throw badRequest(
        'file_too_long',
        'There are more than 5,000 rows: split the file, or check that it is the right one.',
      )
  }
  if (rows.length === 0) throw badRequest('file_no_rows', 'There is no coordinator below the header.')
  return rows
}

function checkHeader(header: string[], row: number): string[] {
  const problems = [
    ...columns.filter((column) => !header.includes(column)).map((column) => `the column "${column}" is missing`),
    ...header
      .filter((column, index) => !columns.some((known) => known === column) || header.indexOf(column) < index)
      .map((column) => `the column "${column}" is not expected here`),
  ]
  if (problems.length === 0) return header
  throw badRequest(
    'file_wrong_columns',
    `Row ${row} must be the header ${columns.join(',')}, but ${problems.join('; ')}.`,
  )
}

function toRow(header: readonly string[], { row, cells, cutShort }: SheetRow): CoordinatorRow {
  const at = (column: (typeof columns)[number]) => (cells[header.indexOf(column)] ?? '').trim()
  const surplus = cells.slice(header.length).some((cell) => cell.trim() !== '')
  const broken =
    cutShort && cells.length < header.length
      ? 'The file breaks off inside this row.'
      : surplus
        ? 'It has a value beyond the last column; a name with a comma needs quotation marks.'
        : undefined
  return {
    row,
    broken,
    system: at('system'),
    organisation: at('organisation'),
    sector: at('sector'),
    name: at('name'),
    email: at('email'),
  }
}

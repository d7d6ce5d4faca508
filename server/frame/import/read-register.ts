import { readCsvRows } from '../../sheets/csv-rows.ts'
import { detectFormat } from '../../sheets/detect-format.ts'
import { findHeader } from './find-header.ts'
import { mapRow } from './map-row.ts'
import { readOdsRows } from '../../sheets/ods-rows.ts'
import { openZip } from '../../sheets/open-zip.ts'
import type { MatchedHeader } from './register-layouts.ts'
import { matchHeader } from './register-layouts.ts'
import type { RegisterRow, RegisterSource } from '../rules/register-row.ts'
import { findFileNameDate } from './register-date.ts'
import { unreadable } from '../../sheets/sheet-rows.ts'
import type { FileFormat, SheetRow } from '../../sheets/sheet-rows.ts'
import { readXlsxRows } from '../../sheets/xlsx-rows.ts'

/** Three times the register of today. */
const MAX_ROWS = 200_000
const MAX_TEXT_BYTES = 1024 ** 3

export interface OpenRegister {
  source: RegisterSource
  /** Read once; the file is read no faster than rows are taken. */
  rows: AsyncGenerator<RegisterRow>
  /** Closes the file; needed when the rows are not read to their end, harmless otherwise. */
  close: () => Promise<void>
}

interface OpenSheets {
  format: FileFormat
  rows: AsyncGenerator<SheetRow>
  close: () => void
}

async function openSheets(file: string): Promise<OpenSheets> {
  const { format, size } = await detectFormat(file)
  if (format === 'text') {
    if (size > MAX_TEXT_BYTES) throw unreadable('too_large', 'The file is larger than 1 GB: it is not a register.')
    return {
      format: 'csv',
      rows: readCsvRows(file, size, (cells) => matchHeader(cells) !== undefined),
      close: () => {},
    }
  }
  const zip = await openZip(file)
  if (zip.has('content.xml')) return { format: 'ods', rows: readOdsRows(zip), close: zip.close }
  if (zip.has('xl/workbook.xml')) return { format: 'xlsx', rows: readXlsxRows(zip), close: zip.close }
  zip.close()
  const protectedOds = zip.has('encrypted-package')
  throw protectedOds
    ? unreadable('password', 'The file is protected by a password. Save it without one.')
    : unreadable(
        'not_a_register',
        'The file is a zip, but neither an ods nor an xlsx spreadsheet. Unpack it and use the spreadsheet inside.',
      )
}

async function* mapRows(
  sheets: OpenSheets,
  header: MatchedHeader,
  source: RegisterSource,
): AsyncGenerator<RegisterRow> {
  let count = 0
  try {
    for (;;) {
      const next = await sheets.rows.next()
      if (next.done || next.value.sheet !== source.sheet) break
      const { value } = next
      if (value.cells.every((cell) => cell.trim() === '')) continue
      count += 1
      if (count > MAX_ROWS)
        throw unreadable('too_large', `The file has more than ${MAX_ROWS} locations: it is not a register.`)
      yield mapRow(header, value)
    }
    if (count === 0) throw unreadable('no_rows', `There is no location below the header${place(source)}.`)
  } finally {
    await closeSheets(sheets)
  }
}

const place = (source: RegisterSource): string =>
  ` (${source.sheet ? `sheet ${source.sheet}, ` : ''}row ${source.headerRow})`

async function closeSheets(sheets: OpenSheets): Promise<void> {
  await sheets.rows.return(undefined)
  sheets.close()
}

/**
 * Opens CQC's register: the monthly care directory with filters (ods, xlsx, or a csv saved from it) or the weekly
 * CQC_directory.csv, told apart by content. `fileName` is the name the file was given by its owner, for its date.
 * Errors (400): unreadable file, wrong columns, no rows; while rows are read: damaged file, too large.
 */
export async function readRegister(
  file: string,
  { fileName = file }: { fileName?: string } = {},
): Promise<OpenRegister> {
  const sheets = await openSheets(file)
  try {
    const { header, sheet, headerRow, statedDate } = await findHeader(sheets.rows)
    const registerDate = statedDate ?? findFileNameDate(fileName)
    const source: RegisterSource = {
      kind: header.layout.kind,
      format: sheets.format,
      sheet,
      headerRow,
      registerDate,
      registerDateFrom: statedDate ? 'content' : registerDate ? 'file_name' : null,
      absentColumns: header.absent,
    }
    return { source, rows: mapRows(sheets, header, source), close: () => closeSheets(sheets) }
  } catch (error) {
    await closeSheets(sheets)
    throw error
  }
}

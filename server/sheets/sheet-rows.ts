import { badRequest } from '../errors.ts'
import type { AppError } from '../errors.ts'

/** One row as a spreadsheet shows it: `row` counts from 1 as in the file, blank cells are ''. */
export interface SheetRow {
  sheet: string
  row: number
  cells: string[]
  /** The file ends inside this row. */
  cutShort?: boolean
}

export type FileFormat = 'ods' | 'xlsx' | 'csv'

/** Several times the widest register; what is beyond it is padding, or a small file that is to become a huge one. */
export const MAX_COLUMNS = 1_024

/** No cell holds more characters; parsers keep a cell whole, so this bounds memory. */
export const MAX_CELL = 8 * 1024 ** 2

/** An error of a file that a person can act on: 400, the sentence names the place. */
export const unreadable = (code: string, message: string, details?: unknown): AppError =>
  badRequest(`file_${code}`, message, details)

export const damaged = (part: string, cause: unknown): AppError =>
  unreadable('damaged', `The file is damaged or cut short: ${part} cannot be read. Download or save it again.`, {
    part,
    cause: cause instanceof Error ? cause.message : String(cause),
  })

/** A cell's text so far and the next piece of it. */
export function appended(text: string, more: string): string {
  if (text.length + more.length > MAX_CELL) throw unreadable('too_large', 'A single cell is larger than 8 MB.')
  return text + more
}

/** Puts a value at a column, filling the gap before it; blanks at the end of a row are never stored. */
export function setCell(cells: string[], column: number, value: string): void {
  if (value === '' || column >= MAX_COLUMNS) return
  while (cells.length < column) cells.push('')
  cells[column] = value
}

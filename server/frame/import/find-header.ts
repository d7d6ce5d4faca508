import { matchHeader } from './register-layouts.ts'
import type { MatchedHeader } from './register-layouts.ts'
import { findRegisterDate } from './register-date.ts'
import { unreadable } from '../../sheets/sheet-rows.ts'
import type { SheetRow } from '../../sheets/sheet-rows.ts'

/** Nothing above a header is longer; further down a matching cell would be a value. */
const SEARCHED_ROWS = 200
const OTHER_SHEETS = /read\s*me|dual|inactive|deactivated/i

export interface FoundHeader {
  header: MatchedHeader
  sheet: string
  headerRow: number
  statedDate: string | null
}

interface Candidate {
  header: MatchedHeader
  sheet: string
  row: number
}

const complete = ({ missing, repeated }: MatchedHeader): boolean => missing.length === 0 && repeated.length === 0

function wrongColumns(best: Candidate | undefined, anyRow: boolean): Error {
  if (!anyRow) return unreadable('empty', 'The file holds no rows.')
  if (!best) {
    return unreadable(
      'wrong_columns',
      `No header was found in the first ${SEARCHED_ROWS} rows: none has a cell "Location ID" (monthly file) or "CQC Location ID (for office use only)" (weekly file).`,
    )
  }
  const { sheet, row, header } = best
  const where = `${sheet ? `Sheet ${sheet}, row` : 'Row'} ${row}`
  const problems = [
    ...header.missing.map((column) => `the column "${column}" is missing`),
    ...header.repeated.map((column) => `the column "${column}" is there twice`),
  ]
  const message = `${where} is the header, but ${problems.join('; ')}.`
  return unreadable('wrong_columns', message, { sheet, row, missing: header.missing, repeated: header.repeated })
}

/** Takes rows up to and including the header, wherever it is. Errors: no header, columns missing or repeated (400). */
export async function findHeader(rows: AsyncGenerator<SheetRow>): Promise<FoundHeader> {
  let statedDate: string | null = null
  let best: Candidate | undefined
  let anyRow = false
  for (;;) {
    const next = await rows.next()
    if (next.done) throw wrongColumns(best, anyRow)
    const { value } = next
    anyRow ||= value.cells.some((cell) => cell.trim() !== '')
    if (value.row > SEARCHED_ROWS) {
      if (/^hsca.active.locations$/i.test(value.sheet.trim()) || value.sheet === '') throw wrongColumns(best, anyRow)
      continue
    }
    statedDate ??= findRegisterDate(value.cells)
    const header = OTHER_SHEETS.test(value.sheet) ? undefined : matchHeader(value.cells)
    if (header && complete(header)) return { header, sheet: value.sheet, headerRow: value.row, statedDate }
    if (header && (!best || header.at.size > best.header.at.size)) best = { header, sheet: value.sheet, row: value.row }
  }
}

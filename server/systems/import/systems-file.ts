import { stat } from 'node:fs/promises'
import { recordAudit } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import { badRequest } from '../../errors.ts'
import { columnKey } from '../../sheets/clean-text.ts'
import { readCsvRows } from '../../sheets/csv-rows.ts'
import { saveSystem } from '../queries.ts'
import { localAuthorities } from './local-authorities.ts'
import { checkSystems } from '../rules/check-systems.ts'
import type { SystemsSaved } from '../schema.ts'

const columns = ['code', 'name', 'region', 'local_authorities']
const largest = 5 * 1024 ** 2

interface Row {
  row: number
  value: unknown
}

/** Reads a csv with the columns code, name, region, local_authorities (`;` between). Errors (400): unreadable, wrong columns. */
export async function readSystemsFile(file: string): Promise<Row[]> {
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  )
  if (size === undefined) throw badRequest('file_not_found', `The file cannot be opened: ${file}`)
  if (size > largest) throw badRequest('file_too_large', 'The file is larger than 5 MB: it is not a list of systems.')
  const isHeader = (cells: readonly string[]) =>
    columns.slice(0, 3).every((column) => cells.some((cell) => columnKey(cell) === column))
  let header: string[] | undefined
  const rows: Row[] = []
  for await (const { row, cells } of readCsvRows(file, size, isHeader)) {
    if (cells.every((cell) => cell.trim() === '')) continue
    if (header) rows.push({ row, value: toSystem(header, cells) })
    else header = checkHeader(cells.map(columnKey), row)
  }
  if (!header) throw badRequest('file_empty', 'The file holds no rows.')
  if (rows.length === 0) throw badRequest('file_no_rows', 'There is no system below the header.')
  return rows
}

function checkHeader(header: string[], row: number): string[] {
  const missing = columns.slice(0, 3).filter((column) => !header.includes(column))
  const extra = header.filter((column, index) => !columns.includes(column) || header.indexOf(column) < index)
  if (missing.length === 0 && extra.length === 0) return header
  const problems = [
    ...missing.map((column) => `the column "${column}" is missing`),
    ...extra.map((column) => `the column "${column}" is not expected here`),
  ]
  throw badRequest(
    'file_wrong_columns',
    `Row ${row} must be the header ${columns.join(',')}, but ${problems.join('; ')}.`,
  )
}

function toSystem(header: readonly string[], cells: readonly string[]): unknown {
  const { local_authorities: authorities = '', ...fields } = Object.fromEntries(
    header.map((column, index) => [column, cells[index] ?? '']),
  )
  const surplus = cells.slice(header.length).some((cell) => cell.trim() !== '')
  const names = authorities
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return { ...fields, authorities: names, ...(surplus ? { 'beyond the last column': true } : {}) }
}

/** All or nothing; a known code is brought up to date. Throws invalid_systems with every problem by row and column. */
export function saveSystems(db: Db, rows: readonly Row[], { actor, now }: { actor: string; now: Date }): SystemsSaved {
  const { systems, problems, warnings } = checkSystems(rows, localAuthorities)
  const lines = problems.map(({ row, column, message }) => `row ${row}, ${column || 'the row'}: ${message}`)
  if (problems.length > 0)
    throw badRequest(
      'invalid_systems',
      `Nothing was imported: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`,
      lines,
    )
  return write(db, (tx) => {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    for (const system of systems) counts[saveSystem(tx, system, now)] += 1
    if (counts.added + counts.changed > 0)
      recordAudit(tx, {
        actor,
        action: 'systems.import',
        subject: 'systems',
        detail: { ...counts, codes: systems.map(({ code }) => code) },
        at: now,
      })
    return { ...counts, warnings }
  })
}

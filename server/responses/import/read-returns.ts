import { stat } from 'node:fs/promises'
import { questionsOf } from '../../../surveys/notes.ts'
import { badRequest } from '../../errors.ts'
import { readCsvRows } from '../../sheets/csv-rows.ts'
import type { Definition } from '../../../surveys/definition/definition.ts'
import { modeOf, type Mode } from '../../../surveys/modes.ts'

/** What is wrong, and where: rows are counted as a spreadsheet counts them, the header is row 1. */
export interface ImportProblem {
  row: number
  column: string
  reason: string
}

export interface ReturnRow {
  row: number
  /** By column, as written. */
  cells: Record<string, string>
  /** What is wrong with the row itself. */
  problems: ImportProblem[]
}

export interface Returns {
  columns: string[]
  rows: ReturnRow[]
}

const mostRows = 200_000

/** Reads a csv of coded answers (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252). Throws badRequest where it has no header or cannot be read. */
export async function readReturns(file: string): Promise<Returns> {
  const { size } = await stat(file).catch(() => {
    throw badRequest('no_such_file', `The file ${file} cannot be opened.`)
  })
  const rows: ReturnRow[] = []
  let columns: string[] | undefined
  for await (const { row, cells, cutShort } of readCsvRows(file, size, (header) =>
    header.some((cell) => cell.trim() === 'system'),
  )) {
    if (!columns) {
      columns = cells.map((cell) => cell.trim())
      continue
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    rows.push(readRow(columns, cells, row, cutShort === true && cells.length < columns.length))
    if (rows.length > mostRows) throw badRequest('too_large', `The file has more than ${mostRows} rows: split it.`)
  }
  if (!columns) throw badRequest('empty_file', 'The file is empty.')
  return { columns: columns.filter((column) => column !== ''), rows }
}

function readRow(columns: readonly string[], cells: readonly string[], row: number, cutShort: boolean): ReturnRow {
  const strays = cells.flatMap((cell, index) =>
    cell.trim() !== '' && !columns[index]
      ? [{ row, column: `column ${index + 1}`, reason: 'there is a value in a column without a name' }]
      : [],
  )
  const short = cutShort ? [{ row, column: columns[cells.length] ?? '', reason: 'the file ends inside this row' }] : []
  const named = columns.flatMap((column, index) =>
    column === '' ? [] : [[column, cells[index]?.trim() ?? ''] as const],
  )
  return { row, cells: Object.fromEntries(named), problems: [...strays, ...short] }
}

/** What is wrong with the header: columns missing, unknown, or there twice. */
export function checkColumns(columns: readonly string[], definition: Definition, mode: Mode): ImportProblem[] {
  const required = modeOf({ mode }).invites ? ['system', 'location_id'] : ['system']
  const known = new Set([...required, ...variableColumns(definition)])
  const missing = required
    .filter((column) => !columns.includes(column))
    .map((column) => ({ row: 1, column, reason: 'the column is missing' }))
  const unknown = columns
    .filter((column) => !known.has(column))
    .map((column) => ({ row: 1, column, reason: 'there is no such variable in this questionnaire' }))
  const twice = columns
    .filter((column, index) => columns.indexOf(column) !== index)
    .map((column) => ({ row: 1, column, reason: 'the column is there twice' }))
  return [...missing, ...unknown, ...twice]
}

function variableColumns(definition: Definition): string[] {
  return definition.pages.flatMap(questionsOf).flatMap((question) => {
    const { name } = question
    if (question.type === 'matrix') return question.rows.map((row) => `${name}.${row.value}`)
    const comment = 'showOtherItem' in question && question.showOtherItem ? [`${name}-Comment`] : []
    if (question.type !== 'checkbox') return [name, ...comment]
    return [
      name,
      ...question.choices.map((choice) => `${name}.${choice.value}`),
      ...(comment.length > 0 ? [`${name}.other`] : []),
      ...comment,
    ]
  })
}

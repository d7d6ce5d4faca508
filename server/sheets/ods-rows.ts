import type { SaxesTagPlain } from 'saxes'
import type { OpenZip } from './open-zip.ts'
import { eachTag, parseXml } from './parse-xml.ts'
import { appended, MAX_COLUMNS, setCell, unreadable } from './sheet-rows.ts'
import type { SheetRow } from './sheet-rows.ts'

const PART = 'content.xml'
const MAX_SPACES = 1_000
/** Equal rows next to each other are written once with a count; a register has hardly any. */
const MAX_EQUAL_ROWS = 1_000

interface OdsState {
  sheet: string
  row: number
  rowRepeat: number
  cells: string[]
  column: number
  /** The cell being read; null between cells. */
  cell: { repeat: number; typed: string | undefined; text: string; paragraphs: number } | null
  /** Depth inside a comment on a cell: its paragraphs are not the cell's. */
  comment: number
  paragraph: number
  found: SheetRow[]
}

function repeated(value: string | undefined, limit: number): number {
  const count = Number(value ?? 1)
  return Number.isInteger(count) && count > 0 ? Math.min(count, limit) : 1
}

/** What a cell holds apart from what it shows: a date or number as it is, however it is formatted. */
function typedValue({ attributes }: SaxesTagPlain): string | undefined {
  return (
    attributes['office:date-value'] ??
    (attributes['office:value-type'] === 'float' ? attributes['office:value'] : undefined)
  )
}

function openTag(state: OdsState, tag: SaxesTagPlain): void {
  const { name, attributes } = tag
  if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
    state.cell = {
      repeat: repeated(attributes['table:number-columns-repeated'], MAX_COLUMNS),
      typed: typedValue(tag),
      text: '',
      paragraphs: 0,
    }
  } else if (name === 'table:table-row') {
    state.rowRepeat = repeated(attributes['table:number-rows-repeated'], 1_048_576)
    state.cells = []
    state.column = 0
  } else if (name === 'table:table') {
    state.sheet = attributes['table:name'] ?? ''
    state.row = 0
  } else if (state.cell) openInsideCell(state, state.cell, tag)
}

function openInsideCell(
  state: OdsState,
  cell: NonNullable<OdsState['cell']>,
  { name, attributes }: SaxesTagPlain,
): void {
  if (name === 'office:annotation') state.comment += 1
  else if (state.comment > 0) return
  else if (name === 'text:p') {
    if (cell.paragraphs > 0) cell.text = appended(cell.text, '\n')
    cell.paragraphs += 1
    state.paragraph += 1
  } else if (name === 'text:s') cell.text = appended(cell.text, ' '.repeat(repeated(attributes['text:c'], MAX_SPACES)))
  else if (name === 'text:tab') cell.text = appended(cell.text, '\t')
  else if (name === 'text:line-break') cell.text = appended(cell.text, '\n')
}

function closeTag(state: OdsState, name: string): void {
  if (name === 'office:annotation') state.comment -= 1
  else if (name === 'text:p' && state.cell && state.comment === 0) state.paragraph -= 1
  else if (name === 'table:table-cell' || name === 'table:covered-table-cell') closeCell(state)
  else if (name === 'table:table-row') closeRow(state)
}

function closeCell(state: OdsState): void {
  const { cell } = state
  if (!cell) return
  const value = cell.typed ?? cell.text
  // A blank run is skipped, not stored: sheets end in thousands of them.
  for (let n = 0; value !== '' && n < cell.repeat && state.column + n < MAX_COLUMNS; n++)
    setCell(state.cells, state.column + n, value)
  state.column += cell.repeat
  state.cell = null
}

function closeRow(state: OdsState): void {
  if (state.cells.length > 0) {
    if (state.rowRepeat > MAX_EQUAL_ROWS) {
      throw unreadable(
        'too_large',
        `Sheet ${state.sheet}, row ${state.row + 1} is repeated ${state.rowRepeat} times: this is not a register.`,
      )
    }
    for (let n = 1; n <= state.rowRepeat; n++)
      state.found.push({ sheet: state.sheet, row: state.row + n, cells: state.cells })
  }
  state.row += state.rowRepeat
}

async function refuseProtected(zip: OpenZip): Promise<void> {
  const manifest = 'META-INF/manifest.xml'
  if (!zip.has(manifest)) return
  await eachTag(manifest, zip.stream(manifest), ({ name }) => {
    if (name.endsWith('encryption-data'))
      throw unreadable('password', 'The file is protected by a password. Save it without one.')
  })
}

/** The rows of every sheet of an ods, in order, those without any value left out. */
export async function* readOdsRows(zip: OpenZip): AsyncGenerator<SheetRow> {
  await refuseProtected(zip)
  const state: OdsState = {
    sheet: '',
    row: 0,
    rowRepeat: 1,
    cells: [],
    column: 0,
    cell: null,
    comment: 0,
    paragraph: 0,
    found: [],
  }
  const handlers = {
    open: (tag: SaxesTagPlain) => openTag(state, tag),
    close: (name: string) => closeTag(state, name),
    text: (text: string) => {
      if (state.paragraph > 0 && state.comment === 0 && state.cell) state.cell.text = appended(state.cell.text, text)
    },
  }
  yield* parseXml(PART, zip.stream(PART), handlers, state.found)
}

import type { SaxesTagPlain } from 'saxes'
import type { OpenZip } from './open-zip.ts'
import { eachTag, parseWhole, parseXml } from './parse-xml.ts'
import { appended, MAX_COLUMNS, setCell, unreadable } from './sheet-rows.ts'
import type { SheetRow } from './sheet-rows.ts'
import { createStringPool } from './xlsx-strings.ts'
import type { StringPool } from './xlsx-strings.ts'

/** Some writers give every tag a prefix (x:row). */
const local = (name: string): string => name.slice(name.indexOf(':') + 1)

interface Sheet {
  name: string
  part: string
}

async function listSheets(zip: OpenZip): Promise<Sheet[]> {
  const targets = new Map<string, string>()
  await eachTag('xl/_rels/workbook.xml.rels', zip.stream('xl/_rels/workbook.xml.rels'), ({ name, attributes }) => {
    if (local(name) === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '')
  })
  const sheets: Sheet[] = []
  await eachTag('xl/workbook.xml', zip.stream('xl/workbook.xml'), ({ name, attributes }) => {
    if (local(name) !== 'sheet') return
    const [, id = ''] = Object.entries(attributes).find(([key]) => key.endsWith(':id')) ?? []
    const target = targets.get(id) ?? ''
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    if (zip.has(part)) sheets.push({ name: attributes['name'] ?? '', part })
  })
  return sheets
}

async function readSharedStrings(zip: OpenZip): Promise<StringPool> {
  const pool = createStringPool()
  const part = 'xl/sharedStrings.xml'
  if (!zip.has(part)) return pool
  let text = ''
  let inText = false
  let phonetic = false
  await parseWhole(part, zip.stream(part), {
    open({ name }) {
      const tag = local(name)
      if (tag === 'si') text = ''
      else if (tag === 'rPh') phonetic = true
      else if (tag === 't') inText = !phonetic
    },
    close(name) {
      const tag = local(name)
      if (tag === 'si') pool.add(text)
      else if (tag === 'rPh') phonetic = false
      else if (tag === 't') inText = false
    },
    text: (piece) => {
      if (inText) text = appended(text, piece)
    },
  })
  return pool
}

/** "AB12" → 27; undefined when it is not a cell reference. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/.exec(reference ?? '')?.[1]
  if (!letters) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function rowNumber(reference: string | undefined, previous: number): number {
  const row = Number(reference)
  return Number.isInteger(row) && row > previous ? row : previous + 1
}

interface CellState {
  row: number
  column: number
  type: string
  text: string
  taking: boolean
  phonetic: boolean
  cells: string[]
}

function openTag(state: CellState, { name, attributes }: SaxesTagPlain): void {
  const tag = local(name)
  if (tag === 'row') {
    state.row = rowNumber(attributes['r'], state.row)
    state.cells = []
    state.column = -1
  } else if (tag === 'c') {
    state.column = columnOf(attributes['r']) ?? state.column + 1
    state.type = attributes['t'] ?? 'n'
    state.text = ''
  } else if (tag === 'rPh') state.phonetic = true
  else if (tag === 'v' || tag === 't') state.taking = !state.phonetic
}

function cellValue(state: CellState, sheet: string, strings: StringPool): string {
  if (state.type === 'e') return ''
  if (state.type !== 's' || state.text === '') return state.text
  const value = strings.get(Number(state.text))
  if (value !== undefined) return value
  throw unreadable(
    'damaged',
    `The file is damaged: sheet ${sheet}, row ${state.row} points to a text that is not there.`,
  )
}

async function* readSheet(zip: OpenZip, sheet: Sheet, strings: StringPool): AsyncGenerator<SheetRow> {
  const state: CellState = { row: 0, column: -1, type: 'n', text: '', taking: false, phonetic: false, cells: [] }
  const found: SheetRow[] = []
  const handlers = {
    open: (tag: SaxesTagPlain) => openTag(state, tag),
    close(name: string) {
      const tag = local(name)
      if (tag === 'v' || tag === 't') state.taking = false
      else if (tag === 'rPh') state.phonetic = false
      else if (tag === 'c' && state.column < MAX_COLUMNS)
        setCell(state.cells, state.column, cellValue(state, sheet.name, strings))
      else if (tag === 'row' && state.cells.length > 0)
        found.push({ sheet: sheet.name, row: state.row, cells: state.cells })
    },
    text: (piece: string) => {
      if (state.taking) state.text = appended(state.text, piece)
    },
  }
  yield* parseXml(sheet.part, zip.stream(sheet.part), handlers, found)
}

/** The rows of every sheet of an xlsx, in the workbook's order, those without any value left out. */
export async function* readXlsxRows(zip: OpenZip): AsyncGenerator<SheetRow> {
  const sheets = await listSheets(zip)
  const strings = await readSharedStrings(zip)
  for (const sheet of sheets) yield* readSheet(zip, sheet, strings)
}

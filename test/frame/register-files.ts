import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { RegisterRow } from '../../server/frame/rules/register-row.ts'
import { readRegister } from '../../server/frame/import/read-register.ts'
import { escapeXml, odsContent, odsParts, registerColumns } from '../bench/register-ods.ts'
import type { RegisterRecord } from '../bench/register-ods.ts'
import { zipBuffer } from '../bench/zip-writer.ts'

export const trafford = join(import.meta.dirname, '../fixtures/frame/cqc-directory-trafford-april-2020.csv')

/** A folder for the files of a test, gone afterwards. */
export function useFolder(): (name: string, content: string | Buffer) => Promise<string> {
  let folder = ''
  let count = 0
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footbridge-frame-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return async (name, content) => {
    const file = join(folder, `${(count += 1)}-${name}`)
    await writeFile(file, content)
    return file
  }
}

/** One eligible service of the monthly register; what differs is given. */
export const record = (over: RegisterRecord = {}): RegisterRecord => ({
  'Location ID': '1-101615477',
  'Dormant (Y/N)': 'N',
  'Location Name': 'Invented House',
  'Location Telephone Number': '01632960001',
  'Registered manager': 'Manager, Invented',
  'Location Inspection Directorate': 'Adult social care',
  'Location Region': 'North West',
  'Location Local Authority': 'Trafford',
  'Location Postal Code': 'ZZ1 1ZZ',
  'Provider ID': '1-201615477',
  'Provider Name': 'Invented Provider Limited',
  'Service type - Care home service with nursing': 'Y',
  'Service user band - Older People': 'Y',
  ...over,
})

export const ods = (content: Iterable<string> | string): Buffer => zipBuffer(odsParts(content))
export const monthlyOds = (rows: RegisterRecord[], options = {}): Buffer => ods(odsContent(rows, options))

const quote = (value: string): string => (/[",;\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

export function csvLines(lines: string[][], separator = ',', newline = '\r\n'): string {
  return lines.map((cells) => cells.map(quote).join(separator) + newline).join('')
}

export const monthlyLines = (rows: RegisterRecord[], columns = registerColumns): string[][] => [
  columns,
  ...rows.map((row) => columns.map((column) => row[column] ?? '')),
]

const columnLetters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26))

/** A workbook as Excel writes it: blank cells left out, texts shared (or inline), a README sheet first. */
export function xlsx(lines: string[][], { inline = false, readme = '' } = {}): Buffer {
  const texts: string[] = []
  const cell = (value: string, reference: string) => {
    if (value === '') return ''
    if (inline) return `<c r="${reference}" t="inlineStr"><is><t>${escapeXml(value)}</t></is></c>`
    texts.push(value)
    return `<c r="${reference}" s="1" t="s"><v>${texts.length - 1}</v></c>`
  }
  const rows = lines.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((value, column) => cell(value, `${columnLetters(column)}${row + 1}`)).join('')}</row>`,
  )
  const sheet = (body: string) => `<?xml version="1.0"?><worksheet xmlns="x"><sheetData>${body}</sheetData></worksheet>`
  return zipBuffer([
    {
      name: 'xl/workbook.xml',
      content:
        '<workbook xmlns:r="r"><sheets><sheet name="README" r:id="rId1"/><sheet name="HSCA_Active_Locations" r:id="rId2"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    },
    { name: 'xl/worksheets/sheet1.xml', content: sheet(readme) },
    { name: 'xl/worksheets/sheet2.xml', content: sheet(rows.join('')) },
    {
      name: 'xl/sharedStrings.xml',
      content: `<sst>${texts.map((text) => `<si><r><t>${escapeXml(text)}</t></r><rPh><t>x</t></rPh></si>`).join('')}</sst>`,
    },
  ])
}

export async function readAll(file: string, fileName?: string) {
  const { source, rows } = await readRegister(file, fileName === undefined ? {} : { fileName })
  const all: RegisterRow[] = []
  for await (const row of rows) all.push(row)
  return { source, rows: all }
}

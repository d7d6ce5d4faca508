import { readFileSync } from 'node:fs'
import { writeZip } from './zip-writer.ts'

/** The 122 columns of HSCA_Active_Locations, in order. */
export const registerColumns = readFileSync(
  new URL('../fixtures/frame/hsca-active-locations-columns.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split(/\r?\n/)

/** One row of the monthly register: values by column name, the rest blank. */
export type RegisterRecord = Record<string, string>

const NAMESPACES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ' +
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ' +
  'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3"'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char)

/** A string cell in the words of LibreOffice, blank ones included: some 120 bytes each. */
export function odsCell(value: string, column: number): string {
  const style = column % 3 === 0 ? '' : ` table:style-name="ce${(column % 23) + 1}"`
  return `<table:table-cell${style} office:value-type="string" calcext:value-type="string">${value === '' ? '<text:p/>' : `<text:p>${escapeXml(value)}</text:p>`}</table:table-cell>`
}

export const odsRow = (cells: string[]): string =>
  `<table:table-row table:style-name="ro1">${cells.map(odsCell).join('')}</table:table-row>`

const SHEET_END =
  '<table:table-row table:style-name="ro2" table:number-rows-repeated="1018571">' +
  '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'

function styles(): string {
  let text = ''
  for (let n = 1; n <= 23; n++) {
    text += `<style:style style:name="ce${n}" style:family="table-cell" style:parent-style-name="Default"><style:text-properties style:font-name="Arial"/></style:style>`
  }
  return `<office:automatic-styles>${text}</office:automatic-styles>`
}

/** content.xml of a whole monthly register, in pieces. `before` are rows above the header, `readme` the lines of the README sheet. */
export function* odsContent(
  rows: Iterable<RegisterRecord>,
  options: { readme?: string[]; before?: string[][]; columns?: string[] } = {},
): Generator<string> {
  const columns = options.columns ?? registerColumns
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content ${NAMESPACES}>${styles()}<office:body><office:spreadsheet>`
  yield '<table:table table:name="README" table:style-name="ta1">'
  for (const line of options.readme ?? []) yield odsRow([line])
  yield SHEET_END
  yield '<table:table table:name="HSCA_Active_Locations" table:style-name="ta1">'
  for (const line of options.before ?? []) yield odsRow(line)
  yield odsRow(columns)
  for (const record of rows) yield odsRow(columns.map((column) => record[column] ?? ''))
  yield SHEET_END
  yield '<table:table table:name="Dual_Registration_Locations" table:style-name="ta1">'
  yield odsRow(['Location ID', 'Location Name', 'Primary ID'])
  yield SHEET_END
  yield '</office:spreadsheet></office:body></office:document-content>'
}

const ODS_MIMETYPE = 'application/vnd.oasis.opendocument.spreadsheet'

export const odsParts = (content: Iterable<string> | string) => [
  { name: 'mimetype', content: ODS_MIMETYPE },
  {
    name: 'META-INF/manifest.xml',
    content:
      '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
  },
  { name: 'content.xml', content },
]

const AUTHORITIES = [
  'Trafford',
  'Bristol, City of',
  'Kent',
  'Leeds',
  'Cornwall',
  'Herefordshire, County of',
  'Plymouth',
  'York',
  'Oldham',
  'Norfolk',
]
const TYPES = [
  'Care home service with nursing',
  'Care home service without nursing',
  'Domiciliary care service',
  'Extra Care housing services',
  'Supported living service',
  'Shared Lives',
]

/** Invented services, the same ones every time. */
export function* syntheticRecords(count: number): Generator<RegisterRecord> {
  let state = 20_200_415
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let n = 0; n < count; n++) {
    const social = next(10) < 7
    const authority = AUTHORITIES[next(AUTHORITIES.length)] ?? ''
    const provider = next(9_000)
    const record: RegisterRecord = {
      'Location ID': `1-${1_000_000_000 + n}`,
      'Location HSCA start date': '2010-10-01',
      'Dormant (Y/N)': next(40) === 0 ? 'Y' : 'N',
      'Care home?': social ? 'Y' : 'N',
      'Location Name': `Invented House ${n} & Lodge`,
      'Location Telephone Number': `01632${960_000 + next(999)}`,
      'Registered manager': `Manager ${n}, Invented`,
      'Location Web Address': `www.invented-house-${n}.example`,
      'Care homes beds': String(next(80)),
      'Location Type/Sector': social ? 'Social Care Org' : 'Primary Dental Care',
      'Location Inspection Directorate': social ? 'Adult social care' : 'Primary medical services',
      'Location Primary Inspection Category': social ? 'Residential social care' : 'Dentists',
      'Location Region': 'Invented region',
      'Location Local Authority': authority,
      'Location Street Address': `${next(300)} Invented Street`,
      'Location City': authority,
      'Location Postal Code': `ZZ${next(99)} ${next(9)}ZZ`,
      'Location Latitude': (50 + next(500) / 100).toFixed(6),
      'Location Longitude': (-3 + next(400) / 100).toFixed(6),
      'Provider ID': `1-${2_000_000_000 + provider}`,
      'Provider Name': `Invented Provider ${provider} Limited`,
      'Provider Type/Sector': 'Organisation',
      'Provider Street Address': `${next(300)} Invented Road`,
    }
    if (social) {
      record[`Service type - ${TYPES[next(TYPES.length)]}`] = 'Y'
      record['Service user band - Older People'] = next(5) === 0 ? '' : 'Y'
      record['Service user band - Dementia'] = next(2) === 0 ? '' : 'Y'
      record['Regulated activity - Accommodation for persons who require nursing or personal care'] = 'Y'
    } else {
      record['Service type - Dental service'] = 'Y'
    }
    yield record
  }
}

/** Writes a register of `rows` invented services; at 30,000 rows its content.xml unpacks to some 440 MB. Returns that size in bytes. */
export async function writeRegisterOds(file: string, rows: number): Promise<number> {
  const content = odsContent(syntheticRecords(rows), {
    readme: ['Care directory with filters', 'This data was produced on 1 October 2025'],
  })
  const sizes = await writeZip(file, odsParts(content))
  return sizes['content.xml'] ?? 0
}

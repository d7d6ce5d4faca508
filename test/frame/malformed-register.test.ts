import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../server/errors.ts'
import { odsContent, registerColumns, syntheticRecords } from '../bench/register-ods.ts'
import { zipBuffer } from '../bench/zip-writer.ts'
import { csvLines, monthlyLines, monthlyOds, ods, readAll, record, useFolder, xlsx } from './register-files.ts'

const write = useFolder()
const records = [...syntheticRecords(200)]
const good = monthlyOds(records)
const text = [...odsContent([record()])].join('')
const without = (column: string) => registerColumns.filter((name) => name !== column)

async function failure(content: string | Buffer): Promise<AppError> {
  const error: unknown = await readAll(await write('register', content)).then(
    () => 'read without an error',
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}

const laughs =
  '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' +
  Array.from({ length: 12 }, (_, n) => `<!ENTITY a${n} "${`&a${n ? n - 1 : ''};`.repeat(10)}">`).join('') +
  ']><office:document-content>&a11;</office:document-content>'

describe('a file that is no register is refused with a sentence that says why', () => {
  const cases: [string, string | Buffer, string, RegExp][] = [
    ['empty', '', 'file_empty', /is empty/],
    ['only blanks', ' \r\n \r\n', 'file_empty', /is empty/],
    [
      'a web page saved as xls',
      '<!DOCTYPE html><html><body><table></table></body></html>',
      'file_not_a_register',
      /web page/,
    ],
    ['a web page with a byte order mark', '\uFEFF\n<html></html>', 'file_not_a_register', /web page/],
    ['binary', Buffer.from([1, 2, 0, 3, 255, 254, 0, 9]), 'file_not_a_register', /neither a spreadsheet/],
    ['a PDF', '%PDF-1.7 ...', 'file_not_a_register', /PDF/],
    ['an old xls, or an xlsx with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_old_format', /password/],
    ['prose', 'Dear all,\nhere is the register.\n', 'file_wrong_columns', /No header was found/],
    ['zip magic and nothing more', Buffer.from('504b0304', 'hex'), 'file_damaged', /damaged/],
    ['an empty zip', zipBuffer([]), 'file_damaged', /damaged/],
    ['another zip', zipBuffer([{ name: 'a.txt', content: 'a' }]), 'file_not_a_register', /neither an ods nor an xlsx/],
    ['an ods cut short', good.subarray(0, good.length - 400), 'file_damaged', /cut short/],
    ['an ods with broken bytes', Buffer.from(good).fill(0x55, 2_000, 4_000), 'file_damaged', /damaged/],
    ['an ods whose XML ends early', ods(text.slice(0, text.length - 1_200)), 'file_damaged', /content\.xml/],
    ['an ods with bad XML', ods(text.replace('</table:table-row>', '</table:row>')), 'file_damaged', /content\.xml/],
    ['an ods with an empty content.xml', ods(''), 'file_damaged', /content\.xml/],
    ['entities that multiply', ods(laughs), 'file_damaged', /declares entities|cannot be read/],
    ['an entity nobody declared', ods(text.replace('Invented House', '&boom;')), 'file_damaged', /content\.xml/],
    ['tags nested without end', ods('<text:span>'.repeat(100_000)), 'file_damaged', /too deeply/],
    [
      'a cell of 9 MB',
      ods(text.replace('Invented House', 'x'.repeat(9 * 1024 ** 2))),
      'file_too_large',
      /larger than 8 MB/,
    ],
    [
      'a filled row repeated a million times',
      ods(
        text.replace(
          '<table:table-row table:style-name="ro1">',
          '<table:table-row table:number-rows-repeated="1000000">',
        ),
      ),
      'file_too_large',
      /repeated/,
    ],
    [
      'a password on the ods',
      zipBuffer([
        { name: 'content.xml', content: 'x' },
        {
          name: 'META-INF/manifest.xml',
          content: '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>',
        },
      ]),
      'file_password',
      /password/,
    ],
    [
      'an xlsx without its sheets',
      zipBuffer([{ name: 'xl/workbook.xml', content: '<workbook/>' }]),
      'file_damaged',
      /workbook\.xml\.rels/,
    ],
    ['an xlsx pointing to a text that is not there', Buffer.from(xlsxWithLostText()), 'file_damaged', /row 2 points/],
    [
      'a csv with an open quotation mark',
      `${csvLines(monthlyLines([record()]))}"1-1`,
      'file_damaged',
      /line \d+: a quotation mark is opened/,
    ],
    ['only a header (ods)', monthlyOds([]), 'file_no_rows', /sheet HSCA_Active_Locations, row 1/],
    ['only a header (csv)', csvLines(monthlyLines([])), 'file_no_rows', /row 1/],
    [
      'no authority column',
      csvLines(monthlyLines([record()], without('Location Local Authority'))),
      'file_wrong_columns',
      /Row 1 is the header, but the column "Location Local Authority" is missing/,
    ],
    [
      'no service types',
      csvLines(
        monthlyLines(
          [record()],
          registerColumns.filter((name) => !name.startsWith('Service type')),
        ),
      ),
      'file_wrong_columns',
      /Service type - Care home service with nursing or/,
    ],
    [
      'a column twice',
      csvLines(monthlyLines([record()], [...registerColumns, 'Location Name'])),
      'file_wrong_columns',
      /"Location Name" is there twice/,
    ],
    [
      'the wrong columns in an ods',
      monthlyOds([record()], { columns: without('Location Name') }),
      'file_wrong_columns',
      /Sheet HSCA_Active_Locations, row 1/,
    ],
  ]
  test.each(cases)('%s', async (_, content, code, message) => {
    const error = await failure(content)
    expect(error).toMatchObject({ status: 400, code })
    expect(error.message).toMatch(message)
  })

  test('a file that is not there, or is a folder', async () => {
    await expect(readAll('/no/such/file.ods')).rejects.toMatchObject({ code: 'file_not_found' })
    await expect(readAll(await mkdtemp(join(tmpdir(), 'footbridge-')))).rejects.toMatchObject({ status: 400 })
  })

  test('a part that claims to unpack to more than 2 GB is not unpacked', async () => {
    const bomb = Buffer.from(good)
    const entry = bomb.lastIndexOf(Buffer.from('content.xml')) - 46
    expect(bomb.readUInt32LE(entry)).toBe(0x02014b50)
    bomb.writeUInt32LE(0xf0000000, entry + 24)
    expect(await failure(bomb)).toMatchObject({ code: 'file_too_large' })
  })

  test('a part that unpacks to more than it claims is refused', async () => {
    const bomb = Buffer.from(good)
    bomb.writeUInt32LE(1_000, bomb.lastIndexOf(Buffer.from('content.xml')) - 46 + 24)
    expect(await failure(bomb)).toMatchObject({ code: 'file_damaged' })
  })

  test('cut anywhere, an ods or a csv is refused or read, and never anything else', async () => {
    const csv = Buffer.from(csvLines(monthlyLines(records.slice(0, 5))))
    for (const whole of [good, csv, xlsx(monthlyLines(records.slice(0, 5)))]) {
      for (let part = 1; part < 30; part++) {
        const file = await write('cut', whole.subarray(0, Math.floor((whole.length * part) / 30)))
        const outcome: unknown = await readAll(file).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AppError)
        else expect(whole).toBe(csv)
      }
    }
  })
})

function xlsxWithLostText(): Buffer {
  const sheet = `<worksheet><sheetData><row r="1"/><row r="2"><c r="A2" t="s"><v>7</v></c></row></sheetData></worksheet>`
  return zipBuffer([
    {
      name: 'xl/workbook.xml',
      content: '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: '<Relationships><Relationship Id="a" Target="s.xml"/></Relationships>',
    },
    { name: 'xl/s.xml', content: sheet },
  ])
}

import { describe, expect, test } from 'vitest'
import { readRegister } from '../../server/frame/import/read-register.ts'
import { odsCell, odsContent, odsRow, registerColumns, syntheticRecords } from '../bench/register-ods.ts'
import {
  csvLines,
  monthlyLines,
  monthlyOds,
  ods,
  readAll,
  record,
  trafford,
  useFolder,
  xlsx,
} from './register-files.ts'

const write = useFolder()
const records = [...syntheticRecords(40)]
const lines = monthlyLines(records)

describe('the monthly register', () => {
  test('reads the same rows from ods, xlsx with shared and inline texts, and csv of every separator and encoding', async () => {
    const fromOds = await readAll(await write('register.ods', monthlyOds(records)))
    expect(fromOds.rows).toHaveLength(40)
    expect(fromOds.rows[0]).toMatchObject({
      row: 2,
      locationId: '1-1000000000',
      name: 'Invented House 0 & Lodge',
      dormant: false,
      primaryId: null,
    })
    expect(fromOds.source).toMatchObject({
      kind: 'monthly',
      format: 'ods',
      sheet: 'HSCA_Active_Locations',
      headerRow: 1,
      absentColumns: [],
    })
    const others = {
      shared: xlsx(lines),
      inline: xlsx(lines, { inline: true }),
      comma: csvLines(lines),
      semicolon: csvLines(lines, ';', '\n'),
      tab: csvLines(lines, '\t'),
      mark: `\uFEFF${csvLines(lines)}`,
      wide: Buffer.from(`\uFEFF${csvLines(lines, '\t')}`, 'utf16le'),
    }
    for (const [name, content] of Object.entries(others)) {
      const { rows } = await readAll(await write(name, content))
      expect(rows, name).toEqual(fromOds.rows)
    }
  })

  test('takes a file for what it holds, whatever its name says', async () => {
    const { source } = await readAll(await write('register.csv', monthlyOds(records)))
    expect(source.format).toBe('ods')
  })

  test('finds the header below other lines, and numbers rows as a spreadsheet shows them', async () => {
    const before = [['CQC care directory'], ['', 'This data was produced on 3 March 2024'], ['See Location ID below']]
    for (const content of [
      monthlyOds(records, { before }),
      xlsx([...before, ...lines]),
      csvLines([...before, [''], ...lines]),
    ]) {
      const { source, rows } = await readAll(await write('register', content))
      expect(rows).toHaveLength(40)
      expect(source.registerDate).toBe('2024-03-03')
      expect(rows[0]?.row).toBe(source.headerRow + 1)
    }
  })

  test('reads Windows-1252 where the file is not UTF-8', async () => {
    const text = csvLines(monthlyLines([record({ 'Location Name': 'St Mary\u00b4s Caf\u00e9' })]))
    const bytes = Buffer.from(text.replace('\u00b4', '\u0092'), 'latin1')
    const { rows } = await readAll(await write('register.csv', bytes))
    expect(rows[0]?.name).toBe('St Mary’s Café')
  })

  test('reads repeated cells and rows, paragraphs, spaces, dates and comments of an ods', async () => {
    const cells = registerColumns.map((column, index) => odsCell(record()[column] ?? '', index))
    const at = (column: string) => registerColumns.indexOf(column)
    cells[at('Location Name')] =
      '<table:table-cell office:value-type="string"><office:annotation><text:p>Not the name</text:p></office:annotation>' +
      '<text:p>The<text:s text:c="2"/>Old</text:p><text:p><text:span>Rectory</text:span></text:p></table:table-cell>'
    cells[at('Location HSCA start date')] =
      '<table:table-cell office:value-type="date" office:date-value="2010-10-01"><text:p>01/10/10</text:p></table:table-cell>'
    cells[at('Location Telephone Number')] =
      '<table:table-cell office:value-type="float" office:value="1632960001"><text:p>1.63E+09</text:p></table:table-cell>'
    const bands = at('Service user band - Children 0-18 years')
    const blank = '<table:table-cell table:number-columns-repeated="4"/>'
    const tail = '<table:table-cell/><table:table-cell table:number-columns-repeated="16262"/>'
    const row =
      cells.slice(0, bands).join('') +
      blank +
      '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>Y</text:p></table:table-cell>' +
      tail
    const content = [...odsContent([])].join('')
    const head = odsRow(registerColumns)
    const body = `${head}<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row>${row}</table:table-row>`
    const { rows } = await readAll(await write('register.ods', ods(content.replace(head, body))))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      row: 5,
      name: 'The Old Rectory',
      telephone: '1632960001',
      olderPeople: true,
      serviceTypes: ['nursing_home'],
    })
  })

  test('says what is not known where the file has no column for it', async () => {
    const columns = [
      'Location ID',
      'Location Name',
      'Location Local Authority',
      'Provider Name',
      'Service type - Shared Lives',
      'Service user band - Dementia',
    ]
    const plain = record({ 'Service type - Shared Lives': 'Y' })
    const dementia = record({ 'Location ID': '1-101615478', 'Service user band - Dementia': 'Y' })
    const { rows, source } = await readAll(
      await write('register.csv', csvLines(monthlyLines([plain, dementia], columns))),
    )
    expect(rows[0]).toMatchObject({
      dormant: null,
      adultSocialCare: null,
      olderPeople: null,
      serviceTypes: ['shared_lives'],
    })
    expect(rows[1]?.olderPeople).toBe(true)
    expect(source.absentColumns).toContain('Dormant (Y/N)')
  })

  test('names the column of a value that cannot be read', async () => {
    const odd = [record({ 'Dormant (Y/N)': 'maybe' }), record({ 'Location Name': 'x'.repeat(1_000_000) })]
    const { rows } = await readAll(await write('register.ods', monthlyOds(odd)))
    expect(rows[0]?.unreadable).toEqual([{ column: 'Dormant (Y/N)', problem: 'holds "maybe" instead of Y or N' }])
    expect(rows[1]?.unreadable).toEqual([{ column: 'Location Name', problem: 'is 1000000 characters long' }])
  })

  test('takes its date from the README sheet, as words or as a spreadsheet date, or else from its name', async () => {
    const readme = (cells: string) => `<row r="2">${cells}</row>`
    const words = readme('<c r="A2" t="inlineStr"><is><t>Data extracted on 1st October 2025</t></is></c>')
    const serial = readme('<c r="A2" t="inlineStr"><is><t>Date</t></is></c><c r="C2"><v>43936</v></c>')
    const other = readme('<c r="A2" t="inlineStr"><is><t>The Act came into force on 1 October 2010</t></is></c>')
    expect((await readAll(await write('a.xlsx', xlsx(lines, { readme: words })))).source.registerDate).toBe(
      '2025-10-01',
    )
    expect((await readAll(await write('a.xlsx', xlsx(lines, { readme: serial })))).source.registerDate).toBe(
      '2020-04-15',
    )
    const silent = await write('a.xlsx', xlsx(lines, { readme: other }))
    expect((await readAll(silent)).source).toMatchObject({ registerDate: null, registerDateFrom: null })
    expect((await readAll(silent, '01_February_2024_HSCA_Active_Locations.xlsx')).source).toMatchObject({
      registerDate: '2024-02-01',
      registerDateFrom: 'file_name',
    })
  })

  test('can be left before its end', async () => {
    const { rows, close } = await readRegister(await write('register.ods', monthlyOds(records)))
    for await (const row of rows) if (row.row > 3) break
    await expect(close()).resolves.toBeUndefined()
    const unread = await readRegister(await write('register.ods', monthlyOds(records)))
    await expect(unread.close()).resolves.toBeUndefined()
  })
})

describe('the weekly directory', () => {
  test('reads the 57 care homes of Trafford and the day they were listed', async () => {
    const { source, rows } = await readAll(trafford)
    expect(source).toMatchObject({
      kind: 'weekly',
      format: 'csv',
      headerRow: 5,
      registerDate: '2020-04-15',
      registerDateFrom: 'content',
    })
    expect(rows).toHaveLength(57)
    expect(new Set(rows.map(({ locationId }) => locationId)).size).toBe(57)
    expect(rows[0]).toMatchObject({
      row: 6,
      locationId: '1-112588858',
      name: 'Bickham House',
      serviceTypes: ['residential_care_home'],
      olderPeople: null,
      dormant: null,
    })
    expect(rows.filter(({ serviceTypes }) => serviceTypes.length === 2)).toHaveLength(1)
  })

  test('reads service types and specialisms', async () => {
    const header = [
      'Name',
      'Service types',
      'Specialisms/services',
      'Provider name',
      'Local authority',
      'CQC Location ID (for office use only)',
    ]
    const row = (types: string, specialisms: string) => [
      'Invented House',
      types,
      specialisms,
      'Invented',
      'Trafford',
      '1-101615477',
    ]
    const text = csvLines([
      header,
      row(
        'Homecare agencies|Extra care housing | Supported living|Shared lives|Dentist',
        'Caring for adults over 65 yrs|Dementia',
      ),
      row('Extra-care housing', 'Caring for children'),
    ])
    const { rows } = await readAll(await write('weekly.csv', text))
    expect(rows[0]).toMatchObject({
      serviceTypes: ['domiciliary_care', 'extra_care_housing', 'supported_living', 'shared_lives'],
      olderPeople: true,
    })
    expect(rows[1]).toMatchObject({ serviceTypes: ['extra_care_housing'], olderPeople: false })
  })
})

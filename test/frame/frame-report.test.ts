import { expect, test } from 'vitest'
import { readFrame } from '../../server/frame/import/read-frame.ts'
import { writeFrameReport } from '../../server/frame/templates/frame-report.ts'
import { csvLines, monthlyLines, record, useFolder } from './register-files.ts'

const write = useFolder()
const systems = [{ code: 'trafford', name: 'Trafford', region: 'North West', authorities: ['Trafford'] }]

test('the report says in plain words what is drawn, left out, not known and wrong, row by row', async () => {
  const rows = [
    record(),
    record({ 'Location ID': '1-101615478', 'Dormant (Y/N)': 'Y' }),
    record({ 'Location ID': '1-101615479', 'Dormant (Y/N)': '' }),
    record({ 'Location ID': '1-1' }),
    record({ 'Location ID': '1-101615480', 'Location Local Authority': 'Kent' }),
  ]
  const register = await write(
    'register.csv',
    csvLines([['This data was produced on 15 April 2020'], ...monthlyLines(rows)]),
  )
  const contacts = await write(
    'contacts.csv',
    'location_id,email,name\n1-101615477,a@invented.example,Ann\n1-999999999,nobody,Ben\n',
  )
  const frame = await readFrame({ register, contacts, systems, knownAuthorities: ['Kent', 'Trafford'] })
  const text = writeFrameReport(frame)
  expect(text).toContain('header in row 2')
  expect(text).toContain('Date of the register: 2020-04-15')
  expect(text).toMatch(
    /Rows read +5\n +Drawn +1\n +Left out +2\n +Not known +1\n +Wrong +1\n +Drawn, with a contact +1/,
  )
  expect(text).toMatch(/3 {2}1-101615477 +Invented House {2}Drawn\n/)
  expect(text).toMatch(/4 {2}1-101615478 +Invented House {2}Left out +Dormant\n/)
  expect(text).toMatch(/5 {2}1-101615479 +Invented House {2}Not known +Not known whether dormant\n/)
  expect(text).toMatch(/6 {2}1-1 +Invented House {2}Wrong +Not a Location ID \(1-1\)\n/)
  expect(text).toMatch(/contacts +3 {2}1-999999999 {2}"nobody" is not an email address\./)
  expect(text).toContain('Not listed: rows of authorities in no system, 1 in all.')
  expect(text).toMatch(/The frame cannot be written: see what is wrong\.$/)
  expect(writeFrameReport(frame, { allRows: true })).toMatch(
    /7 {2}1-101615480 .*Its authority is in no system \(Kent\)/,
  )
  expect(text.split('\n').every((line) => line === line.trimEnd())).toBe(true)
})

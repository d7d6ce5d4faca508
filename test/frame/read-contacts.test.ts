import { describe, expect, test } from 'vitest'
import { readContacts } from '../../server/frame/import/read-contacts.ts'
import { useFolder } from './register-files.ts'

const write = useFolder()
const read = async (content: string | Buffer) => readContacts(await write('contacts.csv', content))

describe('a contacts file', () => {
  test('is read with its columns in any order and case, any separator, with a byte order mark', async () => {
    const expected = [{ row: 2, locationId: '1-101615477', email: 'manager@invented.example', name: 'Ann Manager' }]
    expect(await read('location_id,email,name\n1-101615477,manager@invented.example,Ann Manager\n')).toEqual({
      contacts: expected,
      problems: [],
    })
    expect(
      (await read('\uFEFFName;EMAIL;Location ID\r\nAnn Manager; manager@invented.example ;1-101615477\r\n')).contacts,
    ).toEqual(expected)
  })

  test('says which columns it does not use', async () => {
    const { contacts, problems } = await read(
      'location_id,email,name,notes\n1-101615477,a@invented.example,Ann,rings back\n',
    )
    expect(contacts).toHaveLength(1)
    expect(problems).toMatchObject([{ kind: 'contact_extra_columns', severity: 'warning', row: 1 }])
  })

  test('may have an address with letters of any script', async () => {
    const { contacts, problems } = await read('location_id,email,name\n1-101615477,jürgen@exämple.example,Jürgen\n')
    expect(contacts).toMatchObject([{ email: 'jürgen@exämple.example' }])
    expect(problems).toEqual([])
  })

  test.each([
    ['no at sign', 'invented.example'],
    ['a second header', '"a@invented.example\nBcc: b@invented.example"'],
    ['two addresses', '"a@invented.example,b@invented.example"'],
    ['a display name', 'Ann <a@invented.example>'],
    ['a blank inside', 'a b@invented.example'],
    ['a control character', 'a\u0007@invented.example'],
    ['more than 254 characters', `${'a'.repeat(250)}@invented.example`],
    ['a domain of one label', 'a@localhost'],
  ])('has an address that is refused: %s', async (_, email) => {
    const { contacts, problems } = await read(`location_id,email,name\n1-101615477,${email},Ann\n`)
    expect(contacts).toEqual([])
    expect(problems).toMatchObject([
      { kind: 'contact_bad_address', severity: 'error', row: 2, locationId: '1-101615477', file: 'contacts' },
    ])
  })

  test('has rows that cannot be used, each named', async () => {
    const { contacts, problems } = await read(
      'location_id,email,name\n,a@invented.example,Ann\n\n1-101615478,,Ann\n1-101615479,a@invented.example,"Ann\nBcc: x"\n1-101615480,a@invented.example,Manager, Ann\n1-101615481,a@inv',
    )
    expect(contacts).toEqual([])
    expect(problems.map(({ kind, row, severity }) => [kind, row, severity])).toEqual([
      ['contact_unknown_location', 2, 'error'],
      ['contact_without_address', 4, 'warning'],
      ['contact_bad_name', 5, 'error'],
      ['row_too_wide', 6, 'error'],
      ['row_cut_short', 7, 'error'],
    ])
  })

  test.each([
    ['without a column', 'location_id,name\n', 'file_wrong_columns', /^Contacts file: Row 1 .*email is missing/],
    ['with a column twice', 'location_id,email,email,name\n', 'file_wrong_columns', /email is there twice/],
    ['that is empty', '', 'file_empty', /^Contacts file: The file is empty/],
    ['that is a spreadsheet', Buffer.from('504b03040000', 'hex'), 'file_not_csv', /Save it as csv/],
    ['that is binary', Buffer.from([65, 0, 66]), 'file_not_a_register', /Contacts file/],
    [
      'with an open quotation mark',
      'location_id,email,name\n"1-101615477,a@invented.example,Ann\n',
      'file_damaged',
      /quotation mark/,
    ],
  ])('%s is refused', async (_, content, code, message) => {
    await expect(read(content)).rejects.toMatchObject({
      status: 400,
      code,
      message: expect.stringMatching(message) as string,
    })
  })
})

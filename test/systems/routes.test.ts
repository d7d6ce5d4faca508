import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readSystemsFile, saveSystems } from '../../server/systems/import/systems-file.ts'
import { listSystems } from '../../server/systems/queries.ts'
import { testApp, type TestApp } from '../app.ts'
import { createSystem, signIn } from '../factories.ts'

let app: TestApp
beforeEach(() => {
  app = testApp()
})

const fileOf = async (text: string | Buffer) => {
  const file = join(await mkdtemp(join(tmpdir(), 'systems-')), 'systems.csv')
  await writeFile(file, text)
  return file
}
const importText = async (text: string | Buffer) =>
  saveSystems(app.db, await readSystemsFile(await fileOf(text)), { actor: 'command line', now: app.time.now })

describe('importing systems from a csv', () => {
  test('several authorities stand between semicolons; none means the name itself', async () => {
    const saved = await importText(
      'code,name,region,local_authorities\nnorthants,Northamptonshire,East Midlands,West Northamptonshire; North Northamptonshire\ntrafford,Trafford,North West,\n',
    )
    expect(saved).toEqual({ added: 2, changed: 0, unchanged: 0, warnings: [] })
    expect(listSystems(app.db).map(({ code, authorities }) => [code, authorities])).toEqual([
      ['northants', ['North Northamptonshire', 'West Northamptonshire']],
      ['trafford', ['Trafford']],
    ])
  })

  test('the same file again changes nothing, and a new name replaces the old under its code', async () => {
    const text = 'code,name,region\ntrafford,Trafford,North West\n'
    await importText(text)
    expect(await importText(text)).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
    expect(await importText(text.replace('Trafford', 'Trafford borough'))).toMatchObject({ changed: 1 })
    expect(listSystems(app.db)).toHaveLength(1)
  })

  test('an authority that no longer exists is a warning with its place, not an error', async () => {
    const { warnings } = await importText('code,name,region\ncumbria,Cumbria,North West\nx,York,Yorkshire\n')
    expect(warnings.map(({ row, column }) => [row, column])).toEqual([
      [2, 'local_authorities'],
      [3, 'region'],
    ])
  })

  test('one wrong row and nothing is imported; row, column and reason are said', async () => {
    const text =
      'code,name,region,local_authorities\ngood,York,Yorkshire and The Humber,\nbad code,Leeds,,\ngood,York again,North East,York;City of York\n'
    const error = await importText(text).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: 400, code: 'invalid_systems' })
    const { details } = error as { details: string[] }
    expect(details.map((line) => line.split(':')[0])).toEqual([
      'row 3, code',
      'row 3, region',
      'row 4, code',
      'row 4, local_authorities',
    ])
    expect(listSystems(app.db)).toEqual([])
  })

  test.each([
    ['an empty file', '', 'file_empty'],
    ['a header alone', 'code,name,region\n', 'file_no_rows'],
    ['a missing column', 'code,name\na,b\n', 'file_wrong_columns'],
    ['a column that does not belong', 'code,name,region,email\na,b,c,d\n', 'file_wrong_columns'],
    ['a quotation mark that is never closed', 'code,name,region\n"a,b,c\n', 'file_damaged'],
    ['a value beyond the last column', 'code,name,region\na,b,North West,d\n', 'invalid_systems'],
    ['not text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), 'file_not_a_register'],
  ])('%s is refused', async (_words, text, code) => {
    await expect(importText(text)).rejects.toMatchObject({ status: 400, code })
    expect(listSystems(app.db)).toEqual([])
  })
})

describe('systems over the API', () => {
  const york = { code: 'york', name: 'York', region: 'Yorkshire and The Humber' }

  test('an admin adds systems, and everyone signed in reads them', async () => {
    const answer = await signIn(app, 'admin')
      .post('/api/systems')
      .send({ systems: [york] })
    expect([answer.status, answer.body]).toMatchObject([200, { added: 1, warnings: [] }])
    const list = await signIn(app, 'analyst').get('/api/systems')
    expect(list.body).toMatchObject({ systems: [{ ...york, authorities: ['York'] }] })
  })

  test('a wrong system among good ones is refused with its place', async () => {
    const answer = await signIn(app, 'admin')
      .post('/api/systems')
      .send({ systems: [york, { code: 'x', name: '' }] })
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'invalid_systems' } }])
    expect(listSystems(app.db)).toEqual([])
  })

  test('a body that is no list is refused', async () => {
    const answer = await signIn(app, 'admin').post('/api/systems').send({ systems: 'york' })
    expect(answer.status).toBe(400)
  })

  test('signed out and other roles are refused', async () => {
    createSystem(app)
    expect((await app.request.get('/api/systems')).status).toBe(401)
    expect(
      (
        await app.request
          .post('/api/systems')
          .set('Origin', app.context.config.publicUrl)
          .send({ systems: [york] })
      ).status,
    ).toBe(401)
    expect(
      (
        await signIn(app, 'reviewer')
          .post('/api/systems')
          .send({ systems: [york] })
      ).status,
    ).toBe(403)
    expect(listSystems(app.db)).toHaveLength(1)
  })
})

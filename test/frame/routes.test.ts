import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { listFrameServices } from '../../server/frame/queries.ts'
import { testApp, type TestApp } from '../app.ts'
import { createCollection, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { auditEntriesOf } from '../stored/accounts.ts'

const register = await readFile(join(import.meta.dirname, '../fixtures/frame/cqc-directory-trafford-april-2020.csv'))
const contacts = 'location_id,email,name\n1-117040835,manager@example.org,Ann Example\n'

let app: TestApp
let admin: ReturnType<typeof signIn>
let id: string
beforeEach(async () => {
  app = testApp()
  app.context.config.dataDir = await mkdtemp(join(tmpdir(), 'frame-'))
  admin = signIn(app, 'admin')
  id = createCollection(app).id
})

const upload = (part: string, content: Buffer | string, name = part) =>
  admin
    .put(`/api/collections/${id}/uploads/${part}?name=${encodeURIComponent(name)}`)
    .set('Content-Type', 'application/octet-stream')
    .send(content)
const report = (acceptUnknown = false) =>
  admin.get(`/api/collections/${id}/frame/report?acceptUnknown=${acceptUnknown}`)
const draw = (body: object = { acceptUnknown: true }) => admin.post(`/api/collections/${id}/frame`).send(body)

describe('uploading and drawing', () => {
  test('the report says row by row what would be drawn, and writes nothing', async () => {
    expect((await upload('register', register, '15_April_2020_CQC_directory.csv')).body).toEqual({
      name: '15_April_2020_CQC_directory.csv',
      bytes: register.length,
    })
    await upload('contacts', contacts)
    const strict = await report()
    expect(strict.body).toMatchObject({
      blocked: true,
      rowsRead: 57,
      outcomes: { drawn: 0, not_known: 57 },
      source: { kind: 'weekly', headerRow: 5 },
    })
    const accepted = await report(true)
    expect(accepted.body).toMatchObject({
      blocked: false,
      outcomes: { drawn: 57 },
      withContact: 1,
      systems: [{ code: 'trafford', drawn: 57, withContact: 1 }],
      rowsElsewhere: 0,
    })
    expect((accepted.body as { rows: unknown[] }).rows).toHaveLength(57)
    expect(listFrameServices(app.db, id)).toEqual([])
  })

  test('drawing stores the services with their contacts and the date of the register, and forgets the uploads', async () => {
    await upload('register', register, 'C:\\files\\directory.csv')
    await upload('contacts', contacts)
    const answer = await draw()
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { services: 57, withContact: 1, registerDate: '2020-04-15', registerFile: 'directory.csv' },
    ])
    expect(listFrameServices(app.db, id).find(({ locationId }) => locationId === '1-117040835')).toMatchObject({
      name: 'Wyncourt Nursing Home',
      category: 'nursing_home',
      contactEmail: 'manager@example.org',
    })
    expect((await admin.get(`/api/collections/${id}`)).body).toMatchObject({
      frame: { services: 57, withContact: 1, registerDate: '2020-04-15', registerFile: 'directory.csv' },
    })
    expect(await readdir(join(app.context.config.dataDir, 'uploads'))).toEqual([])
    expect(auditEntriesOf(app.db, 'collection.frame')).toHaveLength(1)
  })

  test('a later frame takes the place of the earlier one while the collection is a draft', async () => {
    await upload('register', register)
    await draw()
    await upload('register', register)
    await upload('contacts', contacts)
    expect((await draw()).body).toMatchObject({ services: 57, withContact: 1 })
    expect(listFrameServices(app.db, id)).toHaveLength(57)
  })

  test('anything wrong in a file changes nothing: the earlier frame stays', async () => {
    await upload('register', register)
    await draw()
    await upload('register', register)
    await upload('contacts', 'location_id,email,name\n1-117040835,not an address,\n1-999999999,x@example.org,\n')
    const answer = await draw()
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'frame_blocked' } }])
    const { details } = (answer.body as { error: { details: { file: string; row: number; kind: string }[] } }).error
    expect(details.map(({ file, row, kind }) => [file, row, kind])).toEqual(
      expect.arrayContaining([
        ['contacts', 2, 'contact_bad_address'],
        ['contacts', 3, 'contact_unknown_location'],
      ]),
    )
    expect(listFrameServices(app.db, id)).toHaveLength(57)
  })

  test('what is not known is drawn only when it is accepted', async () => {
    await upload('register', register)
    expect((await draw({})).status).toBe(400)
    expect(listFrameServices(app.db, id)).toEqual([])
  })
})

describe('bad input', () => {
  test.each([
    ['a web page', '<!doctype html><html></html>', 'file_not_a_register'],
    ['another csv', 'a,b\n1,2\n', 'file_wrong_columns'],
    ['a truncated spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'file_damaged'],
  ])('%s is refused when it is read', async (_words, content, code) => {
    await upload('register', content)
    for (const answer of [await report(true), await draw()])
      expect([answer.status, answer.body]).toMatchObject([400, { error: { code } }])
    expect(listFrameServices(app.db, id)).toEqual([])
  })

  test('an empty upload is refused and leaves the earlier one', async () => {
    await upload('register', register)
    expect((await upload('register', '')).status).toBe(400)
    expect((await report(true)).status).toBe(200)
    expect((await readdir(join(app.context.config.dataDir, 'uploads', id))).sort()).toEqual([
      'register',
      'register.name',
    ])
  })

  test('more than 200 MB is refused before it is read', async () => {
    const answer = await admin
      .put(`/api/collections/${id}/uploads/register`)
      .set('Content-Type', 'application/octet-stream')
      .set('Content-Length', String(201 * 1024 ** 2))
      .send('x')
      .catch((error: unknown) => error)
    expect(answer instanceof Error || (answer as { status: number }).status === 413).toBe(true)
    expect(await readdir(app.context.config.dataDir)).not.toContain('uploads')
  })

  test('another type of content, another part, and a report without a register are refused', async () => {
    expect((await admin.put(`/api/collections/${id}/uploads/register`).send({ a: 1 })).status).toBe(415)
    expect((await upload('photographs', 'x')).status).toBe(400)
    expect((await report()).body).toMatchObject({ error: { code: 'no_register' } })
    expect((await admin.get(`/api/collections/${id}/frame/report?acceptUnknown=perhaps`)).status).toBe(400)
    expect((await draw({ registerDate: 'May' })).status).toBe(400)
  })

  test('a name that climbs out of its folder stays a name', async () => {
    await upload('register', register, '../../../etc/passwd')
    expect((await draw()).body).toMatchObject({ registerFile: 'passwd' })
  })
})

test('a collection that is open, and a cascade, take no frame', async () => {
  id = openPersonalCollection(app).collection.id
  expect((await upload('register', register)).body).toMatchObject({ error: { code: 'not_draft' } })
  expect((await draw()).status).toBe(409)
  id = openCascadeCollection(app).collection.id
  expect((await upload('register', register)).body).toMatchObject({ error: { code: 'not_personal' } })
})

test('signed out, not allowed, not there', async () => {
  const { publicUrl } = app.context.config
  const paths = [
    ['put', 'uploads/register'],
    ['get', 'frame/report'],
    ['post', 'frame'],
  ] as const
  const analyst = signIn(app, 'analyst')
  for (const [method, path] of paths) {
    const type = method === 'put' ? 'application/octet-stream' : 'application/json'
    const body = method === 'get' ? undefined : method === 'put' ? 'x' : {}
    const ask = (agent: typeof admin, of: string) =>
      agent[method](`/api/collections/${of}/${path}`).set('Content-Type', type).set('Origin', publicUrl).send(body)
    expect([
      (await ask(app.request, id)).status,
      (await ask(analyst, id)).status,
      (await ask(admin, 'none')).status,
    ]).toEqual([401, 403, 404])
  }
})

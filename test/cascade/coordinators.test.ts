import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { addCoordinatorCommands } from '../../server/cli/coordinators.ts'
import { testApp, type TestApp } from '../app.ts'
import { createSystem, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { storedCascadeLinks } from '../stored/collections.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  app = testApp()
  folder = await mkdtemp(join(tmpdir(), 'coordinators-'))
  app.context.config.dataDir = folder
})

const header = 'system,organisation,sector,name,email'
const good = `${header}\ntrafford,Trafford General,acute_hospital,"Jones, Ann",ann@example.org\ntrafford,Age Well,vcse,,bob@example.org\n`

function start() {
  const { collection } = openCascadeCollection(app)
  const admin = signIn(app, 'admin')
  const address = `/api/collections/${collection.id}/coordinators`
  const put = (content: string | Buffer, query = '') =>
    admin.put(`${address}${query}`).type('application/octet-stream').send(Buffer.from(content))
  const stored = () =>
    storedCascadeLinks(app.db)
      .filter(({ organisation }) => organisation !== null)
      .map(({ organisation, sector, coordinatorName: name, coordinatorEmail: email }) => ({
        organisation,
        sector,
        name,
        email,
      }))
  return { collection, admin, address, put, stored }
}

const both = [
  { organisation: 'Age Well', sector: 'vcse', name: null, email: 'bob@example.org' },
  { organisation: 'Trafford General', sector: 'acute_hospital', name: 'Jones, Ann', email: 'ann@example.org' },
]

describe('coordinators from a csv', () => {
  test('each organisation gets a link that works, beside the one of its system', async () => {
    const { put, stored, admin, address } = start()
    expect((await put(good).expect(200)).body).toEqual({ dryRun: false, added: 2, changed: 0, unchanged: 0 })
    expect(stored()).toEqual(both)
    const { links } = (await admin.get(address).expect(200)).body as { links: { url: string; organisation: string }[] }
    expect(links.map(({ organisation }) => organisation)).toEqual([null, 'Age Well', 'Trafford General'])
    expect(new Set(links.map(({ url }) => url)).size).toBe(3)
    for (const { url } of links) await app.request.get(new URL(url).pathname).expect(200)
    expect(await readdir(join(folder, 'uploads', address.split('/')[3]!))).toEqual([])
  })

  test('an address may have letters of any script, as everywhere', async () => {
    const { put, stored } = start()
    expect((await put(`${header}\ntrafford,Age Well,,Ann,ännchen@exämple.org\n`)).body).toMatchObject({ added: 1 })
    expect(stored()).toMatchObject([{ email: 'ännchen@exämple.org' }])
  })

  test('the same file again changes nothing; another coordinator keeps the link of the organisation', async () => {
    const { put, stored, admin, address } = start()
    await put(good)
    const urls = async () =>
      ((await admin.get(address)).body as { links: { url: string }[] }).links.map(({ url }) => url)
    const before = await urls()
    expect((await put(good)).body).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    const changed = await put(`${header}\nTRAFFORD,age  well,,Cat,cat@example.org\n`)
    expect(changed.body).toMatchObject({ added: 0, changed: 1 })
    expect(stored()[0]).toMatchObject({ name: 'Cat', email: 'cat@example.org' })
    expect(await urls()).toEqual(before)
  })

  test('a dry run says what would be made and stores nothing', async () => {
    const { put, stored } = start()
    expect((await put(good, '?dryRun=true')).body).toEqual({ dryRun: true, added: 2, changed: 0, unchanged: 0 })
    expect(stored()).toEqual([])
  })

  test.each([
    [
      'semicolons and CRLF',
      good
        .replace(/"Jones, Ann"/, 'Jones§ Ann')
        .replaceAll(',', ';')
        .replace('§', ',')
        .replaceAll('\n', '\r\n'),
    ],
    ['a byte order mark', `\uFEFF${good}`],
    ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le')],
    [
      'tabs',
      good
        .replace(/"Jones, Ann"/, 'Jones§ Ann')
        .replaceAll(',', '\t')
        .replace('§', ','),
    ],
  ])('reads a file with %s', async (_name, content) => {
    const { put, stored } = start()
    expect((await put(content)).body).toMatchObject({ added: 2 })
    expect(stored()).toEqual(both)
  })

  test('reads Windows-1252, as a spreadsheet saves it', async () => {
    const { put, stored } = start()
    await put(
      Buffer.from(`${header}\r\ntrafford,Café Élan – north,,Zoë,zoe@example.org\r\n`.replace('–', '\x96'), 'latin1'),
    )
    expect(stored()).toMatchObject([{ organisation: 'Café Élan – north', name: 'Zoë' }])
  })

  test('one wrong row keeps the whole file out, and every fault is named by row and column', async () => {
    const { put, stored } = start()
    const answer = await put(
      [
        header,
        'trafford,Good,,Ann,ann@example.org',
        'salford,Other,,Ann,ann@example.org',
        'trafford,,,Ann,ann@example.org',
        'trafford,Bad address,,Ann,ann@',
        'trafford,Injected,,Ann,"ann@example.org\nBcc: all@example.org"',
        'trafford,Quoted,,Ann,"""a b""@example.org"',
        'trafford,Unicode,,Ann,ännchen@exämple',
        'trafford,Broken name,,"Ann\nLee",ann@example.org',
        'trafford,Sector,space_travel,Ann,ann@example.org',
        'trafford,GOOD,,Ann,ann@example.org',
        'trafford,Comma,,Lee, Ann,ann@example.org',
        '',
      ].join('\n'),
    )
    expect(answer.status).toBe(400)
    const { message, details } = (answer.body as { error: { message: string; details: string[] } }).error
    expect(message).toBe('Nothing was imported: 10 problems.')
    expect(details.map((line) => line.split(':')[0])).toEqual([
      'row 3, system',
      'row 4, organisation',
      'row 5, email',
      'row 6, email',
      'row 7, email',
      'row 8, email',
      'row 9, name',
      'row 10, sector',
      'row 11, organisation',
      'row 12',
    ])
    expect(details[8]).toBe('row 11, organisation: "GOOD" is in row 2 already.')
    expect(stored()).toEqual([])
  })

  test.each([
    ['nothing', '', 'The file is empty.'],
    ['a header alone', `${header}\n`, 'There is no coordinator below the header.'],
    ['no e-mail column', 'system,organisation,sector,name\na,b,c,d\n', 'the column "email" is missing'],
    ['too many rows', `${header}\n${'trafford,A,,,a@example.org\n'.repeat(5001)}`, 'more than 5,000 rows'],
    ['a strange column', `${header},fax\na,b,c,d,e,f\n`, 'the column "fax" is not expected here'],
    ['an open quotation', `${header}\ntrafford,"Open,,,a@example.org\n`, 'a quotation mark is opened and never closed'],
  ])('says what is wrong with a file that holds %s', async (_name, content, words) => {
    const { put } = start()
    const answer = await put(content)
    expect(answer.status).toBe(400)
    expect((answer.body as { error: { message: string } }).error.message).toContain(words)
  })

  test('is refused for a personal collection, a closed one, one that is not there, and anyone but an admin', async () => {
    const { admin, put, collection, address } = start()
    const send = (id: string) =>
      admin.put(`/api/collections/${id}/coordinators`).type('application/octet-stream').send(Buffer.from(good))
    await send(openPersonalCollection(app).collection.id).expect(409)
    await send('nowhere').expect(404)
    await admin.put(address).send({}).expect(415)
    await admin.post(`/api/collections/${collection.id}/close`).expect(200)
    await put(good).expect(409)
    const analyst = signIn(app, 'analyst')
    await analyst.get(address).expect(403)
    await analyst.put(address).type('application/octet-stream').send(Buffer.from(good)).expect(403)
    await analyst.post(`${address}/messages`).send({}).expect(403)
    await app.request.get(address).expect(401)
  })
})

async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addCoordinatorCommands(program, () => app.context)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(['coordinators', ...args], { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

test('the command line imports, lists and queues as the pages do', async () => {
  createSystem(app)
  const { collection } = openCascadeCollection(app)
  const file = join(folder, 'list.csv')
  await writeFile(file, good)
  expect(await run('import', collection.name, file, '--dry-run')).toContain('2 added')
  expect(JSON.parse(await run('import', collection.name, file, '--json'))).toMatchObject({ added: 2 })
  expect(await run('list', collection.id)).toMatch(/Age Well\s+bob@example.org.*\/s\/[0-9A-Z]{5}-[0-9A-Z]{5}/)
  expect(await run('send', collection.id)).toContain('2 queued, 1 left out.')
  expect(await run('send', collection.id)).toContain('0 queued, 3 left out.')
  await expect(run('import', collection.id, join(folder, 'absent.csv'))).rejects.toThrow('cannot be opened')
})

describe('messages to coordinators', () => {
  test('go once to each address, and again where the address was corrected', async () => {
    const { put, admin, address } = start()
    await put(good)
    const send = async (dryRun = false) =>
      (await admin.post(`${address}/messages`).send({ dryRun }).expect(200)).body as {
        queued: { recipient: string }[]
        leftOut: { organisation: string | null; reason: string }[]
      }
    expect((await send(true)).queued.map(({ recipient }) => recipient)).toEqual(['bob@example.org', 'ann@example.org'])
    const first = await send()
    expect(first.queued).toHaveLength(2)
    expect(first.leftOut).toMatchObject([{ organisation: null, reason: 'It has no coordinator.' }])
    expect((await send()).queued).toEqual([])
    await put(`${header}\ntrafford,Age Well,vcse,,new@example.org\n`)
    expect((await send()).queued).toMatchObject([{ recipient: 'new@example.org' }])
  })

  test('are refused once the last day has passed', async () => {
    const { put, address } = start()
    await put(good)
    app.time.now = new Date('2026-06-26T22:59:59Z')
    const late = signIn(app, 'admin')
    await late.post(`${address}/messages`).send({}).expect(200)
    app.time.now = new Date('2026-06-26T23:00:00Z')
    await late.post(`${address}/messages`).send({}).expect(409)
  })
})

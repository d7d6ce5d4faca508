import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import PostalMime from 'postal-mime'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { addCollectionCommands } from '../../server/cli/collections.ts'
import { addFrameCommands } from '../../server/cli/frame.ts'
import { createMailer } from '../../server/outbox/mailer.ts'
import { listFrameServices } from '../../server/frame/queries.ts'
import { testApp, type TestApp } from '../app.ts'
import { changeCascadeLinks } from '../stored/collections.ts'

const register = join(import.meta.dirname, '../fixtures/frame/cqc-directory-trafford-april-2020.csv')

let app: TestApp
let folder: string
beforeEach(async () => {
  app = testApp()
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
  app.context.config.dataDir = folder
})

/** Runs one command line; what it printed. Throws what the command throws. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  const context = { ...app.context, mailer: createMailer({ smtpUrl: undefined, dataDir: folder }) }
  addFrameCommands(program, () => context)
  addCollectionCommands(program, () => context)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(args, { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

const json = async <T>(...args: string[]) => JSON.parse(await run(...args, '--json')) as T
const file = async (name: string, text: string) => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

async function prepared() {
  await run(
    'systems',
    'import',
    await file('systems.csv', 'code,name,region,local_authorities\ntrafford,Trafford,North West,\n'),
  )
  const ids = [
    ...new Set(
      (await json<{ rows: { locationId: string }[] }>('frame', 'read', register)).rows.map(
        ({ locationId }) => locationId,
      ),
    ),
  ]
  return file(
    'contacts.csv',
    `location_id,email,name\n${ids.map((id, index) => `${id},manager${index}@example.org,`).join('\n')}\n`,
  )
}

const create = (...more: string[]) =>
  run(
    'collection',
    'create',
    '--name',
    'Trafford',
    '--question-set',
    'discharge-information-flow',
    '--mode',
    'personal',
    '--systems',
    'trafford',
    '--opens',
    '2026-06-01',
    '--closes',
    '2026-06-26',
    ...more,
  )

describe('from the register to the messages', () => {
  test('57 real care homes become 57 messages, each with its own link', async () => {
    const contacts = await prepared()
    expect(await create()).toMatch(/^[a-z0-9]{20}\nTrafford: a draft on discharge-information-flow version 1/)
    await expect(run('collection', 'frame', 'Trafford', register, '--contacts', contacts)).rejects.toMatchObject({
      code: 'frame_blocked',
    })
    expect(
      await run('collection', 'frame', 'Trafford', register, '--contacts', contacts, '--accept-unknown'),
    ).toContain('Trafford: 57 services in the frame, 57 with a contact.')
    await run('collection', 'open', 'Trafford')
    expect(await json('invitations', 'send', 'Trafford', '--dry-run')).toMatchObject({ dryRun: true, leftOut: [] })
    expect(await run('invitations', 'send', 'Trafford')).toContain('57 queued, 0 left out.')
    expect(await json('outbox', 'send')).toEqual({ sent: 57, standing: { sent: 57 } })
    const files = await readdir(join(folder, 'outbox'))
    expect(files).toHaveLength(57)
    const mails = await Promise.all(
      files.map(async (name) => PostalMime.parse(await readFile(join(folder, 'outbox', name)))),
    )
    const links = new Set(mails.map(({ text }) => /http:\/\/127\.0\.0\.1:3000\/r\/([\w-]{32})\n/.exec(text ?? '')?.[1]))
    expect(links.size).toBe(57)
    expect(links).not.toContain(undefined)
    expect(await run('collection', 'progress', 'Trafford')).toMatch(/All +hidden +hidden/)
    expect(await run('collection', 'progress', 'Trafford', '--all')).toMatch(/All +57 +57 +0 +0 +0/)
    expect(await run('collection', 'progress', 'Trafford', '--all', '--csv', 'days')).toMatch(
      /^collection,day,handed_over.*\r\nTrafford,2026-06-01,57,0,0,0,0,/,
    )
    expect(await run('collection', 'close', 'Trafford')).toBe('Trafford is closed.\n')
    expect(await run('collection', 'list')).toContain('closed')
  })

  test('a wrong contacts file is reported with its place and changes nothing', async () => {
    await prepared()
    await create()
    const contacts = await file('wrong.csv', 'location_id,email,name\n1-999999999,a@example.org,\n')
    await expect(
      run('collection', 'frame', 'Trafford', register, '--contacts', contacts, '--accept-unknown'),
    ).rejects.toMatchObject({ code: 'frame_blocked' })
    const { id } = (await json<{ collections: { id: string }[] }>('collection', 'list')).collections[0]!
    expect(listFrameServices(app.db, id)).toEqual([])
  })
})

describe('what is typed wrongly', () => {
  test('options of a new collection are named', async () => {
    await prepared()
    const error: unknown = await create('--k', 'ten', '--retain-until', '2026-01-01').catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'bad_collection', details: [expect.stringContaining('--k:')] })
    await expect(create('--retain-until', '2026-01-01')).rejects.toMatchObject({
      details: ['--retain-until: must be after the close'],
    })
  })

  test('a name that no collection or several have is refused', async () => {
    await prepared()
    await expect(run('collection', 'open', 'Trafford')).rejects.toMatchObject({ status: 404 })
    await create()
    await create()
    await expect(run('collection', 'open', 'Trafford')).rejects.toMatchObject({ code: 'ambiguous_collection' })
  })

  test('a file that is not there is an error that a person can read', async () => {
    await expect(run('systems', 'import', join(folder, 'none.csv'))).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('cannot be opened') as string,
    })
    await expect(run('frame', 'read', join(folder, 'none.csv'))).rejects.toMatchObject({ status: 400 })
  })
})

test('a cascade gets a link for each system when it opens', async () => {
  await prepared()
  await run(
    'collection',
    'create',
    '--name',
    'Audit',
    '--question-set',
    'relational-audit',
    '--mode',
    'cascade',
    '--systems',
    'trafford',
    '--opens',
    '2026-06-01',
    '--closes',
    '2026-06-26',
  )
  expect(await run('links', 'Audit')).toContain('no links')
  await run('collection', 'open', 'Audit')
  expect(await run('links', 'Audit')).toMatch(
    /^trafford\tTrafford\tany organisation\thttp:\/\/127\.0\.0\.1:3000\/c\/[\w-]{32}\n$/,
  )
  changeCascadeLinks(app.db, { withdrawnAt: '2026-06-01' })
  expect(await run('links', 'Audit')).toBe('trafford\tTrafford\tany organisation\twithdrawn\n')
})

test('retention: a dry run says which, and the run deletes', async () => {
  await prepared()
  await create('--retain-until', '2026-07-01')
  expect(await run('retention', 'run')).toBe('No retention has ended.\n')
  app.time.now = new Date('2026-07-02T00:00:00Z')
  expect(await run('retention', 'run', '--dry-run')).toContain('Trafford: would be cut off')
  expect(await json('retention', 'run')).toMatchObject({ ended: [{ name: 'Trafford' }] })
  expect(await run('retention', 'run')).toBe('No retention has ended.\n')
})

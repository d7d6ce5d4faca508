import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Command } from 'commander'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { addCollectionCommands } from '../../server/cli/collections.ts'
import { addResponseCommands } from '../../server/cli/responses.ts'
import { addResultCommands } from '../../server/cli/results.ts'
import { openDatabase } from '../../server/db/open.ts'
import { resultsSchema } from '../../server/results/schema.ts'
import { takeSnapshot } from '../../server/results/queries/taking.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection, signIn } from '../factories.ts'
import { flow, publishEdited } from '../question-sets/drafts/draft-api.ts'
import { push } from '../question-sets/rules/edit-question-set.ts'
import { closedCollection, who } from './closed-collection.ts'
import { figure, sixOfTwentyTwo } from './released.ts'

describe('an imported collection', () => {
  const folders: string[] = []
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

  /** A copy of the app's database on disk, and what the server and the command line have of it. */
  async function installed(app: TestApp) {
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
    folders.push(folder)
    await app.db.$client.backup(join(folder, 'footbridge.sqlite'))
    const db = openDatabase(join(folder, 'footbridge.sqlite'))
    onTestFinished(() => void db.$client.close())
    return { folder, app: { ...app, db, context: { ...app.context, db } } }
  }

  /** Runs one command line in this process; what it printed. Throws what the command throws. */
  async function cli({ context }: TestApp, ...args: string[]): Promise<string> {
    const program = new Command().exitOverride()
    addCollectionCommands(program, () => context)
    addResponseCommands(program, () => context)
    addResultCommands(program, () => context)
    let printed = ''
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
    try {
      await program.parseAsync(args, { from: 'user' })
    } finally {
      write.mockRestore()
    }
    return printed
  }

  test('has its interval on the command line and in the API alike', async () => {
    const began = testApp()
    const { collection, invitations } = openPersonalCollection(began, { services: 60 })
    const { app, folder } = await installed(began)
    const rows = sixOfTwentyTwo.map(
      (summary, place) => `trafford,${invitations[place]!.service.locationId},yes,${summary}`,
    )
    writeFileSync(
      join(folder, 'returns.csv'),
      ['system,location_id,older_people_discharged,summary_received', ...rows].join('\n'),
    )
    await cli(app, 'responses', 'import', 'Review', join(folder, 'returns.csv'))
    await cli(app, 'collection', 'close', 'Review')
    await cli(app, 'snapshot', 'take', 'Review')
    await cli(app, 'snapshot', 'release', 'Review')

    const api = signIn(app, 'admin')
    // As a person runs it, in a process of its own.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['server/cli.ts', 'results', 'Review', '--breakdown', 'setting', '--format', 'json'],
      { env: { DATA_DIR: folder, LOG_LEVEL: 'silent' } },
    )
    const results = resultsSchema.parse(JSON.parse(stdout))
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({
      base: 22,
      count: 6,
      percent: 27.3,
      low: 15.2,
      high: 43.9,
      population: 60,
    })
    const address = `/api/collections/${collection.id}/results?breakdown=setting`
    expect((await api.get(address)).body).toEqual(results)
    const text = await cli(app, 'results', 'Review', '--cross')
    expect(text).toMatch(/All responses +27 +15 to 44 +6 +22 /)
    expect(text).toContain('The intervals assume')
  })

  test('is counted under a later version by its number', async () => {
    const app = testApp()
    const { collection } = closedCollection(app)
    const many = { id: 'many', label: 'Many came', variable: 'discharge_count', counts: ['twenty_or_more'] }
    await publishEdited(app, flow, push('plan/indicators', many))
    const { app: beside } = await installed(app)
    const taken: unknown = JSON.parse(await cli(beside, 'snapshot', 'take', 'Review', '--version', '2', '--json'))
    const same = takeSnapshot(app.db, collection.id, { ...who(app), version: 2 })
    expect(taken).toMatchObject({ version: 2, responses: 30, sha256: same.sha256 })
    expect(await cli(beside, 'snapshot', 'list', 'Review')).toMatch(/ version 2 {2}30 responses /)
    expect(await cli(beside, 'snapshot', 'verify', 'Review')).toContain('the same, taken again')
    await cli(beside, 'snapshot', 'release', 'Review')
    const text = await cli(beside, 'results', 'Review')
    expect(text).toContain('discharge-information-flow, version 2')
    expect(text).toContain('Many came (discharge_count)')
    const refused = (version: string) => expect(cli(beside, 'snapshot', 'take', 'Review', '--version', version)).rejects
    await refused('3').toThrow("Give the collection's version, 1, or a later published one.")
    await refused('two').toMatchObject({ details: [expect.stringContaining('--version: ')] })
  })
})

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../server/db/open.ts'
import { resultsSchema } from '../../server/results/schema.ts'
import { takeSnapshot } from '../../server/results/queries/taking.ts'
import { testApp } from '../app.ts'
import { openPersonalCollection, signIn } from '../factories.ts'
import { flow, publishEdited } from '../question-sets/drafts/draft-api.ts'
import { push } from '../question-sets/rules/edit-question-set.ts'
import { closedCollection, who } from './closed-collection.ts'
import { figure, sixOfTwentyTwo } from './released.ts'

describe('an imported collection', () => {
  const folders: string[] = []
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

  async function cli(dataDir: string, ...args: string[]) {
    const { stdout } = await promisify(execFile)(process.execPath, ['server/cli.ts', ...args], {
      env: { DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    })
    return stdout
  }

  test('has its interval on the command line and in the API alike', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 60 })
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
    folders.push(folder)
    await app.db.$client.backup(join(folder, 'footbridge.sqlite'))
    const rows = sixOfTwentyTwo.map(
      (summary, place) => `trafford,${invitations[place]!.service.locationId},yes,${summary}`,
    )
    writeFileSync(
      join(folder, 'returns.csv'),
      ['system,location_id,older_people_discharged,summary_received', ...rows].join('\n'),
    )
    await cli(folder, 'responses', 'import', 'Review', join(folder, 'returns.csv'))
    await cli(folder, 'collection', 'close', 'Review')
    await cli(folder, 'snapshot', 'take', 'Review')
    await cli(folder, 'snapshot', 'release', 'Review')

    const db = openDatabase(join(folder, 'footbridge.sqlite'))
    const api = signIn({ ...app, db, context: { ...app.context, db } }, 'admin')
    const results = resultsSchema.parse(
      JSON.parse(await cli(folder, 'results', 'Review', '--breakdown', 'setting', '--format', 'json')),
    )
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
    const text = await cli(folder, 'results', 'Review', '--cross')
    expect(text).toMatch(/All responses +27 +15 to 44 +6 +22 /)
    expect(text).toContain('The intervals assume')
    db.$client.close()
  }, 120_000)

  test('is counted under a later version by its number', async () => {
    const app = testApp()
    const { collection } = closedCollection(app)
    const many = { id: 'many', label: 'Many came', variable: 'discharge_count', counts: ['twenty_or_more'] }
    await publishEdited(app, flow, push('plan/indicators', many))
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
    folders.push(folder)
    await app.db.$client.backup(join(folder, 'footbridge.sqlite'))
    const taken: unknown = JSON.parse(await cli(folder, 'snapshot', 'take', 'Review', '--version', '2', '--json'))
    const same = takeSnapshot(app.db, collection.id, { ...who(app), version: 2 })
    expect(taken).toMatchObject({ version: 2, responses: 30, sha256: same.sha256 })
    expect(await cli(folder, 'snapshot', 'list', 'Review')).toMatch(/ version 2 {2}30 responses /)
    expect(await cli(folder, 'snapshot', 'verify', 'Review')).toContain('the same, taken again')
    await cli(folder, 'snapshot', 'release', 'Review')
    const text = await cli(folder, 'results', 'Review')
    expect(text).toContain('discharge-information-flow, version 2')
    expect(text).toContain('Many came (discharge_count)')
    const refused = (version: string) => expect(cli(folder, 'snapshot', 'take', 'Review', '--version', version)).rejects
    await refused('3').toThrow("Give the collection's version, 1, or a later published one.")
    await refused('two').toThrow('--version: ')
  }, 120_000)
})

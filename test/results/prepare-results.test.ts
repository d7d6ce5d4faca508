import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { openDatabase } from '../../server/db/open.ts'
import { listSnapshotsToPrepare } from '../../server/results/queries/published.ts'
import { releaseSnapshot } from '../../server/results/queries/release.ts'
import { takeSnapshot } from '../../server/results/queries/taking.ts'
import { publish } from '../../server/results/rules/publish.ts'
import { startResultsWorker } from '../../server/results/worker.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection } from '../factories.ts'
import { until } from '../until.ts'
import { who } from './closed-collection.ts'

vi.mock(import('../../server/results/rules/publish.ts'), { spy: true })

const idsToPrepare = (app: TestApp) => listSnapshotsToPrepare(app.db).map(({ id }) => id)

it('prepares the newest released snapshot of a closed collection and what was taken after it', () => {
  const app = testApp()
  const { collection } = openCascadeCollection(app, { questionSet: 'relational-audit' })
  const take = () => {
    app.time.now = new Date(app.time.now.getTime() + 60_000)
    return takeSnapshot(app.db, collection.id, who(app)).id
  }
  take()
  expect(idsToPrepare(app), 'nobody can release it while people answer').toEqual([])
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  closeCollection(app.db, collection.id, who(app))
  const [second, third] = [take(), take()]
  expect(idsToPrepare(app)).toEqual([third, second])
  releaseSnapshot(app.db, collection.id, second, who(app))
  releaseSnapshot(app.db, collection.id, third, who(app))
  const fourth = take()
  expect(idsToPrepare(app)).toEqual([fourth, third])
})

it('works out what was taken before it started, and what another process takes while it runs', async () => {
  const app = testApp()
  const collections = ['First', 'Second'].map((name) => {
    const { collection } = openCascadeCollection(app, { name, questionSet: 'relational-audit' })
    closeCollection(app.db, collection.id, who(app))
    return collection.id
  })
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-results-'))
  const path = join(folder, 'footbridge.db')
  await app.db.$client.backup(path)
  const [server, beside] = [openDatabase(path), openDatabase(path)]
  let worker: ReturnType<typeof startResultsWorker> | undefined
  onTestFinished(() => {
    worker?.stop()
    server.$client.close()
    beside.$client.close()
    rmSync(folder, { recursive: true })
  })
  // The first before the server starts, the second beside it.
  for (const id of collections) {
    const before = vi.mocked(publish).mock.calls.length
    takeSnapshot(beside, id, who(app))
    worker ??= startResultsWorker({ db: server, log: app.context.log })
    await until(() => expect(publish).toHaveBeenCalledTimes(before + 1))
    releaseSnapshot(beside, id, undefined, who(app))
    expect(publish, 'the release finds it worked out').toHaveBeenCalledTimes(before + 1)
  }
})

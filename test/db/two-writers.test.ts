import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { migrateDatabase, openDatabase } from '../../server/db/open.ts'
import { saveSystems } from '../../server/systems/import/systems-file.ts'
import { storedAuditLog } from '../stored/accounts.ts'

const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const rounds = 300
/** Writes from a connection of its own, as the command line does beside the server, until it is told to stop. */
const other = `
  const { parentPort, workerData } = require('node:worker_threads')
  const db = new (require('better-sqlite3'))(workerData)
  db.pragma('busy_timeout = 5000')
  let written = 0
  const write = () => {
    db.prepare("insert into audit_log (at, actor, action, subject) values ('', 'other', 'test', 'test')").run()
    written += 1
    setImmediate(write)
  }
  parentPort.once('message', () => { parentPort.postMessage(written); db.close(); process.exit() })
  write()
  parentPort.postMessage('writing')
`

test('what reads before it writes waits for another process that writes in between', async () => {
  const path = join(folder, 'footbridge.sqlite')
  const db = openDatabase(path)
  migrateDatabase(db)
  const worker = new Worker(other, { eval: true, workerData: path })
  await new Promise((resolve) => worker.once('message', resolve))
  for (let round = 1; round <= rounds; round += 1) {
    const system = {
      row: 2,
      value: { code: 'one', name: `System ${round}`, region: 'South West', authorities: ['Devon'] },
    }
    saveSystems(db, [system], { actor: 'admin@example.org', now: new Date('2026-06-01T09:00:00Z') })
  }
  const written = await new Promise<number>((resolve) => {
    worker.once('message', resolve)
    worker.postMessage('stop')
  })
  const by = Object.groupBy(storedAuditLog(db), ({ actor }) => actor)
  expect(written).toBeGreaterThan(0)
  expect(Object.keys(by).sort()).toEqual(['admin@example.org', 'other'])
  expect([by['admin@example.org']?.length, by['other']?.length]).toEqual([rounds, written])
  db.$client.close()
})

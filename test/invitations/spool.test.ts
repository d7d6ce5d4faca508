import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { endRetention } from '../../server/retention/worker.ts'
import { startSpoolWorker, workOffSpool } from '../../server/invitations/import/spool.ts'
import { testApp, type TestApp } from '../app.ts'
import { handedOver, reportOn } from '../delivery-reports/reported.ts'
import { storedDeliveryReports } from '../stored/messages.ts'
import { until } from '../until.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  app = testApp()
  app.context.config.dataDir = await mkdtemp(join(tmpdir(), 'spool-'))
  folder = join(app.context.config.dataDir, 'bounces')
  await mkdir(folder)
})
afterEach(() => rm(app.context.config.dataDir, { recursive: true }))

const verdicts = () => storedDeliveryReports(app.db).map(({ verdict }) => verdict)

async function put(name: string, text: string, secondsAgo = 60): Promise<void> {
  const then = new Date(Date.now() - secondsAgo * 1000)
  await writeFile(join(folder, name), text)
  await utimes(join(folder, name), then, then)
}

test('what is understood is taken in and deleted; what is not is set aside for thirty days', async () => {
  const { message } = await handedOver(app)
  await put('1.eml', reportOn(app, message, 'postfix--unknown-user--hard'))
  await put('2.eml', 'no e-mail at all')
  expect(await workOffSpool(app.context)).toBe(2)
  expect(verdicts().sort()).toEqual(['hard', 'not_understood'])
  expect(await readdir(folder)).toEqual(['set-aside'])
  const [aside] = await readdir(join(folder, 'set-aside'))
  const long = new Date(Date.now() - 31 * 24 * 3600_000)
  await utimes(join(folder, 'set-aside', aside!), long, long)
  await workOffSpool(app.context)
  expect(await readdir(join(folder, 'set-aside'))).toEqual([])
})

test('a complaint that names no message waits for a person; one that does is heeded and deleted', async () => {
  const { message } = await handedOver(app)
  const lost = { returnPath: 'surveys@example.net', messageId: 'guess@127.0.0.1' }
  await put('1.eml', reportOn(app, message, 'feedback--abuse--complaint', lost))
  await put('2.eml', reportOn(app, message, 'feedback--opt-out--complaint'))
  expect(await workOffSpool(app.context)).toBe(2)
  expect(verdicts()).toEqual(['complaint', 'complaint'])
  expect(await readdir(join(folder, 'set-aside'))).toHaveLength(1)
})

test('what is set aside is gone with the end of a retention', async () => {
  const { collection } = await handedOver(app)
  await put('1.eml', 'To: manager1@example.org\n\nno report')
  await workOffSpool(app.context)
  expect(await readdir(join(folder, 'set-aside'))).toHaveLength(1)
  closeCollection(app.db, collection.id, { actor: 'a', now: app.time.now })
  app.time.now = new Date('2027-06-27T00:00:00Z')
  await endRetention(app.context, 'retention')
  expect(await readdir(folder)).toEqual([])
})

test('a file that may still be growing waits; links, folders and other names are left alone', async () => {
  await put('growing.eml', 'x', 0)
  await put('.hidden.eml', 'x')
  await put('note.txt', 'x')
  await mkdir(join(folder, 'folder.eml'))
  await symlink('/etc/hostname', join(folder, 'link.eml'))
  expect(await workOffSpool(app.context)).toBe(0)
  expect(await readdir(folder)).toHaveLength(5)
})

test('stopped between taking in and deleting, a file is known at the next start', async () => {
  const { message } = await handedOver(app)
  const text = reportOn(app, message, 'gmail--over-quota--soft')
  await put('1.eml', text)
  await workOffSpool(app.context)
  await put('1.eml', text)
  expect(await workOffSpool(app.context)).toBe(1)
  expect(verdicts()).toEqual(['soft'])
  expect(await readdir(folder)).toEqual([])
})

test('the worker of a running server looks into the folder', async () => {
  const { message } = await handedOver(app)
  await put('1.eml', reportOn(app, message, 'postfix--unknown-user--hard'))
  const worker = startSpoolWorker(app.context)
  await until(() => expect(verdicts()).toEqual(['hard']))
  await worker.stop()
})

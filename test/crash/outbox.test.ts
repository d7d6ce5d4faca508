import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../scripts/demo/random.ts'
import { openScratchCollection, openScratchContext, openScratchSession } from '../bench/scratch-collection.ts'
import { freePort, startServer, type ServerProcess } from '../bench/server-process.ts'
import { startSink, type Sink } from '../bench/smtp-sink.ts'
import {
  countEvents,
  countMailings,
  countMessages,
  countMessagesThatAreNot,
  withStored,
} from '../browser/stored-on-disk.ts'
import { compileCache } from '../compile-cache.ts'

const recipients = 1500
const killsWhileQueueing = 7
const killsWhileSending = 13
const random = seededRandom(20_261_122)
/** Milliseconds; for what never comes: a busy machine may take many times as long as an idle one. */
const patience = 5 * 60_000

let folder: string
let sink: Sink
let server: ServerProcess | undefined
let port: number
let collectionId: string
let cookie: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-outbox-'))
  sink = await startSink()
  port = await freePort()
  const context = openScratchContext(folder)
  collectionId = openScratchCollection(context, recipients).id
  cookie = openScratchSession(context)
  context.db.$client.close()
})
afterAll(async () => {
  await server?.kill()
  await sink.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = async () => (server = await startServer(folder, port, [], { ...compileCache, SMTP_URL: sink.url }))

/** So many moments in the first part of what there is to do, in their order. */
const moments = (count: number, part: number) =>
  Array.from({ length: count }, () => Math.floor(random() * recipients * part)).sort((a, b) => a - b)

/** Asks for the invitations as the console does. The answer is lost where the server is killed before. */
const askForInvitations = (running: ServerProcess) =>
  fetch(`${running.url}/api/collections/${collectionId}/invitations`, {
    method: 'POST',
    headers: { cookie, origin: running.url, 'content-type': 'application/json' },
    body: '{}',
  }).then(
    (answer) => answer.status,
    () => undefined,
  )

/** Kills the server at random moments of the queueing. Every other time nobody asks again: it goes on by itself. Returns how many kills cut it short. */
async function killWhileQueueing(): Promise<number> {
  let cutShort = 0
  for (const [index, moment] of moments(killsWhileQueueing, 0.8).entries()) {
    const running = await start()
    if (index % 2 === 0) void askForInvitations(running)
    await withStored(folder, (db) =>
      expect.poll(() => countMessages(db), { timeout: patience, interval: 1 }).toBeGreaterThan(moment),
    )
    // Into the next page.
    await sleep(random() * 15)
    await running.kill()
    const left = recipients - (await withStored(folder, countMessages))
    if (left > 0) cutShort += 1
  }
  return cutShort
}

/** Kills the server at random moments of the sending and starts it again, then lets it finish. */
async function killWhileSending(): Promise<void> {
  let running = await start()
  for (const moment of moments(killsWhileSending, 0.95)) {
    await expect.poll(() => sink.recipients.size, { timeout: patience, interval: 2 }).toBeGreaterThanOrEqual(moment)
    await sleep(random() * 30)
    await running.kill()
    running = await start()
  }
  await expect.poll(() => sink.recipients.size, { timeout: patience, interval: 50 }).toBe(recipients)
  // What was interrupted goes once more.
  await withStored(folder, (db) =>
    expect.poll(() => countMessagesThatAreNot(db, 'sent'), { timeout: patience }).toBe(0),
  )
  await running.stop()
}

describe('a server that is killed again and again while it queues invitations for 1,500 people, and while it sends them', () => {
  it('loses nobody, and a second message has the Message-ID of the first', async () => {
    const cutShort = await killWhileQueueing()
    expect(cutShort, 'the kills met a queue that was complete').toBeGreaterThan(killsWhileQueueing / 2)
    await killWhileSending()
    expect(sink.recipients.size).toBe(recipients)
    const differing = [...sink.recipients].filter(([, messageIds]) => new Set(messageIds).size > 1)
    expect(differing).toEqual([])
    const twice = [...sink.recipients.values()].filter((messageIds) => messageIds.length > 1).length
    // What is on its way at a kill, one message to each connection, may come again.
    expect(twice).toBeLessThanOrEqual((killsWhileQueueing + killsWhileSending) * 8)
    const { db } = openScratchContext(folder)
    expect([countMessages(db), countMessagesThatAreNot(db, 'sent')]).toEqual([recipients, 0])
    expect(countMailings(db, 'invitation')).toEqual({ all: 1, open: 0 })
    expect(countEvents(db, 'sending was interrupted'), 'the kills met nothing').toBeGreaterThan(killsWhileSending)
    expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
    db.$client.close()
  })
})

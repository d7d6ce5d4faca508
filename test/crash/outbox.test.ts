import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../scripts/demo/random.ts'
import { load } from '../../server/collections/queries/collections.ts'
import { queueInvitations } from '../../server/distribution/queries/queue-mailing.ts'
import { openScratchCollection, openScratchContext } from '../bench/scratch-collection.ts'
import { freePort, startServer, type ServerProcess } from '../bench/server-process.ts'
import { startSink, type Sink } from '../bench/smtp-sink.ts'

const recipients = 1500
const kills = 20
const random = seededRandom(20_261_122)

let folder: string
let sink: Sink
let server: ServerProcess | undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-outbox-'))
  sink = await startSink()
  const context = openScratchContext(folder)
  const { id } = openScratchCollection(context, recipients)
  queueInvitations(context.db, load(context.db, id), { actor: 'command line', now: new Date() })
  context.db.$client.close()
})
afterAll(async () => {
  await server?.kill()
  await sink.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Kills the server at random moments of the sending and starts it again, then lets it finish. */
async function killAgainAndAgain(): Promise<void> {
  const port = await freePort()
  const env = { SMTP_URL: sink.url }
  server = await startServer(folder, port, [], env)
  const moments = Array.from({ length: kills }, () => Math.floor(random() * recipients * 0.95)).sort((a, b) => a - b)
  for (const moment of moments) {
    while (sink.recipients.size < moment) await sleep(2)
    await sleep(random() * 30)
    await server.kill()
    server = await startServer(folder, port, [], env)
  }
  while (sink.recipients.size < recipients) await sleep(20)
  // What was interrupted goes once more.
  await sleep(3000)
  await server.stop()
}

describe('a server that is killed again and again while it sends to 1,500 people', () => {
  it('loses nobody, and a second message has the Message-ID of the first', { timeout: 180_000 }, async () => {
    await killAgainAndAgain()
    expect(sink.recipients.size).toBe(recipients)
    const differing = [...sink.recipients].filter(([, messageIds]) => new Set(messageIds).size > 1)
    expect(differing).toEqual([])
    const twice = [...sink.recipients.values()].filter((messageIds) => messageIds.length > 1).length
    // What is on its way at a kill, one message to each connection, may come again.
    expect(twice).toBeLessThanOrEqual(kills * 8)
    const { db } = openScratchContext(folder)
    const left = db.$client.prepare('select status, count(*) n from messages group by status').all()
    expect(left).toEqual([{ status: 'sent', n: recipients }])
    const interrupted = "select count(*) from message_events where detail = 'sending was interrupted'"
    expect(db.$client.prepare(interrupted).pluck().get(), 'the kills met nothing').toBeGreaterThan(kills)
    expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
    db.$client.close()
  })
})

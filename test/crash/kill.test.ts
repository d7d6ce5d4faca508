import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../scripts/demo/random.ts'
import type { AppContext } from '../../server/context.ts'
import { getResponseByInvitation, listTextAnswers } from '../../server/responses/queries/responses.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import type { Answers } from '../../surveys/question-set.ts'
import { openClient, type Send } from '../bench/load.ts'
import { openScratchCollection, openScratchContext, type Invitation } from '../bench/scratch-collection.ts'
import { freePort, startServer, type ServerProcess } from '../bench/server-process.ts'
import { syntheticResponses } from '../bench/synthetic-answers.ts'
import { countResponses } from '../browser/stored-on-disk.ts'
import { compileCache } from '../compile-cache.ts'

const submissions = 200
const kills = 12
const clients = 4
const random = seededRandom(20_260_601)

let folder: string
let invitations: Invitation[]
let answers: Answers[]
let server: ServerProcess | undefined
const over = new AbortController()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-crash-'))
  const context = openScratchContext(folder)
  invitations = openScratchCollection(context, submissions).invitations
  answers = syntheticResponses(
    getPublishedVersion(context.db, 'discharge-information-flow')!.questions,
    submissions,
  ).map((response) => response.answers)
  context.db.$client.close()
})
afterAll(async () => {
  over.abort()
  await server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const start = (port: number) => startServer(folder, port, [], compileCache)

/** By invitation, every reference that a receipt ever gave. */
type Receipts = Map<string, Set<string>>

/** Restarts the server as often as it is killed: once `moments` submissions are acknowledged, and some milliseconds more. */
async function killAgainAndAgain(port: number, receipts: Receipts, moments: readonly number[]): Promise<void> {
  server = await start(port)
  for (const moment of moments) {
    while (receipts.size < moment) await sleep(1, undefined, { signal: over.signal })
    await sleep(random() * 6)
    await server.kill()
    server = await start(port)
  }
}

/** Submits until a receipt has come, as a person would press the button again. Returns the attempts. */
async function submitUntilAcknowledged(send: Send, index: number, receipts: Receipts): Promise<number> {
  const { id, token } = invitations[index]!
  const body = JSON.stringify({ answers: answers[index] })
  for (let attempt = 1; ; attempt++) {
    const reply = await send('POST', `/r/${token}/submit`, body).catch(() => undefined)
    if (reply) {
      expect(reply.status, reply.body).toBe(200)
      receipts.set(id, (receipts.get(id) ?? new Set()).add((JSON.parse(reply.body) as { reference: string }).reference))
      return attempt
    }
    await sleep(5, undefined, { signal: over.signal })
  }
}

/** Submits everything from a few clients at once; the number of attempts that a kill cut off. */
async function submitAll(port: number, receipts: Receipts): Promise<number> {
  const { send, close } = openClient(`http://127.0.0.1:${port}`, clients)
  const queue = invitations.keys()
  let cut = 0
  const client = async () => {
    for (const index of queue) cut += (await submitUntilAcknowledged(send, index, receipts)) - 1
  }
  await Promise.all(Array.from({ length: clients }, client))
  close()
  return cut
}

describe('a server that is killed again and again while 200 people submit', () => {
  it('loses nothing that it acknowledged and stores nothing twice', async () => {
    const port = await freePort()
    const receipts: Receipts = new Map()
    const moments = Array.from({ length: kills }, () => Math.floor(random() * (submissions - clients - 1))).sort(
      (a, b) => a - b,
    )
    const [, cut] = await Promise.all([killAgainAndAgain(port, receipts, moments), submitAll(port, receipts)])
    // Asked once more, each link gives the receipt that it gave before.
    await submitAll(port, receipts)
    await server!.stop()

    expect(cut, 'the kills met nobody: nothing was tested').toBeGreaterThan(0)
    const context = openScratchContext(folder)
    expectStoredOnce(context, receipts)
    context.db.$client.close()
  })
})

function expectStoredOnce({ db }: AppContext, receipts: Receipts): void {
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.$client.pragma('foreign_key_check')).toEqual([])
  expect(countResponses(db)).toEqual({ all: submissions, invitations: submissions })
  for (const [index, { id }] of invitations.entries()) {
    const stored = getResponseByInvitation(db, id)!
    const texts = Object.fromEntries(listTextAnswers(db, stored.id).map(({ question, text }) => [question, text]))
    expect(stored.status).toBe('complete')
    expect({ ...stored.data, ...texts }).toEqual(answers[index])
    expect([...(receipts.get(id) ?? [])]).toEqual([stored.reference])
  }
}

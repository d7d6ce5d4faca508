import { setTimeout as sleep } from 'node:timers/promises'
import { figuresOf } from './figures.ts'
import { openScratchCollection, openScratchContext, openScratchSession } from './scratch-collection.ts'
import { makeScratchFolder } from './scratch-server.ts'
import { freePort, startServer } from './server-process.ts'
import { startSink } from './smtp-sink.ts'

export const outboxSize = 25_000

export interface OutboxFigures {
  queueSeconds: number
  perSecond: number
  peakMegabytes: number | undefined
  /** Of the console's requests, in milliseconds: while the invitations are queued and while they leave. */
  queueingP95: number
  sendingP95: number
  /** To say who of all would get a reminder, with nothing else going on. */
  dryRunMs: number
}

/** The real server with 25,000 invitations and a mail server in this process; an admin reads the console meanwhile. */
export async function measureOutbox(): Promise<OutboxFigures> {
  const folder = await makeScratchFolder()
  const context = openScratchContext(folder)
  const { id } = openScratchCollection(context, outboxSize)
  const cookie = openScratchSession(context)
  context.db.$client.close()
  const sink = await startSink()
  // As npm start does.
  const server = await startServer(
    folder,
    await freePort(),
    ['--max-semi-space-size=8', '--heap-growing-percent=100'],
    { SMTP_URL: sink.url },
  )
  const headers = { cookie, origin: server.url, 'content-type': 'application/json' }
  const read = async (path: string) => {
    const begun = performance.now()
    const answer = await fetch(`${server.url}${path}`, { headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    await answer.arrayBuffer()
    return performance.now() - begun
  }
  const address = `/api/collections/${id}`
  const pages = [
    '/api/collections',
    address,
    `${address}/schedule`,
    `${address}/progress`,
    `${address}/messages`,
    `${address}/messages?page=200`,
    '/console',
  ]
  /** One request after the other, some twenty a second, until `over` is settled. */
  const readMeanwhile = async (over: Promise<unknown>) => {
    let running = true
    void over.finally(() => (running = false))
    const milliseconds: number[] = []
    while (running) {
      for (const page of pages) {
        milliseconds.push(await read(page))
        await sleep(50)
      }
    }
    return figuresOf(milliseconds, 1).p95
  }
  for (const page of pages) await read(page)
  const begun = performance.now()
  const queueing = fetch(`${server.url}/api/collections/${id}/invitations`, {
    method: 'POST',
    headers,
    body: '{}',
  }).then(async (answer) => {
    const { counts } = (await answer.json()) as { counts: { queued: number } }
    if (counts.queued !== outboxSize) throw new Error(`${counts.queued} queued`)
    return performance.now() - begun
  })
  const [queueMs, queueingP95] = await Promise.all([queueing, readMeanwhile(queueing)])
  const before = sink.recipients.size
  const from = performance.now()
  const draining = allArrived(sink.recipients)
  const [drainMs, sendingP95] = await Promise.all([
    draining.then(() => performance.now() - from),
    readMeanwhile(draining),
  ])
  // It asks of every service: not a page, and not in the figure above.
  const dryRunMs = await read(`${address}/schedule/recipients?kind=reminder`)
  const peakMegabytes = server.peakMegabytes()
  await server.stop()
  await sink.close()
  return {
    queueSeconds: queueMs / 1000,
    perSecond: ((outboxSize - before) / drainMs) * 1000,
    peakMegabytes,
    queueingP95,
    sendingP95,
    dryRunMs,
  }
}

async function allArrived(recipients: Map<string, unknown>): Promise<void> {
  while (recipients.size < outboxSize) await sleep(50)
}

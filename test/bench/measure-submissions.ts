import { rmSync, closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { figuresOf, type Figures } from './figures.ts'
import { measureLoad, type Respondent } from './load.ts'
import { measureRawInserts } from './raw-inserts.ts'
import { makeScratchFolder, startScratchServer, type ScratchServer } from './scratch-server.ts'
import { freePort, startEmptyRoute } from './server-process.ts'
import { deleteResponses } from '../stored/in-bulk.ts'
import { fillResponses } from './stored-responses.ts'

export interface Measured {
  what: 'flush' | 'insert' | 'empty' | 'save' | 'submit'
  connections: number
  figures: Figures
  /** Milliseconds of a core that the server used for each; undefined where that is not known. */
  coreMs?: number
}

/** Submitting at 32 connections in many short turns, which a busy machine slows down alike. */
export interface Growth {
  stored: number
  few: Turns
  many: Turns
}

export interface Turns {
  perSecond: number[]
  /** Milliseconds of a core a submission took in the server; undefined where that is not known. */
  coreMs: number | undefined
}

const levels = [
  { connections: 1, submissions: 1500, savers: 100, requests: 3000 },
  { connections: 8, submissions: 3000, savers: 250, requests: 8000 },
  { connections: 32, submissions: 4000, savers: 350, requests: 12_000 },
] as const
const warmUp = 1000

/** A flush and a raw insert on this disk, and an empty Express route: what the product's own figures are to be held against. */
export async function measureBaselines(): Promise<Measured[]> {
  const folder = await makeScratchFolder()
  const port = await freePort()
  const route = await startEmptyRoute(port)
  try {
    const measured: Measured[] = [
      { what: 'flush', connections: 1, figures: measureFlushes(join(folder, 'flushed')) },
      {
        what: 'insert',
        connections: 1,
        figures: measureRawInserts(
          folder,
          Array.from({ length: 5000 }, (_, index) => `${index}`.padEnd(2000, 'x')),
        ),
      },
    ]
    const ask: Respondent = async (send) => {
      const { status } = await send('GET', '/')
      if (status !== 200) throw new Error(`the empty route answered ${status}`)
    }
    await measureLoad(
      route.url,
      32,
      Array.from({ length: 2 * warmUp }, () => ask),
    )
    for (const { connections, requests } of levels) {
      measured.push({
        what: 'empty',
        connections,
        figures: await measureLoad(
          route.url,
          connections,
          Array.from({ length: requests }, () => ask),
        ),
      })
    }
    return measured
  } finally {
    await route.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function measureFlushes(file: string): Figures {
  const page = Buffer.alloc(4096, 1)
  const handle = openSync(file, 'w')
  const milliseconds: number[] = []
  const begun = performance.now()
  for (let index = 0; index < 500; index++) {
    const start = performance.now()
    writeSync(handle, page)
    fdatasyncSync(handle)
    milliseconds.push(performance.now() - start)
  }
  closeSync(handle)
  return figuresOf(milliseconds, performance.now() - begun)
}

/** Saves and submissions through the real server at 1, 8 and 32 connections. */
export async function measureSubmissions(nodeOptions: readonly string[] = []): Promise<Measured[]> {
  const services = warmUp * 2 + levels.reduce((sum, level) => sum + level.submissions + level.savers, 0)
  const scratch = await startScratchServer(services, nodeOptions)
  try {
    await warmUpServer(scratch)
    const measured: Measured[] = []
    const measure = async (what: 'save' | 'submit', connections: number, respondents: readonly Respondent[]) => {
      const before = scratch.server.usedMs()
      const figures = await measureLoad(scratch.server.url, connections, respondents)
      measured.push({
        what,
        connections,
        figures,
        coreMs: before === undefined ? undefined : (scratch.server.usedMs()! - before) / figures.count,
      })
    }
    for (const { connections, savers } of levels) await measure('save', connections, scratch.savers(savers))
    for (const { connections, submissions } of levels)
      await measure('submit', connections, scratch.submitters(submissions))
    return measured
  } finally {
    await scratch.close()
  }
}

async function warmUpServer(scratch: ScratchServer): Promise<void> {
  await measureLoad(scratch.server.url, 32, scratch.submitters(warmUp))
  await measureLoad(scratch.server.url, 32, scratch.savers(warmUp / 10))
}

/** Whether submitting slows down with what is stored: two warm servers over frames of one size, one with nothing and one with `stored` responses, in turns. */
export async function measureGrowth(stored = 100_000, turns = 24, submissions = 250): Promise<Growth> {
  const needed = warmUp * 2 + turns * submissions + stored
  const few = await startScratchServer(needed)
  const many = await startScratchServer(needed)
  try {
    await warmUpServer(few)
    await warmUpServer(many)
    fillResponses(many.db, many.takeInvitations(stored))
    deleteResponses(few.db)
    const [usedByFew, usedByMany] = [few.server.usedMs(), many.server.usedMs()]
    const perSecond = { few: [] as number[], many: [] as number[] }
    for (let turn = 0; turn < turns; turn++) {
      perSecond.few.push((await measureLoad(few.server.url, 32, few.submitters(submissions))).perSecond)
      perSecond.many.push((await measureLoad(many.server.url, 32, many.submitters(submissions))).perSecond)
    }
    const coreMs = (scratch: ScratchServer, before: number | undefined) =>
      before === undefined ? undefined : (scratch.server.usedMs()! - before) / (turns * submissions)
    return {
      stored,
      few: { perSecond: perSecond.few, coreMs: coreMs(few, usedByFew) },
      many: { perSecond: perSecond.many, coreMs: coreMs(many, usedByMany) },
    }
  } finally {
    await few.close()
    await many.close()
  }
}

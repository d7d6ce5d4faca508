import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import type { Respondent, Reply } from './load.ts'
import {
  openScratchCollection,
  openScratchContext,
  type Invitation,
  type ScratchCollection,
} from './scratch-collection.ts'
import { freePort, startServer, type ServerProcess } from './server-process.ts'
import { syntheticResponses, type SyntheticResponse } from './synthetic-answers.ts'

/** The real server with an open personal collection behind it, whose invitations are used up one after the other. */
export interface ScratchServer {
  server: ServerProcess
  db: ReturnType<typeof openScratchContext>['db']
  collection: ScratchCollection
  /** Respondents who submit a complete set at once. */
  submitters(count: number): Respondent[]
  /** Respondents who save page after page, each from the revision that the save before gave. */
  savers(count: number): Respondent[]
  takeInvitations(count: number): Invitation[]
  close(): Promise<void>
}

/** Deleted when we end. Where real data would lie too: a temporary folder may be in memory, where a flush costs nothing. */
export async function makeScratchFolder(): Promise<string> {
  const data = join(import.meta.dirname, '../../data')
  await mkdir(data, { recursive: true })
  const folder = await mkdtemp(join(data, 'bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts a server over a new folder with `services` invitations. */
export async function startScratchServer(
  services: number,
  nodeOptions: readonly string[] = [],
): Promise<ScratchServer> {
  const folder = await makeScratchFolder()
  const context = openScratchContext(folder)
  const { db } = context
  const collection = openScratchCollection(context, services)
  const samples = syntheticResponses(getPublishedVersion(db, 'discharge-information-flow')!.questions, 500)
  const server = await startServer(folder, await freePort(), nodeOptions)
  let used = 0
  const takeInvitations = (count: number) => {
    if (used + count > services) throw new Error('too few invitations')
    return collection.invitations.slice(used, (used += count))
  }
  const respondents = (count: number, make: (token: string, sample: SyntheticResponse) => Respondent) =>
    takeInvitations(count).map(({ token }, index) => make(token, samples[index % samples.length]!))
  const close = async () => {
    await server.stop()
    db.$client.close()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    server,
    db,
    collection,
    takeInvitations,
    submitters: (count) => respondents(count, submitter),
    savers: (count) => respondents(count, saver),
    close,
  }
}

function submitter(token: string, { answers }: SyntheticResponse): Respondent {
  const body = JSON.stringify({ answers })
  return async (send) => {
    const { reference } = read(await send('POST', `/r/${token}/submit`, body))
    if (typeof reference !== 'string') throw new Error('no reference on the receipt')
  }
}

function saver(token: string, { pages }: SyntheticResponse): Respondent {
  return async (send) => {
    let revision = 0
    for (const answers of pages) {
      const saved = read(await send('PATCH', `/r/${token}/answers`, JSON.stringify({ revision, answers })))
      if (saved.revision !== revision + 1) throw new Error(`revision ${saved.revision} after ${revision}`)
      revision += 1
    }
  }
}

function read({ status, body }: Reply): { reference?: unknown; revision?: unknown } {
  if (status !== 200 && status !== 201) throw new Error(`answered ${status}: ${body.slice(0, 500)}`)
  return JSON.parse(body) as { reference?: unknown; revision?: unknown }
}

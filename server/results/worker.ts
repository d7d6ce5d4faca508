// Snapshots are taken and verified off the request thread, over a connection of their own: respondents go on answering meanwhile.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { AppContext } from '../context.ts'
import { openDatabase, type OpenDatabase } from '../db/open.ts'
import { AppError } from '../errors.ts'
import { listSnapshotsToPrepare, prepareResults } from './queries/published.ts'
import type { SnapshotRow } from './queries/snapshots.ts'
import { takeSnapshot, verifySnapshot, type Taking } from './queries/taking.ts'
import type { Verification } from './schema.ts'

type Job =
  { kind: 'take'; collectionId: string; taking: Taking } | { kind: 'verify'; collectionId: string; snapshotId: string }
interface WorkerInput {
  footbridgeSnapshots: true
  path: string
  job: Job
}
type Outcome =
  | { result: unknown }
  | { error: { status: number; code: string; message: string; details: unknown } }
  | { defect: string }

/** As `takeSnapshot`. */
export const takeSnapshotInBackground = (db: OpenDatabase, collectionId: string, taking: Taking) =>
  runInBackground(db, { kind: 'take', collectionId, taking }) as Promise<SnapshotRow>

/** As `verifySnapshot`. */
export const verifySnapshotInBackground = (db: OpenDatabase, collectionId: string, snapshotId: string) =>
  runInBackground(db, { kind: 'verify', collectionId, snapshotId }) as Promise<Verification>

const lookMs = 200

/**
 * Works out the results of what has been taken, one snapshot after another between requests, by this process or any other: at a start,
 * and as long as it runs. A release finds them ready, and so does the first reader.
 */
export function startResultsWorker({ db, log }: Pick<AppContext, 'db' | 'log'>): { stop(): void } {
  const prepared = new Set<string>()
  let seen: unknown
  let waiting: SnapshotRow[] = []
  let timer = setTimeout(look, 0)
  function look(): void {
    try {
      // Changes whenever another connection has written, a snapshot's worker or the command line.
      const version = db.$client.pragma('data_version', { simple: true })
      if (version !== seen) waiting = listSnapshotsToPrepare(db).filter(({ id }) => !prepared.has(id))
      seen = version
      const snapshot = waiting.shift()
      if (snapshot) {
        prepared.add(snapshot.id)
        prepareResults(db, snapshot)
      }
    } catch (error) {
      // Nobody asked yet: who does is told by the request.
      log.error({ err: error }, 'results could not be prepared')
    }
    timer = setTimeout(look, waiting.length > 0 ? 0 : lookMs)
  }
  return { stop: () => clearTimeout(timer) }
}

const run = (db: OpenDatabase, job: Job): SnapshotRow | Verification =>
  job.kind === 'take'
    ? takeSnapshot(db, job.collectionId, job.taking)
    : verifySnapshot(db, job.collectionId, job.snapshotId)

async function runInBackground(db: OpenDatabase, job: Job): Promise<unknown> {
  // A database in memory has no second connection.
  if (db.$client.memory) return run(db, job)
  const input: WorkerInput = { footbridgeSnapshots: true, path: db.$client.name, job }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input, execArgv: [] })
  const outcome = await new Promise<Outcome>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the snapshot worker ended with ${code} and no answer`)))
  })
  if ('result' in outcome) return outcome.result
  if ('error' in outcome)
    throw new AppError(outcome.error.status, outcome.error.code, outcome.error.message, outcome.error.details)
  throw new Error(outcome.defect)
}

const isOurs = (data: unknown): data is WorkerInput =>
  typeof data === 'object' && data !== null && 'footbridgeSnapshots' in data

if (!isMainThread && isOurs(workerData)) parentPort?.postMessage(answer(workerData))

function answer({ path, job }: WorkerInput): Outcome {
  const db = openDatabase(path)
  try {
    return { result: run(db, job) }
  } catch (error) {
    if (!(error instanceof AppError))
      return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    const { status, code, message, details } = error
    return { error: { status, code, message, details } }
  } finally {
    db.$client.close()
  }
}

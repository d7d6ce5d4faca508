import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../../context.ts'
import { repeat, type Repeated } from '../../repeat.ts'
import type { DeliveryReport } from '../queries/delivery-reports.ts'
import { largestReport, takeInReport } from './take-in-report.ts'

const pollMs = 5000
/** A file that was written to so lately may still be growing. */
const restMs = 2000
const keptMs = 30 * 24 * 60 * 60_000

const spoolOf = (dataDir: string) => join(dataDir, 'bounces')
/** What needs a person's eye waits here for thirty days; it may hold addresses. */
const asideOf = (dataDir: string) => join(spoolOf(dataDir), 'set-aside')

const toLookAt = ({ verdict, messageId }: DeliveryReport): boolean =>
  ['not_understood', 'unmatched', 'forged'].includes(verdict) || (verdict === 'complaint' && messageId === null)

/** Takes in every `.eml` file of a folder. Returns what each said; a file that cannot be read is left out. `forget`: deletes or sets aside what was taken in. */
export async function readSpool(
  context: AppContext,
  folder: string,
  { source, forget, signal }: { source: DeliveryReport['source']; forget: boolean; signal?: AbortSignal },
): Promise<{ name: string; report: Awaited<ReturnType<typeof takeInReport>> }[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml') && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  const taken = []
  for (const name of names.sort()) {
    if (signal?.aborted) break
    const bytes = await readBounded(join(folder, name), forget)
    if (!bytes) continue
    const report = await takeInReport(context, bytes, source)
    if (forget) await putAway(context.config.dataDir, { folder, name, report })
    taken.push({ name, report })
  }
  return taken
}

/** A file, or so much of it that it is seen to be too large; undefined where it is gone, or was written to a moment ago. */
async function readBounded(path: string, onlyAtRest: boolean): Promise<Buffer | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return undefined
  try {
    const { mtimeMs, size } = await file.stat()
    if (onlyAtRest && Date.now() - mtimeMs < restMs && mtimeMs <= Date.now()) return undefined
    const bytes = Buffer.alloc(Math.min(size, largestReport + 1))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

// After the commit: stopped in between, the file is found again, and known by its hash.
async function putAway(
  dataDir: string,
  { folder, name, report }: { folder: string; name: string; report: DeliveryReport },
): Promise<void> {
  if (!toLookAt(report)) return rm(join(folder, name), { force: true })
  await mkdir(asideOf(dataDir), { recursive: true, mode: 0o700 })
  await rename(join(folder, name), join(asideOf(dataDir), `${report.id}.eml`))
}

/** One pass over `DATA_DIR/bounces`; returns how many files were taken in. */
export async function workOffSpool(context: AppContext, signal?: AbortSignal): Promise<number> {
  const folder = spoolOf(context.config.dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const taken = await readSpool(context, folder, { source: 'spool', forget: true, signal })
  await forgetSetAside(asideOf(context.config.dataDir))
  return taken.length
}

/** Deletes what waits for a person's eye: nobody knows which collection it is about. */
export const removeSetAside = (dataDir: string): Promise<void> => rm(asideOf(dataDir), { recursive: true, force: true })

async function forgetSetAside(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs } = await stat(join(folder, name))
    if (Date.now() - mtimeMs > keptMs) await rm(join(folder, name), { force: true })
  }
}

/** Looks into the spool every few seconds until stopped. */
export const startSpoolWorker = (context: AppContext): Repeated =>
  repeat((signal) => workOffSpool(context, signal), {
    everyMs: pollMs,
    onError: (error) => context.log.error({ err: error }, 'the folder of delivery reports could not be read'),
  })

import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { AppError } from '../errors.ts'
import { damaged, unreadable } from './sheet-rows.ts'

/** More than four times the largest register: beyond it a file is a zip bomb or something else. */
const MAX_PART_BYTES = 2 * 1024 ** 3
const MAX_PARTS = 10_000

export interface OpenZip {
  has: (name: string) => boolean
  /** The bytes of a part as they unpack, read no faster than they are used. */
  stream: (name: string) => AsyncGenerator<Buffer>
  close: () => void
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_PARTS) throw unreadable('too_large', 'The file holds too many parts to be a register.')
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry)
  }
  return entries
}

function checkPart(name: string, entry: Entry): void {
  if (entry.isEncrypted()) throw unreadable('password', 'The file is protected by a password. Save it without one.')
  if (entry.uncompressedSize > MAX_PART_BYTES) {
    throw unreadable('too_large', `The file is too large: ${name} unpacks to more than 2 GB.`)
  }
}

async function* streamPart(zip: ZipFile, name: string, entry: Entry | undefined): AsyncGenerator<Buffer> {
  if (!entry) throw damaged(name, 'not in the file')
  checkPart(name, entry)
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
  } catch (error) {
    throw error instanceof AppError ? error : damaged(name, error)
  }
}

/** Opens an ods or xlsx. Errors: damaged, too large, protected by a password (all 400). */
export async function openZip(file: string): Promise<OpenZip> {
  let zip: ZipFile | undefined
  try {
    zip = await yauzl.openPromise(file, { autoClose: false })
    const opened = zip
    const entries = await listEntries(opened)
    return {
      has: (name) => entries.has(name),
      stream: (name) => streamPart(opened, name, entries.get(name)),
      close: () => opened.close(),
    }
  } catch (error) {
    zip?.close()
    throw error instanceof AppError ? error : damaged('its list of contents', error)
  }
}

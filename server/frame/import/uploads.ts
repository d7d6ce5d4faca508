import { open, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { newId } from '../../db/ids.ts'
import { AppError, badRequest } from '../../errors.ts'

export type UploadPart = 'register' | 'contacts'

/** The monthly register has 24 MB. */
const largestUpload = 200 * 1024 ** 2

export interface Upload {
  path: string
  /** What its owner calls it. */
  name: string
}

/** Where a collection's uploads wait until its frame is stored. */
const folderOf = (dataDir: string, collectionId: string) => join(dataDir, 'uploads', collectionId)

/** Keeps a file as it comes in, in the place of an earlier one. Errors: empty (400), larger than 200 MB (413); then the earlier one stays. */
export async function receiveUpload(
  target: { dataDir: string; collectionId: string; part: UploadPart; name: string },
  source: AsyncIterable<Buffer>,
): Promise<{ name: string; bytes: number }> {
  const folder = folderOf(target.dataDir, target.collectionId)
  const path = join(folder, target.part)
  const aside = `${path}.${newId()}`
  const name = basename(target.name.replaceAll('\\', '/')) || target.part
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const bytes = await writeStream(aside, source)
    if (bytes === 0) throw badRequest('file_empty', 'The file is empty.')
    await writeFile(`${path}.name`, name, { mode: 0o600 })
    await rename(aside, path)
    return { name, bytes }
  } finally {
    await rm(aside, { force: true })
  }
}

async function writeStream(path: string, source: AsyncIterable<Buffer>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > largestUpload) throw tooLarge()
      await file.write(chunk)
    }
  } finally {
    await file.close()
  }
  return bytes
}

export const tooLarge = () => new AppError(413, 'too_large', 'The file is larger than 200 MB.')
export const isTooLarge = (bytes: number): boolean => bytes > largestUpload

/** An uploaded file, or undefined. */
export async function findUpload(dataDir: string, collectionId: string, part: UploadPart): Promise<Upload | undefined> {
  const path = join(folderOf(dataDir, collectionId), part)
  const there = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  return there ? { path, name: await readFile(`${path}.name`, 'utf8').catch(() => part) } : undefined
}

export const removeUploads = (dataDir: string, collectionId: string): Promise<void> =>
  rm(folderOf(dataDir, collectionId), { recursive: true, force: true })

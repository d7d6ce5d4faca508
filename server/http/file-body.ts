import type { Request } from 'express'
import { AppError, badRequest } from '../errors.ts'

const binary = 'application/octet-stream'
const megabyte = 1024 * 1024

/**
 * The file that a request's body is, as it was sent, of at most `largest` bytes. Throws wrong_type (415), encoded (400), too_large (413),
 * file_empty (400).
 */
export async function readFileBody(req: Request, largest: number, types: string[] = [binary]): Promise<Buffer> {
  if (!req.is(types)) throw new AppError(415, 'wrong_type', `Send the file as ${binary}.`)
  if (req.get('content-encoding')) throw badRequest('encoded', 'Send the file as it is, without an encoding.')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largest)
      throw new AppError(413, 'too_large', `The file is larger than ${Math.floor(largest / megabyte)} MB.`)
    chunks.push(chunk)
  }
  if (bytes === 0) throw badRequest('file_empty', 'The file is empty.')
  return Buffer.concat(chunks)
}

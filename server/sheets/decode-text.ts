import { createReadStream } from 'node:fs'
import { unreadable } from './sheet-rows.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

function byMark(head: Buffer): TextEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * Tells how a text file is written. A file that is not UTF-8 throughout is taken for Windows-1252, as spreadsheets
 * save it, so the whole of it is looked at first. Errors: not text at all (400).
 */
export async function detectEncoding(file: string): Promise<TextEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let utf8 = true
  let first = true
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    const marked = first ? byMark(chunk) : undefined
    if (marked) return marked
    first = false
    if (chunk.includes(0))
      throw unreadable('not_a_register', 'The file is neither a spreadsheet (ods, xlsx) nor a csv.')
    utf8 &&= decodes(decoder, chunk)
  }
  return utf8 && decodes(decoder) ? 'utf-8' : 'windows-1252'
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

/** The text of a file in pieces, without a byte order mark. */
export async function* decodeFile(file: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

import { SaxesParser } from 'saxes'
import type { SaxesTagPlain } from 'saxes'
import { AppError } from '../errors.ts'
import { damaged, MAX_CELL, unreadable } from './sheet-rows.ts'

export interface XmlHandlers {
  open: (tag: SaxesTagPlain) => void
  close: (name: string) => void
  text: (text: string) => void
}

/** A spreadsheet has some ten; each open tag is kept until it closes. */
const MAX_DEPTH = 200

/**
 * Parses a part chunk by chunk and yields what the handlers have put into `found` before more is unpacked.
 * Declared entities are refused: nothing in a spreadsheet needs them, and they are how a small file becomes a huge one.
 */
export async function* parseXml<T>(
  part: string,
  chunks: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
  found: T[],
): AsyncGenerator<T> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const decoder = new TextDecoder('utf-8')
  let lastEvent = 0
  const seen = () => (lastEvent = parser.position)
  let depth = 0
  parser.on('opentag', (tag) => {
    if (++depth > MAX_DEPTH)
      throw unreadable('damaged', `The file is not a spreadsheet as it should be: ${part} nests its parts too deeply.`)
    handlers.open(tag)
    seen()
  })
  parser.on('closetag', (tag) => (depth--, handlers.close(tag.name), seen()))
  parser.on('text', (text) => (handlers.text(text), seen()))
  parser.on('cdata', (text) => (handlers.text(text), seen()))
  parser.on('doctype', () => {
    throw unreadable('damaged', `The file is not a spreadsheet as it should be: ${part} declares entities.`)
  })
  parser.on('error', (error) => {
    throw damaged(part, error)
  })
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    parser.write(decoder.decode(chunk, { stream: true }))
    if (parser.position - lastEvent > MAX_CELL)
      throw unreadable('too_large', `A single cell of ${part} is larger than 8 MB.`)
    yield* found.splice(0)
  }
  if (bytes === 0) throw damaged(part, 'it is empty')
  closeParser(part, parser)
  yield* found.splice(0)
}

function closeParser(part: string, parser: SaxesParser): void {
  try {
    parser.close()
  } catch (error) {
    throw error instanceof AppError ? error : damaged(part, error)
  }
}

/** Parses a small part to its end, for what its tags say. */
export async function eachTag(
  part: string,
  chunks: AsyncIterable<Buffer>,
  open: (tag: SaxesTagPlain) => void,
): Promise<void> {
  await parseWhole(part, chunks, { open, close: () => {}, text: () => {} })
}

export async function parseWhole(part: string, chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const parsing = parseXml(part, chunks, handlers, [])
  while (!(await parsing.next()).done) continue
}

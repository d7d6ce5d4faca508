import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  name: string
  content: Iterable<string> | string | Buffer
}

interface Entry {
  name: string
  crc: number
  size: number
  packed: number
  offset: number
}

const PIECE = 1 << 18

function* pieces(content: ZipPart['content']): Generator<Buffer> {
  if (Buffer.isBuffer(content)) {
    yield content
    return
  }
  let text = ''
  for (const part of content) {
    text += part
    if (text.length < PIECE) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function header(entry: Entry, central: boolean): Buffer {
  const name = Buffer.from(entry.name)
  const head = Buffer.alloc(central ? 46 : 30)
  let at = head.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0)
  if (central) at = head.writeUInt16LE(20, at)
  at = head.writeUInt16LE(20, at)
  at = head.writeUInt16LE(0x0808, at) // sizes follow the data, names are UTF-8
  at = head.writeUInt16LE(8, at)
  at = head.writeUInt32LE(0x5a210000, at)
  at = head.writeUInt32LE(entry.crc, at)
  at = head.writeUInt32LE(entry.packed, at)
  at = head.writeUInt32LE(entry.size, at)
  head.writeUInt16LE(name.length, at)
  if (central) head.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([head, name])
}

function descriptor(entry: Entry): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(entry.crc, 4)
  tail.writeUInt32LE(entry.packed, 8)
  tail.writeUInt32LE(entry.size, 12)
  return tail
}

function directory(entries: Entry[], offset: number): Buffer {
  const list = Buffer.concat(entries.map((entry) => header(entry, true)))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([list, end])
}

/** A zip in memory, for the small files of tests. */
export function zipBuffer(parts: ZipPart[]): Buffer {
  const out: Buffer[] = []
  const entries: Entry[] = []
  let offset = 0
  for (const part of parts) {
    const data = Buffer.concat([...pieces(part.content)])
    const packed = deflateRawSync(data)
    const entry = { name: part.name, crc: crc32(data), size: data.length, packed: packed.length, offset }
    const bytes = Buffer.concat([header({ ...entry, crc: 0, size: 0, packed: 0 }, false), packed, descriptor(entry)])
    entries.push(entry)
    out.push(bytes)
    offset += bytes.length
  }
  return Buffer.concat([...out, directory(entries, offset)])
}

/** Writes a zip as its parts are produced: nothing is held whole. Returns the unpacked size of each part. */
export async function writeZip(file: string, parts: ZipPart[]): Promise<Record<string, number>> {
  const out = createWriteStream(file)
  const entries: Entry[] = []
  let offset = 0
  const write = async (bytes: Buffer) => {
    offset += bytes.length
    if (!out.write(bytes)) await once(out, 'drain')
  }
  for (const part of parts) {
    const entry: Entry = { name: part.name, crc: 0, size: 0, packed: 0, offset }
    await write(header(entry, false))
    const deflate = createDeflateRaw()
    const packing = (async () => {
      for await (const bytes of deflate as AsyncIterable<Buffer>) {
        entry.packed += bytes.length
        await write(bytes)
      }
    })()
    for (const bytes of pieces(part.content)) {
      entry.crc = crc32(bytes, entry.crc)
      entry.size += bytes.length
      if (!deflate.write(bytes)) await once(deflate, 'drain')
    }
    deflate.end()
    await packing
    await write(descriptor(entry))
    entries.push(entry)
  }
  await write(directory(entries, offset))
  out.end()
  await finished(out)
  return Object.fromEntries(entries.map((entry) => [entry.name, entry.size]))
}

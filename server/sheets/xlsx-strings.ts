import { unreadable } from './sheet-rows.ts'

const MAX_BYTES = 128 * 1024 ** 2

/** The shared strings of an xlsx. Kept as bytes: a large register has hundreds of thousands, and as objects they would fill the memory. */
export interface StringPool {
  add: (text: string) => void
  get: (index: number) => string | undefined
}

function grown(bytes: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2)))
  bytes.copy(larger)
  return larger
}

export function createStringPool(): StringPool {
  let bytes: Buffer = Buffer.allocUnsafe(1 << 16)
  let ends = new Uint32Array(1 << 12)
  let count = 0
  let used = 0
  return {
    add(text) {
      const needed = used + Buffer.byteLength(text)
      if (needed > MAX_BYTES)
        throw unreadable('too_large', 'The file is too large: its texts come to more than 128 MB.')
      if (needed > bytes.length) bytes = grown(bytes, needed)
      used += bytes.write(text, used)
      if (count === ends.length) {
        const larger = new Uint32Array(count * 2)
        larger.set(ends)
        ends = larger
      }
      ends[count++] = used
    },
    get(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) return undefined
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])
    },
  }
}

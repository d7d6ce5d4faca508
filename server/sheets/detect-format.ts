import { open } from 'node:fs/promises'
import { unreadable } from './sheet-rows.ts'

const startsWith = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte)

async function readHead(file: string): Promise<{ head: Buffer; size: number }> {
  const handle = await open(file).catch((error: Error) => {
    throw unreadable('not_found', 'The file cannot be opened.', { cause: error.message })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw unreadable('not_found', 'That is not a file.')
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0)
    return { head: buffer.subarray(0, bytesRead), size: stat.size }
  } finally {
    await handle.close()
  }
}

/** What a file is by its first bytes, whatever its name. Errors: empty, of another kind (400, saying what to do). */
export async function detectFormat(file: string): Promise<{ format: 'zip' | 'text'; size: number }> {
  const { head, size } = await readHead(file)
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (size === 0 || (text === '' && size <= head.length)) throw unreadable('empty', 'The file is empty.')
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return { format: 'zip', size }
  if (startsWith(head, 0x50, 0x4b)) throw unreadable('damaged', 'The file is damaged or empty: it holds no sheet.')
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw unreadable(
      'old_format',
      'The file is an old Excel file (xls) or protected by a password. Save it as xlsx, ods or csv without a password.',
    )
  }
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46))
    throw unreadable('not_a_register', 'The file is a PDF. Use the ods, xlsx or csv.')
  if (/^<(!doctype|html|head|body|table|!--)/i.test(text)) {
    throw unreadable(
      'not_a_register',
      'The file is a web page, not a spreadsheet, whatever its name says. Download the ods, xlsx or csv itself.',
    )
  }
  if (text.startsWith('<?xml'))
    throw unreadable('not_a_register', 'The file is plain XML. Save it as ods, xlsx or csv.')
  return { format: 'text', size }
}

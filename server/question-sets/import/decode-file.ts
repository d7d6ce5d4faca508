import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { recogniseBytes, recogniseText } from './recognise-file.ts'

/** In bytes: the shipped sets have 20,000. */
export const largestFile = 1024 * 1024

const notText = 'this file is not text, or is UTF-16 without its mark: save it as UTF-8 and try again'

export type Decoded = { text: string } | { problem: Problem }

const refuse = (message: string): Decoded => ({ problem: { place: 'file', message } })

const inMegabytes = (bytes: number) => `${(Math.ceil((10 * bytes) / largestFile) / 10).toFixed(1)} MB`

/** The text of a file, or why it cannot be a question set. Nothing of a file over 1 MB is looked at. */
export function decodeFile(file: Uint8Array | string): Decoded {
  const size = typeof file === 'string' ? Buffer.byteLength(file) : file.byteLength
  if (size > largestFile) return refuse(`this file has ${inMegabytes(size)}: a question set may have 1 MB`)
  const decoded = typeof file === 'string' ? { text: file } : decodeBytes(file)
  if ('problem' in decoded) return decoded
  const text = decoded.text.replace(/^\uFEFF/, '')
  if (text.trim() === '') return refuse('this file is empty')
  if (text.includes('\0')) return refuse(notText)
  const other = recogniseText(text)
  return other === undefined ? { text } : refuse(`this is ${other}`)
}

/** UTF-8; UTF-16 where its byte order mark says so. */
function decodeBytes(bytes: Uint8Array): Decoded {
  const other = recogniseBytes(Buffer.from(bytes.subarray(0, 4000)).toString('latin1'))
  if (other !== undefined) return refuse(`this is ${other}`)
  const mark = [...bytes.subarray(0, 2)].join()
  const encoding = mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : 'utf-8'
  if (encoding === 'utf-8' && bytes.includes(0)) return refuse(notText)
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    return refuse(`this file is not ${encoding === 'utf-8' ? 'UTF-8' : 'whole'}: save it as UTF-8 and try again`)
  }
}

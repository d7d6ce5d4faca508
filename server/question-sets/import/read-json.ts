// The object in a file of JSON that comes from outside.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { isObject, quote, type Source } from './source.ts'

/** In bytes: the shipped sets have 20,000. */
export const largestFile = 1024 * 1024

export type ReadJson = { file: Source } | { problem: Problem }

/** One object, or why there is none. Nothing of a file over 1 MB is looked at. */
export function readJson(file: Uint8Array | string): ReadJson {
  const size = typeof file === 'string' ? Buffer.byteLength(file) : file.byteLength
  if (size > largestFile) return refuse('this file is too large: a question set may have 1 MB')
  const text = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : decode(file)
  if (text === undefined) return refuse('this file is not text in UTF-8: save it as UTF-8 and try again')
  try {
    const value: unknown = JSON.parse(text)
    const repeated = findRepeatedName(text)
    if (repeated !== undefined) return refuse(`${quote(repeated)} is there twice in one object`)
    return isObject(value) ? { file: value } : refuse(notOurs)
  } catch (error) {
    return refuse(`this is not JSON: ${(error as SyntaxError).message}`)
  }
}

export const notOurs =
  'this is neither a question set of ours ("footbridge": 1) nor a SurveyJS questionnaire ("pages" with "elements")'

const refuse = (message: string): ReadJson => ({ problem: { place: 'file', message } })

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g

/** The first name that an object of a JSON text has twice: JSON.parse keeps the last, and loses the work in the other without a word. */
function findRepeatedName(text: string): string | undefined {
  const open: Set<string>[] = []
  for (const [found, colon] of text.matchAll(token)) {
    if (found === '{') open.push(new Set())
    else if (found === '}') open.pop()
    else if (colon !== undefined) {
      const name = JSON.parse(found.slice(0, -colon.length)) as string
      if (open.at(-1)?.has(name)) return name
      open.at(-1)?.add(name)
    }
  }
  return undefined
}

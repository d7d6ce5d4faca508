import { badRequest } from '../../errors.ts'
import { faultOfJson, isObject, type DraftContent } from '../rules/draft/content.ts'

/** Bytes of a file, and of a request. */
export const largestFile = 1024 * 1024

export interface ReadFile extends DraftContent {
  /** What was not taken over as it stood in the file, in sentences. */
  notes: string[]
}

/** The JSON of a file. Throws not_json, too_large. */
export function parseJsonFile(text: string): unknown {
  if (Buffer.byteLength(text) > largestFile)
    throw badRequest('too_large', `The file is too large: at most ${largestFile / 1024} KB is taken.`)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw badRequest('not_json', 'The file could not be read: it is not JSON.')
  }
}

/** The two parts of a question set in a file that was exported here. Throws unfit_file, or unknown_file for the file of another tool. */
export function readQuestionSetFile(file: unknown): ReadFile {
  const fault = faultOfJson(file)
  if (fault) throw badRequest('unfit_file', `The file cannot be taken: ${fault}.`)
  if (isObject(file) && file.footbridge !== undefined) return readOurs(file)
  // A converter of plain SurveyJS JSON belongs here: an object with `pages` or `elements` and without `footbridge`.
  throw badRequest('unknown_file', 'This is not a question set that was exported from here: it has no "footbridge": 1.')
}

function readOurs(file: Record<string, unknown>): ReadFile {
  const { footbridge, questions, plan } = file
  if (footbridge !== 1)
    throw badRequest(
      'unknown_file',
      'The file was exported by another version of this software: only "footbridge": 1 is read.',
    )
  if (!isObject(questions) || !isObject(plan))
    throw badRequest('unknown_file', 'The file has no "questions" and "plan", as every exported question set has.')
  return { questions, plan, notes: [] }
}

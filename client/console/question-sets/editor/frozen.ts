import type { Code, Questions } from '../../../../surveys/question-set.ts'
import { listPublishedCodes } from '../../../../surveys/edit-references.ts'
import type { Frozen } from './editor-context.ts'

/** Nothing is, while nothing was published. */
export function frozenBy(published: Questions | undefined): Frozen {
  const codes = new Set(published ? listPublishedCodes(published) : [])
  const key = (...parts: Code[]) => parts.join('.')
  return {
    isName: (name) => codes.has(name),
    isCode: (question, list, code) => codes.has(key(question, list, code)),
  }
}

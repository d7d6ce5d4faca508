import { listPublishedCodes } from '../../../../surveys/editing/edit-references.ts'
import type { AnalysisPlan, Code, QuestionSet } from '../../../../surveys/question-set.ts'
import type { Frozen } from './editor-context.ts'

/** Nothing is, while nothing was published. */
export function frozenBy(published: QuestionSet | undefined): Frozen {
  const codes = new Set(published ? listPublishedCodes(published.questions) : [])
  const ids = new Set(published ? listIds(published.plan) : [])
  const key = (...parts: Code[]) => parts.join('.')
  return {
    isName: (name) => codes.has(name),
    isCode: (question, list, code) => codes.has(key(question, list, code)),
    isId: (...parts) => ids.has(key(...parts)),
  }
}

const listIds = ({ indicators, scales, breakdowns }: AnalysisPlan): string[] => [
  ...[...indicators, ...scales].map(({ id }) => id),
  ...breakdowns.flatMap(({ id, groups = [] }) => groups.map(({ code }) => `${id}.${code}`)),
]

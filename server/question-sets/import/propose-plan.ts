import { questionsOf } from '../../../surveys/notes.ts'
import type { AnalysisPlan, Question, Questions } from '../../../surveys/question-set.ts'
import { codesOf } from '../../../surveys/variables.ts'
import { skeletonOf } from '../rules/draft/skeleton.ts'

const dontKnow = ['dont_know', 'do_not_know']
const notApplicable = ['not_applicable']

/** Free text and dates are read, everything else is counted. */
const isRead = (question: Question) =>
  question.type === 'comment' || (question.type === 'text' && question.inputType !== 'number')

/** The plan to begin with where a file has none: that of a new set, every question counted or read. Its set gives it the short name. */
export function proposePlan({ title, pages }: Questions): AnalysisPlan {
  const questions = pages.flatMap(questionsOf)
  const codes = new Set(questions.flatMap(codesOf))
  return {
    ...skeletonOf({ slug: 'question-set', title, mode: 'personal' }).plan,
    states: {
      dontKnow: dontKnow.filter((code) => codes.has(code)),
      notApplicable: notApplicable.filter((code) => codes.has(code)),
    },
    counted: questions.filter((question) => !isRead(question)).map(({ name }) => name),
    narrative: questions.filter(isRead).map(({ name }) => name),
  }
}

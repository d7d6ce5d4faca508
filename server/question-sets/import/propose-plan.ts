import { questionsOf } from '../../../surveys/notes.ts'
import type { AnalysisPlan, Question, Questions } from '../../../surveys/question-set.ts'
import { codesOf } from '../../../surveys/variables.ts'
import { toName } from './propose-names.ts'

const dontKnow = ['dont_know', 'do_not_know']
const notApplicable = ['not_applicable']

/** Names that the proposed plan and the columns of an import take: no question may have them. */
export const namesOfPlan = ['region', 'system', 'location_id', 'constructor']

/** Free text and dates are read, everything else is counted. */
const isRead = (question: Question) =>
  question.type === 'comment' || (question.type === 'text' && question.inputType !== 'number')

/** The plan to begin with where a file has none: results by system and region, every question counted or read, nothing published yet. */
export function proposePlan({ title, pages }: Questions): AnalysisPlan {
  const questions = pages.flatMap(questionsOf)
  const codes = new Set(questions.flatMap(codesOf))
  const slug = toName(title).replaceAll('_', '-')
  return {
    slug: /^[a-z]/.test(slug) ? slug : `question-set${slug && `-${slug}`}`.slice(0, 64),
    mode: 'personal',
    minutes: 10,
    states: {
      dontKnow: dontKnow.filter((code) => codes.has(code)),
      notApplicable: notApplicable.filter((code) => codes.has(code)),
    },
    breakdowns: [
      { id: 'region', label: 'Region', from: 'region' },
      { id: 'system', label: 'System', from: 'system' },
    ],
    cross: ['system', 'region'],
    indicators: [],
    scales: [],
    counted: questions.filter((question) => !isRead(question)).map(({ name }) => name),
    narrative: questions.filter(isRead).map(({ name }) => name),
  }
}

// The variables of a questionnaire: what is counted.
import { questionsOf } from '../notes.ts'
import type { AnalysisPlan, Code, Question, Questions } from '../question-set.ts'

/** `question`, `question.row` of a matrix, or `question.choice` (ticked 1, not ticked 0) of a question with several choices. */
export interface Variable {
  name: string
  question: string
  kind: 'one' | 'row' | 'choice'
  /** The row's or the choice's code. */
  part: string
}

/**
 * Every variable of the questions, in their order. Free text and dates are read, not counted. A choice that means *don't know* or
 * *not applicable* is a state of its question's other choices, not a variable.
 */
export function variablesOf({ pages }: Questions, { states }: Pick<AnalysisPlan, 'states'>): Variable[] {
  const stateCodes = new Set<string>([...states.dontKnow, ...states.notApplicable])
  return pages.flatMap(questionsOf).flatMap((question) => variablesOfQuestion(question, stateCodes))
}

function variablesOfQuestion(question: Question, stateCodes: ReadonlySet<string>): Variable[] {
  const { name, type } = question
  const parts = (kind: Variable['kind'], codes: Code[]) =>
    codes.map(String).map((part) => ({ name: `${name}.${part}`, question: name, kind, part }))
  if (type === 'comment') return []
  if (type === 'text') return question.inputType === 'number' ? [{ name, question: name, kind: 'one', part: '' }] : []
  if (type === 'matrix')
    return parts(
      'row',
      question.rows.map((row) => row.value),
    )
  if (type !== 'checkbox') return [{ name, question: name, kind: 'one', part: '' }]
  const codes = question.choices.map((choice) => choice.value).filter((code) => !stateCodes.has(String(code)))
  return parts('choice', question.showOtherItem ? [...codes, 'other'] : codes)
}

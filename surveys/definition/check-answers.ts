import type { Answers, Question } from '../question-set.ts'
import { otherCode } from './answer-faults.ts'
import type { CompiledPage, CompiledQuestion } from './compile-pages.ts'
import { own, walkPages } from './walk-pages.ts'

export interface AnswerProblem {
  /** The question's name; empty where the answers as a whole are wrong. */
  question: string
  /** `question`, or `question.row` of a matrix. */
  place: string
  /** type, choice, duplicate, too_many, exclusive, unknown_row, number, date, too_long, empty, characters, comment, hidden, unknown_question, required, other_text, no_answer */
  code: string
  /** Plain words for the person who answers. */
  message: string
}

const mostProblems = 100

/** The strict check of a whole set of answers; see `Definition.check`. `known`: every key that may occur. Throws nothing, whatever came in. */
export function checkAnswers(
  pages: readonly CompiledPage[],
  known: ReadonlySet<string>,
  answers: unknown,
  complete: boolean,
): AnswerProblem[] {
  if (!isObject(answers)) return [problem('', 'type', 'The answers must be an object with the names of questions')]
  const problems: AnswerProblem[] = []
  let answered = 0
  walkPages(pages, answers, (compiled, shown, faults) => {
    const { name } = compiled.question
    const given = own(answers, name) !== undefined || own(answers, compiled.commentKey) !== undefined
    if (given) answered += 1
    if (given && !shown)
      problems.push(
        problem(name, 'hidden', 'This question does not apply, because of an earlier answer. Remove the answer to it'),
      )
    else for (const { code, message, row } of faults) problems.push(problem(name, code, message, row))
    if (shown && complete) problems.push(...missing(compiled, answers))
  })
  for (const key of Object.keys(answers)) {
    if (problems.length >= mostProblems) break
    if (!known.has(key))
      problems.push(
        problem(key.slice(0, 80).toWellFormed(), 'unknown_question', 'There is no such question in this questionnaire'),
      )
  }
  if (complete && answered === 0 && problems.length === 0)
    problems.push(problem('', 'no_answer', 'Answer at least one question'))
  return problems.slice(0, mostProblems)
}

const isObject = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const problem = (question: string, code: string, message: string, row?: string): AnswerProblem => ({
  question,
  place: row === undefined ? question : `${question}.${row}`,
  code,
  message,
})

/** What a submission still lacks of one question: its answer where required, and the text of *other* where that was chosen. */
function missing({ question, commentKey }: CompiledQuestion, answers: Answers): AnswerProblem[] {
  const value = own(answers, question.name)
  if (value === undefined)
    return question.isRequired ? [problem(question.name, 'required', requiredMessage(question))] : []
  if (!('showOtherItem' in question) || !question.showOtherItem || own(answers, commentKey) !== undefined) return []
  const otherChosen = value === otherCode || (Array.isArray(value) && value.includes(otherCode))
  return otherChosen
    ? [problem(question.name, 'other_text', `Enter your answer for ‘${question.otherText ?? 'Other'}’`)]
    : []
}

function requiredMessage(question: Question): string {
  if (question.type === 'checkbox') return 'Select at least one answer'
  if (question.type === 'matrix') return 'Select an answer for at least one row'
  if (question.type === 'text' || question.type === 'comment') return 'Enter an answer'
  return 'Select an answer'
}

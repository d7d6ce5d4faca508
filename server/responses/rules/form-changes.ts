import { sha256 } from '../../canonical-json.ts'
import { answersFromForm } from '../../../surveys/definition/form-values.ts'
import type { Answers, Question } from '../../../surveys/question-set.ts'
import { comparable, type Changes } from './merge-answers.ts'

/** The fields of a form as they were sent; a field may be sent several times. */
export type FormBody = Record<string, unknown>

/** Names under which a question's answer is stored. */
export function answerNames(question: Question): string[] {
  return 'showOtherItem' in question && question.showOtherItem
    ? [question.name, `${question.name}-Comment`]
    : [question.name]
}

/** The question that an answer's name belongs to. */
export const questionOf = (answerName: string): string => answerName.replace(/-Comment$/, '')

const digest = (value: unknown): string => sha256(comparable(value)).slice(0, 12)

/**
 * What a form showed, as a short fingerprint of each answer: sent back with the form, it tells what the person changed from what
 * only stood there, so that a tab left open does not undo what another tab did.
 */
export function shownAnswers(questions: readonly Question[], answers: Answers): string {
  return questions
    .flatMap(answerNames)
    .map((name) => `${name}.${digest(answers[name])}`)
    .join(' ')
}

function readShown(shown: unknown): Map<string, string> {
  if (typeof shown !== 'string') return new Map()
  return new Map(shown.split(' ').map((part) => part.split('.') as [string, string]))
}

/** What the person changed on a page. A form without `_shown` counts as changed throughout. */
export function changesFromForm(questions: readonly Question[], body: FormBody): Changes {
  const answers = answersFromForm([...questions], body)
  const shown = readShown(body['_shown'])
  const all = questions
    .flatMap(answerNames)
    .map((name) => [name, Object.hasOwn(answers, name) ? answers[name] : null] as const)
  return Object.fromEntries(all.filter(([name, value]) => shown.get(name) !== digest(value)))
}

/** A revision sent by a form; 0 where it is none, so that whatever was saved since is asked about. */
export function readRevision(value: unknown): number {
  const revision = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0
  return revision
}

import { Reply } from '../../http/handle.ts'
import { questionsOf } from '../../../surveys/notes.ts'
import type { Page, Question } from '../../../surveys/question-set.ts'
import { questionOf, type FormBody } from '../rules/form-changes.ts'
import { fieldNames, fieldsFromBody } from '../rules/form-fields.ts'
import { mergeAnswers, type Changes } from '../rules/merge-answers.ts'
import { conflictPage } from '../templates/conflict.ts'
import { answersOf, type Link } from './link.ts'

const keepField = (question: string) => `_keep.${question}`

/** The questions that the conflict page asked about. */
function askedAbout(body: FormBody): string[] {
  return typeof body['_conflict'] === 'string' ? body['_conflict'].split(' ') : []
}

/** Questions whose answer was to be chosen and was not. */
export function choicesMissing(questions: readonly Question[], body: FormBody): string[] {
  const asked = new Set(askedAbout(body))
  return questions
    .map((question) => question.name)
    .filter((name) => asked.has(name) && body[keepField(name)] !== 'mine' && body[keepField(name)] !== 'saved')
}

/** Tells of an answer whether the person chose to leave it as it was saved. */
export const keptAsSaved =
  (body: FormBody) =>
  (answerName: string): boolean =>
    body[keepField(questionOf(answerName))] === 'saved'

interface Asking {
  /** Of the answers that differ. */
  names: readonly string[]
  /** Of the questions that are asked about again. */
  unanswered: readonly string[]
}

/** 409 with both answers to choose from; 400 where that was not done. The form is carried along whole. */
export function askAboutConflict(
  link: Link,
  page: Page,
  body: FormBody,
  mine: Changes,
  { names, unanswered }: Asking,
): Reply {
  const differing = new Set([...names.map(questionOf), ...(unanswered.length > 0 ? askedAbout(body) : [])])
  const questions = questionsOf(page).filter((question) => differing.has(question.name))
  const saved = answersOf(link)
  const sent = fieldsFromBody(body)
  const typed = questionsOf(page)
    .flatMap(fieldNames)
    .flatMap((name) => sent(name).map((value) => [name, value] as const))
  const carried = ['_shown', '_begin', '_return'].flatMap((name) => sent(name).map((value) => [name, value] as const))
  const fields = [
    ...typed,
    ...carried,
    ['_revision', String(link.response?.revision ?? 0)] as const,
    ['_conflict', questions.map((question) => question.name).join(' ')] as const,
  ]
  const asked = conflictPage({
    base: link.base,
    notice: link.notice,
    page: page.name,
    questions,
    mine: mergeAnswers(saved, mine),
    saved,
    fields,
    unanswered,
  })
  return new Reply(unanswered.length > 0 ? 400 : 409, asked)
}

// How long a questionnaire takes: 200 words a minute for everything that is shown, 5 seconds a closed answer, 60 an open one.
// - Every row of a matrix is one closed answer; a question with several choices, a number or a date is one; any other text is open.
// - A list of answers (choices, columns) that the same page has shown word for word is read once, as the columns of a matrix are.
// - `longest` is the longest path with everything answered, every open question written out.
// - `usual` is the same path with every closed question answered but one open question written, the rest read and left: people who
//   are asked for two comments seldom write both. It is an assumption of ours, which is why both figures are always shown.
import { isNote } from '../notes.ts'
import { listPaths } from './paths.ts'
import type { Path } from './paths.ts'
import type { Question, Questions, QuestionSet } from '../question-set.ts'
import { modeOf } from '../modes.ts'

export const secondsPerWord = 60 / 200
const secondsPerClosedAnswer = 5
const secondsPerOpenAnswer = 60

export interface Estimate {
  /** Of the longest path. */
  words: number
  closed: number
  open: number
  /** Seconds with everything answered. */
  longest: number
  /** Seconds with one open question answered. */
  usual: number
}

export function countWords(texts: (string | undefined)[]): number {
  return texts.flatMap((text) => text?.split(/\s+/) ?? []).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function answerList(question: Question): string[] {
  if (question.type === 'matrix') return question.columns.map((column) => column.text)
  if (!('choices' in question)) return []
  return [
    ...question.choices.map((choice) => choice.text),
    ...(question.showOtherItem ? [question.otherText ?? 'Other'] : []),
  ]
}

const isOpen = (question: Question) =>
  question.type === 'comment' || (question.type === 'text' && 'maxLength' in question)

function countClosed(question: Question): number {
  if (isOpen(question)) return 0
  return question.type === 'matrix' ? question.rows.length : 1
}

function wordsOfPage({ page, elements, questions }: Path['pages'][number]): number {
  const lists = new Map(questions.map((question) => [answerList(question).join('\n'), answerList(question)]))
  const rows = questions.flatMap((question) => (question.type === 'matrix' ? question.rows.map((row) => row.text) : []))
  const own = questions.flatMap((question) => [question.title, question.description])
  const notes = elements.filter(isNote).flatMap(({ title, html }) => [title, html])
  return countWords([page.title, page.description, ...own, ...notes, ...rows, ...[...lists.values()].flat()])
}

/** What one path costs, the questionnaire's own title and description included. */
function estimatePath(questions: Questions, path: Path): Estimate {
  const shown = path.pages.flatMap((page) => page.questions)
  const words =
    countWords([questions.title, questions.description]) + path.pages.reduce((sum, page) => sum + wordsOfPage(page), 0)
  const closed = shown.reduce((sum, question) => sum + countClosed(question), 0)
  const open = shown.filter(isOpen).length
  const withoutOpen = words * secondsPerWord + closed * secondsPerClosedAnswer
  return {
    words,
    closed,
    open,
    longest: withoutOpen + open * secondsPerOpenAnswer,
    usual: withoutOpen + Math.min(open, 1) * secondsPerOpenAnswer,
  }
}

/** The longest of all paths. */
export function estimate(questions: Questions): Estimate {
  const estimates = listPaths(questions).map((path) => estimatePath(questions, path))
  return estimates.reduce((longest, next) => (next.longest > longest.longest ? next : longest))
}

/** The seconds that must keep within the plan's minutes: the longest for a personal collection, the usual for a cascade. */
export function promisedSeconds({ plan }: QuestionSet, { longest, usual }: Estimate): number {
  return modeOf(plan).invites ? longest : usual
}

const inMinutes = (seconds: number) => `${Math.floor(Math.ceil(seconds) / 60)} min ${Math.ceil(seconds) % 60} s`

/** One line for a person, and whether the plan's minutes are kept. */
export function describeEstimate(set: QuestionSet): { line: string; kept: boolean } {
  const result = estimate(set.questions)
  const { words, closed, open, longest, usual } = result
  const kept = promisedSeconds(set, result) <= set.plan.minutes * 60
  const measure = modeOf(set.plan).invites ? 'longest' : 'usual'
  const line =
    `${set.plan.slug}: ${words} words, ${closed} closed and ${open} open answers on the longest path; longest ${inMinutes(longest)}, ` +
    `usual (one open answer) ${inMinutes(usual)}; promised ${set.plan.minutes} min, held against the ${measure}: ${kept ? 'kept' : 'NOT KEPT'}`
  return { line, kept }
}

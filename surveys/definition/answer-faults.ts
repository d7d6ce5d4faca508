import type { Code, MatrixQuestion, OneChoiceQuestion, Question, SeveralChoicesQuestion } from '../question-set.ts'
import { isCleanText } from './text.ts'

/** Why one answer is refused; `row` for one row of a matrix. */
export interface Fault {
  code: string
  message: string
  row?: string
}

/** What is wrong with the answer to a question (and with its *other, please say*); nothing where it may be stored. */
export type FaultFinder = (value: unknown, comment: unknown) => Fault[]

/** The code stored when *other* is chosen where the question offers it (`showOtherItem`). */
export const otherCode = 'other'
/** Longest text, in UTF-16 units, of *other, please say*. */
const otherTextMaxLength = 500

const fault = (code: string, message: string, row?: string): Fault =>
  row === undefined ? { code, message } : { code, message, row }
const whole = (found: Fault | undefined): Fault[] => (found ? [found] : [])

/** Compiles the strict check of one question from its published JSON. */
export function compileFaults(question: Question): FaultFinder {
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return oneChoice(question)
    case 'checkbox':
      return severalChoices(question)
    case 'matrix':
      return matrix(question)
    case 'comment':
      return withoutComment(text(question.maxLength, true))
    case 'text':
      if (question.inputType === 'number') return withoutComment(number(question.min, question.max))
      if (question.inputType === 'date') return withoutComment(date)
      return withoutComment(text(question.maxLength, false))
  }
}

function withoutComment(find: (value: unknown) => Fault | undefined): FaultFinder {
  return (value, comment) => [...(value === undefined ? [] : whole(find(value))), ...whole(noComment(comment))]
}

const noComment = (comment: unknown) =>
  comment === undefined ? undefined : fault('comment', 'This question has no place for another answer')

const codesOf = (question: OneChoiceQuestion | SeveralChoicesQuestion): ReadonlySet<unknown> =>
  new Set<unknown>([...question.choices.map((choice) => choice.value), ...(question.showOtherItem ? [otherCode] : [])])

function oneChoice(question: OneChoiceQuestion): FaultFinder {
  const codes = codesOf(question)
  const checkComment = compileComment(question)
  return (value, comment) => {
    const found = value === undefined || codes.has(value) ? [] : [fault('choice', 'Select one of the answers offered')]
    return [...found, ...checkComment(comment, value === otherCode)]
  }
}

function severalChoices(question: SeveralChoicesQuestion): FaultFinder {
  const codes = codesOf(question)
  const exclusive = new Map<unknown, string>(
    question.choices.filter((choice) => choice.isExclusive).map((choice) => [choice.value, choice.text]),
  )
  const most = question.maxSelectedChoices ?? codes.size
  const checkComment = compileComment(question)
  const check = (value: unknown): Fault | undefined => {
    if (!Array.isArray(value) || value.length === 0) return fault('type', 'Select one or more of the answers offered')
    // Too long a list can only hold repeats or unknown codes: not looked through.
    if (value.length <= codes.size && !value.every((code) => codes.has(code)))
      return fault('choice', 'Select only answers that are offered')
    if (value.length > codes.size || new Set(value).size < value.length)
      return fault('duplicate', 'Select each answer only once')
    if (value.length > most)
      return fault('too_many', most === 1 ? 'Select only one answer' : `Select ${most} answers or fewer`)
    const alone = value.find((code) => exclusive.has(code)) as Code | undefined
    if (value.length > 1 && alone !== undefined)
      return fault('exclusive', `Select the answers that apply, or select ‘${exclusive.get(alone)}’ on its own`)
  }
  return (value, comment) => {
    const found = value === undefined ? [] : whole(check(value))
    return [
      ...found,
      ...checkComment(comment, Array.isArray(value) && value.length <= codes.size && value.includes(otherCode)),
    ]
  }
}

function compileComment(question: OneChoiceQuestion | SeveralChoicesQuestion) {
  const check = text(otherTextMaxLength, false)
  const label = question.otherText ?? 'Other'
  return (comment: unknown, otherChosen: boolean): Fault[] => {
    if (comment === undefined) return []
    if (!question.showOtherItem) return whole(noComment(comment))
    if (!otherChosen)
      return [fault('comment', `Select ‘${label}’ if you want to give another answer, or remove what you entered`)]
    return whole(check(comment))
  }
}

function matrix(question: MatrixQuestion): FaultFinder {
  const columns = new Set<unknown>(question.columns.map((column) => column.value))
  const rows = new Map(question.rows.map((row) => [String(row.value), row.text]))
  const check = (value: unknown): Fault[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [fault('type', 'Select an answer for each row')]
    const entries = Object.entries(value)
    if (entries.length === 0) return [fault('type', 'Select an answer for at least one row')]
    if (entries.some(([row]) => !rows.has(row))) return [fault('unknown_row', 'Answer only the rows that are shown')]
    return entries
      .filter(([, code]) => !columns.has(code))
      .map(([row]) => fault('choice', `Select one of the answers offered for ‘${rows.get(row)}’`, row))
  }
  return (value, comment) => [...(value === undefined ? [] : check(value)), ...whole(noComment(comment))]
}

const number = (min: number, max: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
    ? undefined
    : fault('number', `Enter a whole number between ${min} and ${max}`)

function text(maxLength: number, lines: boolean) {
  return (value: unknown): Fault | undefined => {
    if (typeof value !== 'string') return fault('type', 'Enter your answer as text')
    if (value.length > maxLength) return fault('too_long', `Your answer must be ${maxLength} characters or fewer`)
    if (value.trim() === '') return fault('empty', 'Enter an answer, or leave this blank')
    if (!isCleanText(value))
      return fault('characters', 'Your answer has a character that cannot be shown. Delete it or type it again')
    if (!lines && value.includes('\n')) return fault('characters', 'Enter your answer on one line')
  }
}

function date(value: unknown): Fault | undefined {
  return typeof value === 'string' && isRealDate(value)
    ? undefined
    : fault('date', 'Enter a real date, such as 27 3 2026')
}

/** Whether a text is a day of the calendar from 1900 to 2100, as `2026-03-27`. */
export function isRealDate(value: string): boolean {
  if (!/^(19\d\d|20\d\d|2100)-\d\d-\d\d$/.test(value)) return false
  const instant = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value)
}

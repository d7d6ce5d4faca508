// Answers as strings, from an ordinary form or from the columns of a csv, to the declared codes and numbers. What is wrong is kept as it
// came: the check refuses it by name, and the page shows it again. Blank means no answer.
import { questionsOf } from '../notes.ts'
import type { Answers, Code, MatrixQuestion, Question } from '../question-set.ts'
import { isRealDate } from './answer-faults.ts'
import { commentKeyOf } from './compile-pages.ts'
import type { Definition } from './definition.ts'
import { cleanText } from './text.ts'
import { own } from './walk-pages.ts'

/** A date as its three fields hold it; kept as the answer where it is not a real date. */
export interface DateParts {
  day: string
  month: string
  year: string
}

/**
 * The answers of one page's form. Fields: `name` (repeated for several choices), `name.row` of a matrix, `name-day` `name-month` `name-year`
 * of a date, `name-Comment` for *other, please say*. Other fields are ignored; a question without an answer has no key.
 */
export function answersFromForm(questions: readonly Question[], body: Record<string, unknown>): Answers {
  return collect(
    questions.flatMap((question) => [
      [question.name, formValue(question, body)],
      [commentKeyOf(question.name), field(body, commentKeyOf(question.name))],
    ]),
  )
}

function formValue(question: Question, body: Record<string, unknown>): unknown {
  if (question.type === 'checkbox') return listValue(question.choices, [field(body, question.name)].flat())
  if (question.type === 'matrix') return matrixValue(question, (row) => field(body, `${question.name}.${row}`))
  if (question.type === 'text' && question.inputType === 'date') return dateValue(question.name, body)
  return oneValue(question, field(body, question.name))
}

/**
 * The answers of one row of a csv. Columns: `question` (several choices `a;b`, dates `2026-03-27`), `matrix.row`, `question.choice` of several
 * choices (1 ticked, 0 or blank not), `question-Comment`. A column that names nothing is kept under its own name, for the check to refuse.
 */
export function answersFromColumns(definition: Definition, row: Record<string, string>): Answers {
  const rest = new Map(
    Object.entries(row).flatMap(([column, cell]) =>
      cleanText(cell) === '' ? [] : [[column, cleanText(cell)] as const],
    ),
  )
  const take = (column: string) => {
    const cell = rest.get(column)
    rest.delete(column)
    return cell
  }
  const entries = definition.pages.flatMap(questionsOf).flatMap((question): [string, unknown][] => [
    [question.name, columnValue(question, take)],
    [commentKeyOf(question.name), take(commentKeyOf(question.name))],
  ])
  return collect([...entries, ...rest])
}

function columnValue(question: Question, take: (column: string) => string | undefined): unknown {
  if (question.type === 'matrix') return matrixValue(question, (row) => take(`${question.name}.${row}`))
  if (question.type !== 'checkbox') return oneValue(question, take(question.name))
  const listed =
    take(question.name)
      ?.split(';')
      .map((code) => code.trim()) ?? []
  const codes = [
    ...question.choices.map((choice) => String(choice.value)),
    ...(question.showOtherItem ? ['other'] : []),
  ]
  const ticked = codes.flatMap((code) => tickedValue(code, take(`${question.name}.${code}`)))
  return listValue(question.choices, [...listed, ...ticked])
}

// Anything but 0 and 1 becomes a code that the question does not have.
function tickedValue(code: string, cell: string | undefined): string[] {
  if (cell === undefined || cell === '0') return []
  return [cell === '1' ? code : `${code}=${cell}`]
}

function collect(entries: readonly (readonly [string, unknown])[]): Answers {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A field's text, cleaned; undefined where blank. Anything but one text is kept as it came. */
function field(body: Record<string, unknown>, name: string): unknown {
  const value = own(body, name)
  if (typeof value !== 'string') return value === null ? undefined : value
  const text = cleanText(value)
  return text === '' ? undefined : text
}

function oneValue(question: Question, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if ('choices' in question) return codeOf(question.choices, value)
  if (question.type === 'text' && question.inputType === 'number')
    return /^-?\d{1,15}$/.test(value) ? Number(value) : value
  return value
}

const codeOf = (items: readonly { value: Code }[], text: unknown): unknown =>
  items.find(({ value }) => String(value) === text)?.value ?? text

function listValue(items: readonly { value: Code }[], values: readonly unknown[]): unknown {
  const given = values
    .map((value) => (typeof value === 'string' ? value.trim() : value))
    .filter((value) => value !== undefined && value !== '')
  return given.length === 0 ? undefined : given.map((value) => codeOf(items, value))
}

function matrixValue(question: MatrixQuestion, cellOf: (row: string) => unknown): unknown {
  const cells = question.rows.map((row) => [String(row.value), cellOf(String(row.value))] as const)
  const answered = cells.filter(([, cell]) => cell !== undefined)
  return answered.length === 0
    ? undefined
    : Object.fromEntries(answered.map(([row, cell]) => [row, codeOf(question.columns, cell)]))
}

function dateValue(name: string, body: Record<string, unknown>): unknown {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => field(body, `${name}-${part}`) ?? '')
  if (day === '' && month === '' && year === '') return undefined
  if (typeof day !== 'string' || typeof month !== 'string' || typeof year !== 'string') return { day, month, year }
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDate(written) ? written : { day, month, year }
}

/** What the three fields of a date show for an answer, right or wrong. */
export function datePartsOf(answer: unknown): DateParts {
  if (typeof answer === 'string' && isRealDate(answer)) {
    const [year = '', month, day] = answer.split('-')
    return { day: String(Number(day)), month: String(Number(month)), year }
  }
  const parts = typeof answer === 'object' && answer !== null ? (answer as Answers) : {}
  const part = (name: string) => (typeof own(parts, name) === 'string' ? String(own(parts, name)) : '')
  return { day: part('day'), month: part('month'), year: part('year') }
}

// One question of SurveyJS as one of ours. What it was asked about keeps its words; what we do not have is told.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import type { Code, Question } from '../../../surveys/question-set.ts'
import { convertChoices } from './convert-choices.ts'
import { convertText } from './convert-text.ts'
import type { SourceQuestion } from './flatten-survey.ts'
import { readItems } from './read-choices.ts'
import { readText } from './read-text.ts'
import { quote, tellOthers, type Source, type Tell } from './source.ts'

export interface Converted {
  question: Question
  /** The code of each value of the file, by that value as text. */
  codes: Map<string, Code>
  /** The code of each row of a matrix. */
  rows: Map<string, Code>
}
export interface Reading {
  tell: Tell
  refuse: (problem: Problem) => void
}
export type Base = Pick<Question, 'name' | 'title' | 'description' | 'isRequired' | 'provenance'>

/** What a converter of one type makes, and which properties of the source it has looked at. */
export interface Made extends Partial<Omit<Converted, 'question'>> {
  question: Question
  looked: readonly string[]
}
export type Convert = (source: Source, base: Base, place: string, reading: Reading) => Made | undefined

const looked = ['type', 'name', 'title', 'description', 'isRequired', 'provenance', 'visibleIf', 'visible']

const converters: Record<string, Convert> = {
  radiogroup: convertChoices,
  dropdown: convertChoices,
  checkbox: convertChoices,
  tagbox: convertChoices,
  buttongroup: convertChoices,
  imagepicker: convertChoices,
  rating: convertChoices,
  boolean: convertChoices,
  matrix: convertMatrix,
  text: convertText,
  comment: convertText,
}

/** Undefined where the question cannot be one of ours: told, with the reason. */
export function convertQuestion(
  { source, place, name: given }: SourceQuestion,
  name: string,
  reading: Reading,
): Converted | undefined {
  const type = typeof source.type === 'string' ? source.type : ''
  const convert = Object.hasOwn(converters, type) ? converters[type] : undefined
  const leaveOut = (reason: string) => reading.tell(place, `${quote(given || name)} is left out: ${reason}`)
  if (!convert) {
    leaveOut(type === '' ? 'it has no type' : `a question set has no questions of type ${quote(type)}`)
    return undefined
  }
  const title = readText(source.title, `${place}.title`, reading.tell)
  const description = readText(source.description, `${place}.description`, reading.tell)
  const base: Base = { name, title: title ?? readText(given || name, `${place}.name`, reading.tell) ?? name }
  if (description !== undefined) base.description = description
  if (typeof source.isRequired === 'boolean') base.isRequired = source.isRequired
  if (isProvenance(source.provenance)) base.provenance = source.provenance
  const made = convert(source, base, place, reading)
  if (!made) {
    leaveOut(
      'what people would choose from is not in the file, or does not fit: at most 200 choices, 2 to 11 columns and 40 rows',
    )
    return undefined
  }
  tellOthers(source, place, [...looked, ...made.looked], reading.tell)
  if (name !== given) reading.tell(`${place}.name`, `the name ${quote(given)} became ${name}`)
  return { question: made.question, codes: made.codes ?? noCodes, rows: made.rows ?? noCodes }
}

const noCodes = new Map<string, Code>()

export const isProvenance = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 500

function convertMatrix(source: Source, base: Base, place: string, reading: Reading): Made | undefined {
  const columns = readItems(source.columns, `${place}.columns`, 'code', reading)
  const rows = readItems(source.rows, `${place}.rows`, 'row', reading)
  const [across, down] = [columns.items, rows.items].map((items) => items.map(({ value, text }) => ({ value, text })))
  if (!across || !down || across.length < 2 || across.length > 11 || down.length < 1 || down.length > 40)
    return undefined
  return {
    question: { type: 'matrix', ...base, columns: across, rows: down },
    codes: columns.codes,
    rows: rows.codes,
    looked: ['columns', 'rows'],
  }
}

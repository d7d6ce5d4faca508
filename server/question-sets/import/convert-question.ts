// One question of SurveyJS as one of ours. What it was asked about keeps its words; what we do not have is told.
import type { Code } from '../../../surveys/question-set.ts'
import { choiceTypes, convertChoices } from './convert-choices.ts'
import { convertText } from './convert-text.ts'
import { readItems } from './read-choices.ts'
import { readText } from './read-text.ts'
import { keepOwn, quote } from './source.ts'
import type { Base, Converted, Made, Reading, Source, SourceQuestion } from './source.ts'

const looked = ['title', 'description', 'isRequired']
const noCodes = new Map<string, Code>()

function converterOf(type: unknown) {
  if (type === 'text' || type === 'comment') return convertText
  if (type === 'matrix') return convertMatrix
  return typeof type === 'string' && Object.hasOwn(choiceTypes, type) ? convertChoices : undefined
}

/** Undefined where the question cannot be one of ours: told, with the reason. */
export function convertQuestion(from: SourceQuestion, name: string, reading: Reading): Converted | undefined {
  const { source, place, name: given } = from
  const { type } = source
  const convert = converterOf(type)
  const leaveOut = (reason: string) => reading.tell(place, `${quote(given || name)} is left out: ${reason}`)
  if (!convert) {
    leaveOut(type ? `a question set has no questions of type ${quote(type)}` : 'it has no type')
    return undefined
  }
  const textOf = (key: string) => readText(source[key], `${place}.${key}`, reading.tell)
  const [title, description] = [textOf('title') ?? textOf('name') ?? name, textOf('description')]
  const base: Base = { name, title }
  if (description !== undefined) base.description = description
  if (typeof source.isRequired === 'boolean') base.isRequired = source.isRequired
  const made = convert(source, base, place, reading)
  if (!made) {
    leaveOut(
      'what people choose from is not in the file, or does not fit: at most 200 choices, 2 to 11 columns and 40 rows',
    )
    return undefined
  }
  const question = keepOwn(from, made.question, [...looked, ...made.looked], reading.tell)
  return { question, codes: made.codes ?? noCodes, rows: made.rows ?? noCodes }
}

function convertMatrix(source: Source, base: Base, place: string, reading: Reading): Made | undefined {
  const columns = readItems(source.columns, `${place}.columns`, reading)
  const rows = readItems(source.rows, `${place}.rows`, reading)
  const [across, down] = [columns.items.length, rows.items.length]
  if (across < 2 || across > 11 || down < 1 || down > 40) return undefined
  const plain = (items: typeof rows.items) => items.map(({ value, text }) => ({ value, text }))
  return {
    question: { type: 'matrix', ...base, columns: plain(columns.items), rows: plain(rows.items) },
    codes: columns.codes,
    rows: rows.codes,
    looked: ['columns', 'rows'],
  }
}

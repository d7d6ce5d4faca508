// What every step of a conversion shares: the objects of the file, what becomes of a question, and the list of what could not be kept.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import type { Code, Question } from '../../../surveys/question-set.ts'

export type Source = Record<string, unknown>

/** Says where in the file something is not kept as it was (`pages.0.elements.2.validators`), and why, in a sentence. */
export type Tell = (place: string, message: string) => void

export interface Condition {
  place: string
  expression: string
}
/** A question, or a heading or paragraph; its name as in the file. */
export interface SourceQuestion {
  source: Source
  place: string
  name: string
  conditions: Condition[]
}

export interface Reading {
  tell: Tell
  refuse: (problem: Problem) => void
}

export interface Converted {
  question: Question
  /** The code of each value of the file, by that value as text. */
  codes: Map<string, Code>
  /** The code of each row of a matrix. */
  rows: Map<string, Code>
}
export type Base = Pick<Question, 'name' | 'title' | 'description' | 'isRequired'>

/** What a converter of one type makes, and which properties of the source it has looked at. */
export interface Made extends Partial<Omit<Converted, 'question'>> {
  question: Question
  looked: readonly string[]
}

export const isObject = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A key, value or text of the file as messages name it. */
export const quote = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
}

/** Properties of SurveyJS that people will miss, and why. */
const reasons: readonly (readonly [keys: RegExp, reason: string])[] = [
  [/^validators$/, 'checks of answers are not kept, beyond required answers, limits of numbers and lengths'],
  [/If$/, 'a page or question is shown or not: other conditions are not kept'],
  [/^(calculatedValues|triggers)$|expression$/i, 'nothing is calculated while people answer'],
  [/^default/, 'no answer is filled in beforehand'],
  [/^choices(ByUrl|FromQuestion)/, 'choices are written in the question set, not fetched'],
  [/^(hasComment|showCommentArea)$/, 'a remark beside an answer is not kept: ask a question of its own'],
]

/** Tells of every property of an object beyond those that are kept. */
export function tellOthers(source: Source, place: string, kept: readonly string[], tell: Tell): void {
  for (const key of Object.keys(source)) {
    if (kept.includes(key)) continue
    const reason = reasons.find(([keys]) => keys.test(key))?.[1] ?? 'a question set has nothing like it'
    const name = key.slice(0, 60)
    tell(place === '' ? name : `${place}.${name}`, `${name} is not kept: ${reason}`)
  }
}

/** What was made of an element, with its provenance; tells of a new name and of what else the element had. */
export function keepOwn<Kept extends { name: string; provenance?: string | undefined }>(
  { source, place, name }: SourceQuestion,
  made: Kept,
  looked: readonly string[],
  tell: Tell,
): Kept {
  tellOthers(source, place, ['type', 'name', 'provenance', 'visibleIf', 'visible', ...looked], tell)
  if (made.name !== name) tell(`${place}.name`, `the name ${quote(name)} became ${made.name}`)
  const { provenance } = source
  const fits = typeof provenance === 'string' && provenance.length > 0 && provenance.length <= 500
  return fits ? { ...made, provenance } : made
}

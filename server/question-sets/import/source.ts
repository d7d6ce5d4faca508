// What every step of a conversion shares: the objects of the file, and the list of what could not be kept.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'

export type Source = Record<string, unknown>

/** Where in the file something is not kept as it was (`pages.0.elements.2.validators`), and why, in a sentence. */
export type Lost = Problem

export type Tell = (place: string, message: string) => void

export const isObject = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A key, value or text of the file as messages name it. */
export const quote = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
}

/** Properties of SurveyJS that people will miss, and why; every other one is told by its name alone. */
const reasons: readonly (readonly [keys: RegExp, reason: string])[] = [
  [/^validators$/, 'checks of answers are not kept, beyond required answers, limits of numbers and lengths'],
  [
    /^(requiredIf|enableIf|resetValueIf|setValueIf|setValueExpression|readOnly)$/,
    'a question is shown or not: other conditions are not kept',
  ],
  [/(visibleIf|enableIf|VisibleIf|EnableIf)$/, 'only pages and questions have conditions: it is always offered'],
  [
    /^(calculatedValues|triggers|expression|minValueExpression|maxValueExpression)$/,
    'nothing is calculated while people answer',
  ],
  [/^completed|^navigateTo|^loadingHtml$/, 'the page after the last answer is the same for every question set'],
  [/^(default(Value|RowValue|Display)|correctAnswer)/, 'no answer is filled in beforehand'],
  [/^(logo|background|image)/, 'pictures are not kept'],
  [/^choices(ByUrl|FromQuestion)/, 'choices are written in the question set, not fetched'],
  [/^choicesOrder$|^rowOrder$|^rowsOrder$|^questions?Order$/, 'the order is the same for everybody'],
  [/^(hasComment|showCommentArea|comment)/, 'a remark beside an answer is not kept: ask a question of its own'],
  [
    /^(minSelectedChoices|eachRowRequired|isAllRowRequired|eachRowUnique)$/,
    'of several answers, at least one can be required and no more',
  ],
  [/^mask/, 'answers are not reshaped while they are typed'],
  [/^max(TimeToFinish|Time)|^timeLimit|^showTimer/, 'people take the time they need'],
  [
    /^(theme|css|show|width|minWidth|maxWidth|col(Count|Span)|titleLocation|errorLocation|placeholder|startWithNewLine|separate)/,
    'the look is the same for every question set',
  ],
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

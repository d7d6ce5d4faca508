// A SurveyJS file as pages of questions: panels opened, what is never shown left out.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { readText } from './read-text.ts'
import { isObject, quote, tellOthers, type Condition, type Source, type SourceQuestion, type Tell } from './source.ts'

export interface SourcePage {
  source: Source
  place: string
  conditions: Condition[]
  questions: SourceQuestion[]
}

/** The pages of a file and their questions, in its order. */
export function flattenSurvey(survey: Source, tell: Tell): SourcePage[] {
  if (!Array.isArray(survey.pages))
    return [{ source: {}, place: '', conditions: [], questions: flattenElements(survey, '', [], tell) }]
  return (survey.pages as unknown[]).flatMap((source, index): SourcePage[] => {
    const place = `pages.${index}`
    if (!isShown(source, place, tell)) return []
    tellOthers(source, place, ['name', 'title', 'description', 'visibleIf', 'visible', keyOfElements(source)], tell)
    const questions = flattenElements(source, `${place}.`, [], tell)
    if (questions.length === 0) tell(place, 'this page has no question, and is left out')
    return [{ source, place, conditions: conditionsOf(source, place), questions }]
  })
}

/** `questions` in older files. */
const keyOfElements = (source: Source) => (Array.isArray(source.elements) ? 'elements' : 'questions')

function flattenElements(parent: Source, before: string, outer: Condition[], tell: Tell): SourceQuestion[] {
  const key = keyOfElements(parent)
  return (Array.isArray(parent[key]) ? parent[key] : []).flatMap((source: unknown, index): SourceQuestion[] => {
    const place = `${before}${key}.${index}`
    if (!isShown(source, place, tell)) return []
    const conditions = [...outer, ...conditionsOf(source, place)]
    const { type, name } = source
    if (type !== 'panel')
      return [{ source, place, name: ['string', 'number'].includes(typeof name) ? String(name) : '', conditions }]
    const title = readText(source.title, `${place}.title`, tell)
    tell(
      place,
      `a panel${title === undefined ? '' : ` (${quote(title)})`} is not kept: its questions stand on the page`,
    )
    tellOthers(source, place, ['type', 'name', 'title', 'visibleIf', 'visible', keyOfElements(source)], tell)
    return flattenElements(source, `${place}.`, conditions, tell)
  })
}

const conditionsOf = ({ visibleIf }: Source, place: string): Condition[] =>
  typeof visibleIf === 'string' && visibleIf.trim() !== ''
    ? [{ place: `${place}.visibleIf`, expression: visibleIf }]
    : []

/** A condition decides over `visible`, as in SurveyJS. */
function isShown(element: unknown, place: string, tell: Tell): element is Source {
  if (!isObject(element)) {
    tell(place, 'this is neither a page nor a question, and is left out')
    return false
  }
  if (element.visible !== false || conditionsOf(element, place).length > 0) return true
  tell(place, 'this is never shown, and is left out')
  return false
}

/** Names that two questions have: their answers could not be told apart. */
export function findRepeatedNames(questions: readonly SourceQuestion[]): Problem[] {
  const known = new Set<string>()
  return questions.flatMap(({ name, place }): Problem[] => {
    const repeated = name !== '' && known.has(name)
    known.add(name)
    return repeated ? [{ place: `${place}.name`, message: `two questions have the name ${quote(name)}` }] : []
  })
}

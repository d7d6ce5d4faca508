// A SurveyJS file as pages of questions: panels opened, what is never shown left out.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { readText } from './read-text.ts'
import { isObject, quote, tellOthers, type Source, type Tell } from './source.ts'

export interface Condition {
  place: string
  expression: string
}
export interface SourceQuestion {
  source: Source
  place: string
  /** As in the file. */
  name: string
  conditions: Condition[]
}
export interface SourcePage {
  source: Source
  place: string
  conditions: Condition[]
  questions: SourceQuestion[]
}

/** The pages of a file and their questions, in its order. */
export function flattenSurvey(survey: Source, tell: Tell): SourcePage[] {
  const pages = Array.isArray(survey.pages) ? (survey.pages as unknown[]) : undefined
  if (!pages) {
    const key = Array.isArray(survey.elements) ? 'elements' : 'questions'
    return [{ source: {}, place: '', conditions: [], questions: flattenElements(survey[key], key, [], tell) }]
  }
  return pages.flatMap((page, index): SourcePage[] => {
    const place = `pages.${index}`
    if (!isShown(page, place, tell)) return []
    const key = Array.isArray(page.elements) ? 'elements' : 'questions'
    tellOthers(page, place, ['name', 'title', 'description', 'visibleIf', 'visible', key], tell)
    const questions = flattenElements(page[key], `${place}.${key}`, [], tell)
    if (questions.length === 0) tell(place, 'this page has no question, and is left out')
    return [{ source: page, place, conditions: conditionsOf(page, place), questions }]
  })
}

function flattenElements(list: unknown, place: string, conditions: Condition[], tell: Tell): SourceQuestion[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((element, index): SourceQuestion[] => {
    const at = `${place}.${index}`
    if (!isShown(element, at, tell)) return []
    const all = [...conditions, ...conditionsOf(element, at)]
    if (element.type !== 'panel') return [{ source: element, place: at, name: nameOf(element), conditions: all }]
    const title = readText(element.title, `${at}.title`, tell)
    tell(at, `a panel${title === undefined ? '' : ` (${quote(title)})`} is not kept: its questions stand on the page`)
    const key = Array.isArray(element.elements) ? 'elements' : 'questions'
    tellOthers(element, at, ['type', 'name', 'title', 'visibleIf', 'visible', key], tell)
    return flattenElements(element[key], `${at}.${key}`, all, tell)
  })
}

const conditionsOf = ({ visibleIf }: Source, place: string): Condition[] =>
  typeof visibleIf === 'string' && visibleIf.trim() !== ''
    ? [{ place: `${place}.visibleIf`, expression: visibleIf }]
    : []

const nameOf = ({ name }: Source): string => (typeof name === 'string' || typeof name === 'number' ? String(name) : '')

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
export function findRepeatedNames(pages: readonly SourcePage[]): Problem[] {
  const known = new Set<string>()
  return pages
    .flatMap(({ questions }) => questions)
    .flatMap(({ name, place }): Problem[] => {
      const repeated = name !== '' && known.has(name)
      known.add(name)
      return repeated ? [{ place: `${place}.name`, message: `two questions have the name ${quote(name)}` }] : []
    })
}

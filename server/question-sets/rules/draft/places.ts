import type { QuestionSet } from '../../../../surveys/question-set.ts'
import { isObject } from './content.ts'
import { type DraftContent } from '../../../../surveys/draft-content.ts'

/** The path into a draft (`questions.pages.0.elements.2.title`, `plan.indicators.1`) of a place that `checkQuestionSet` names. */
export function pathOfPlace(place: string, { questions, plan }: QuestionSet): string {
  if (place.startsWith('pages.')) return `questions.${place}`
  const [list = '', name] = place.split('.')
  if (list === 'questions') {
    const page = questions.pages.findIndex(({ elements }) => elements.some((one) => one.name === name))
    const element = questions.pages[page]?.elements.findIndex((one) => one.name === name)
    return element === undefined ? 'questions' : `questions.pages.${page}.elements.${element}`
  }
  const items: unknown = plan[list as keyof typeof plan]
  if (!Array.isArray(items) || name === undefined) return `plan.${place}`
  // Of an id that is used twice, the later one is the slip.
  const index = items.findLastIndex((item: unknown) => (isObject(item) ? item.id : item) === name)
  return index < 0 ? `plan.${list}` : `plan.${list}.${index}`
}

const singular: Record<string, string> = {
  pages: 'page',
  elements: 'question',
  choices: 'choice',
  columns: 'column',
  rows: 'row',
  breakdowns: 'breakdown',
  indicators: 'indicator',
  scales: 'scale',
  items: 'item',
  groups: 'group',
}

/** The same place for a person: `page 2 (about_you), question 1 (grade), choice 3 (other)`. */
export function describePlace(path: string, content: DraftContent): string {
  const [part = '', ...keys] = path.split('.')
  const words: string[] = part === 'plan' ? ['analysis plan'] : []
  let node: unknown = content[part as keyof DraftContent]
  keys.forEach((key, index) => {
    node = isObject(node) || Array.isArray(node) ? (node as Record<string, unknown>)[key] : undefined
    const list = singular[keys[index - 1] ?? '']
    if (list === undefined || !/^\d+$/.test(key)) return
    const name = isObject(node) ? (node.name ?? node.id ?? node.value ?? node.code) : undefined
    const named = (typeof name === 'string' && name !== '') || typeof name === 'number'
    const what = isObject(node) && node.type === 'html' ? 'text' : list
    words.push(`${what} ${Number(key) + 1}${named ? ` (${name})` : ''}`)
  })
  return words.join(', ') || 'questionnaire'
}

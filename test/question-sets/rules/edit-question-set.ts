// Small changes of a question set, for tests of what is said of them.
import type { QuestionSet } from '../../../surveys/question-set.ts'

type Item = Record<string, unknown>
export type Edit = (set: QuestionSet) => void

const named = (item: Item, name: string) => [item.name, item.value, item.id].some((key) => String(key) === name)

/** What a path such as `plan/indicators/summary_under_quarter` or `?grade/choices/other` leads to; `?name` is a question, wherever it is. */
function at(set: QuestionSet, path: string): unknown {
  const [first = '', ...rest] = path.split('/')
  const { pages } = set.questions
  const elements: Item[] = pages.flatMap((page) => page.elements)
  const from: unknown = first.startsWith('?')
    ? elements.find((item) => item.name === first.slice(1))
    : first === 'plan'
      ? set.plan
      : first === 'questions'
        ? set.questions
        : pages.find(({ name }) => name === first)
  const found = rest.reduce<unknown>(
    (node, key) =>
      Array.isArray(node) ? (node as Item[]).find((item) => named(item, key)) : (node as Item | undefined)?.[key],
    from,
  )
  if (found === undefined) throw new Error(`there is no ${path}`)
  return found
}
const list = (set: QuestionSet, path: string) => at(set, path) as unknown[]

export const put =
  (path: string, values: Item): Edit =>
  (set) =>
    void Object.assign(at(set, path) as Item, values)
export const drop =
  (path: string, key: string): Edit =>
  (set) => {
    if (!(key in (at(set, path) as Item))) throw new Error(`${path} has no ${key}`)
    Reflect.deleteProperty(at(set, path) as Item, key)
  }
export const push =
  (path: string, item: unknown): Edit =>
  (set) =>
    void list(set, path).push(item)
export const take = (set: QuestionSet, path: string, name: string): unknown => {
  const items = list(set, path) as Item[]
  return items.splice(
    items.findIndex((item) => named(item, name)),
    1,
  )[0]
}
export const cut =
  (path: string, name: string): Edit =>
  (set) =>
    void take(set, path, name)
export const pop =
  (path: string): Edit =>
  (set) =>
    void list(set, path).pop()
export const toFront =
  (path: string, name: string): Edit =>
  (set) =>
    void list(set, path).unshift(take(set, path, name))

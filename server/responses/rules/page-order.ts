import type { Definition } from '../../../surveys/definition/definition.ts'
import type { Answers } from '../../../surveys/question-set.ts'

/** Where a page stands among those that these answers lead to. */
export interface PagePlace {
  number: number
  total: number
  /** Names of pages; undefined at the ends. */
  previous: string | undefined
  next: string | undefined
}

/** The place of a page; undefined where the answers do not lead to it. */
export function placeOf(definition: Definition, name: string, answers: Answers): PagePlace | undefined {
  const names = definition.visiblePages(answers).map((page) => page.name)
  const index = names.indexOf(name)
  if (index < 0) return undefined
  return { number: index + 1, total: names.length, previous: names[index - 1], next: names[index + 1] }
}

/** The first page after the named one that these answers lead to; undefined after the last. */
export function pageAfter(definition: Definition, name: string, answers: Answers): string | undefined {
  const all = definition.pages.map((page) => page.name)
  const visible = new Set(definition.visiblePages(answers).map((page) => page.name))
  return all.slice(all.indexOf(name) + 1).find((candidate) => visible.has(candidate))
}

/** Where a person who comes back goes on: after the page that was saved last; undefined: all pages are done. */
export function resumePage(
  definition: Definition,
  answers: Answers,
  touched: Record<string, number>,
): string | undefined {
  const last = (names: string[]) => Math.max(0, ...names.map((name) => touched[name] ?? 0))
  const saved = definition.pages.map((page) => ({
    name: page.name,
    revision: last(page.elements.map((question) => question.name)),
  }))
  const newest = saved.reduce((a, b) => (b.revision >= a.revision && b.revision > 0 ? b : a), { name: '', revision: 0 })
  return newest.revision === 0 ? definition.visiblePages(answers)[0]?.name : pageAfter(definition, newest.name, answers)
}

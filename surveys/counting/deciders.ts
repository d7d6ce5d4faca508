// Which questions decide whether another is asked.
import type { Questions } from '../question-set.ts'

type Pages = Pick<Questions, 'pages'>

/** The names of all questions that decide, directly or through others, whether one is shown. */
export function decidersOf({ pages }: Pages, name: string): string[] {
  return withDeciders({ pages }, conditionsOf({ pages }, name).flatMap(referencesIn))
}

/** The named questions and all that decide whether these are shown. */
export function withDeciders(questions: Pages, names: readonly string[], seen = new Set<string>()): string[] {
  for (const name of names) {
    const conditions = conditionsOf(questions, name)
    if (conditions.length === 0 || seen.has(name)) continue
    seen.add(name)
    withDeciders(questions, conditions.flatMap(referencesIn), seen)
  }
  return [...seen]
}

/** The questions that a condition names. */
export const referencesIn = (expression = ''): string[] =>
  [...expression.matchAll(/\{\s*([a-z][a-z0-9_]*)/g)].map((match) => match[1]!)

/** Of the page and of the question itself, empty where there is none; no entry for a question that does not exist. */
export function conditionsOf({ pages }: Pages, name: string): string[] {
  return pages.flatMap(({ visibleIf = '', elements }) =>
    elements.filter((question) => question.name === name).flatMap((question) => [visibleIf, question.visibleIf ?? '']),
  )
}

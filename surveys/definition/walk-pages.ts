import type { Answers } from '../question-set.ts'
import type { Fault } from './answer-faults.ts'
import type { Condition } from './conditions.ts'
import type { CompiledPage, CompiledQuestion } from './compile-pages.ts'

/** Called for every question in order, before its answer counts for later conditions. */
export type Visit = (question: CompiledQuestion, shown: boolean, faults: Fault[]) => void

/** Goes through the pages as a respondent does: only answers that are shown and right decide what comes later. Returns the names of all that is shown. */
export function walkPages(pages: readonly CompiledPage[], answers: Answers, visit?: Visit): Set<string> {
  const values = Object.create(null) as Answers
  const shown = new Set<string>()
  // What a condition looks at lies on pages before its first use, so that its result holds for the rest of the way.
  const results: (boolean | undefined)[] = []
  const holds = (condition: Condition | undefined) =>
    condition === undefined || (results[condition.slot] ??= condition.holds(values))
  for (const page of pages) {
    const pageShown = holds(page.condition)
    for (const compiled of page.questions) {
      const { name } = compiled.question
      const questionShown = pageShown && holds(compiled.condition)
      const faults = compiled.findFaults(own(answers, name), own(answers, compiled.commentKey))
      if (questionShown) {
        shown.add(name)
        if (faults.length === 0 && own(answers, name) !== undefined) values[name] = answers[name]
      }
      visit?.(compiled, questionShown, faults)
    }
    for (const { name, condition } of page.notes) if (pageShown && holds(condition)) shown.add(name)
  }
  return shown
}

/** A property that an object has itself: answers come from outside, and every object inherits some. */
export const own = (answers: Answers, name: string): unknown =>
  Object.hasOwn(answers, name) ? answers[name] : undefined

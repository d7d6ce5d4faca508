import { canonicalJson } from '../../canonical-json.ts'
import type { Answers } from '../../../surveys/question-set.ts'

/** What a save wants to change: a value by answer name, or null to take the answer back. */
export type Changes = Record<string, unknown>

/** What is stored of a response, as far as a merge needs it. */
export interface Stored {
  data: Answers
  /** By answer, the revision that last changed it. */
  touched: Record<string, number>
  revision: number
}

const valueOf = (answers: Answers, name: string): unknown => (Object.hasOwn(answers, name) ? answers[name] : null)

/** An answer as a text that is equal for equal answers: several choices are a set, stored in whatever order they were ticked. */
export function comparable(value: unknown): string {
  return Array.isArray(value) ? canonicalJson(value.map(canonicalJson).sort()) : canonicalJson(value ?? null)
}

/** The answers with the changes made; the ones given are left as they are. */
export function mergeAnswers(answers: Answers, changes: Changes): Answers {
  const kept = Object.entries(answers).filter(([name]) => !Object.hasOwn(changes, name))
  const given = Object.entries(changes).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries([...kept, ...given])
}

/** The names of the answers that the changes would really change. */
export const changedNames = (answers: Answers, changes: Changes): string[] =>
  Object.keys(changes).filter((name) => comparable(valueOf(answers, name)) !== comparable(changes[name]))

/** Answers that were changed to something else after the revision that these changes were made from. */
export function conflictsOf(stored: Stored, changes: Changes, madeFrom: number): string[] {
  return changedNames(stored.data, changes).filter(
    (name) => Object.hasOwn(stored.touched, name) && (stored.touched[name] ?? 0) > madeFrom,
  )
}

/** The response after a save without conflicts; undefined where nothing changes. */
export function applyChanges(stored: Stored, changes: Changes): Stored | undefined {
  const names = changedNames(stored.data, changes)
  if (names.length === 0) return undefined
  const revision = stored.revision + 1
  const touched = Object.fromEntries([
    ...Object.entries(stored.touched),
    ...names.map((name) => [name, revision] as const),
  ])
  return { data: mergeAnswers(stored.data, changes), touched, revision }
}

/** The changes that turn the stored answers into a complete set. */
export function changesTo(answers: Answers, complete: Answers): Changes {
  const removed = Object.keys(answers).filter((name) => !Object.hasOwn(complete, name))
  return Object.fromEntries([...removed.map((name) => [name, null] as const), ...Object.entries(complete)])
}

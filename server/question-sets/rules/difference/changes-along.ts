import type { QuestionSet } from '../../../../surveys/question-set.ts'
import type { Change } from '../../../../surveys/stated-change.ts'
import { listChanges } from './list-changes.ts'

interface Published extends QuestionSet {
  /** As they were published, with what was declared a correction then; null for what the software ships. */
  changes: readonly Change[] | null
}

/**
 * The changes from the first of the versions of a set, which follow on one another, to the last. What was published as a correction is one
 * still, and a text is corrected as a whole where it was corrected on the way and nothing else.
 */
export function listChangesAlong(versions: readonly Published[]): readonly Change[] {
  const [first, last] = [versions[0], versions.at(-1)]
  if (!first || !last) return []
  const steps = versions.slice(1).flatMap((after, place) => after.changes ?? listChanges(versions[place]!, after))
  if (versions.length === 2) return steps
  return listChanges(first, last).map((change) =>
    isCorrected(change, steps) ? { ...change, class: 'correction' } : change,
  )
}

function isCorrected({ kind, place, what, before, after }: Change, steps: readonly Change[]): boolean {
  let text = before
  const corrections = steps.filter((step) => step.class === 'correction' && step.place === place && step.what === what)
  for (const step of corrections) if (step.before === text) text = step.after
  return kind === 'changed' && text !== before && text === after
}

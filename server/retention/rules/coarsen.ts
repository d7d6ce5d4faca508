import type { AnalysisPlan, Answers } from '../../../surveys/question-set.ts'

/**
 * The categories of one system that are no longer told apart once retention has ended: those with fewer than k services in the frame, and
 * the next smallest until the merged group has at least k. Otherwise the only category that is not named would be known.
 */
export function categoriesToMerge(services: ReadonlyMap<string, number>, k: number): Set<string> {
  const merged = new Set<string>()
  let size = 0
  for (const [category, count] of [...services].sort(
    (one, other) => one[1] - other[1] || (one[0] < other[0] ? -1 : 1),
  )) {
    if (count >= k && (merged.size === 0 || size >= k)) break
    merged.add(category)
    size += count
  }
  return merged
}

interface Kept {
  stratum: Record<string, string> | null
  data: Answers
}

/** A response without its category, and without whatever was derived from it or answered about it. */
export function withoutCategory({ stratum, data }: Kept, plan: AnalysisPlan): Kept {
  const category = plan.breakdowns.find(({ from }) => from === 'category')
  if (!category) return { stratum, data }
  const hidden = new Set([category.id, ...plan.breakdowns.filter(({ of }) => of === category.id).map(({ id }) => id)])
  const answered = [category.variable, `${category.variable}-Comment`]
  return {
    stratum:
      stratum &&
      Object.fromEntries(Object.entries(stratum).map(([id, code]) => [id, hidden.has(id) ? 'not_stated' : code])),
    data: Object.fromEntries(Object.entries(data).filter(([name]) => !answered.includes(name))),
  }
}

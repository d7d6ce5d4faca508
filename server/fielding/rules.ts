import { hasEnded } from '../collections/rules/status.ts'

interface Readiness {
  mode: 'personal' | 'cascade'
  closesAt: string
  /** Services of the frame that can be invited: eligible, with an address. */
  invitable: number
  services: number
  systems: number
}

/** All that stands in the way of opening, in plain words; empty when nothing does. */
export function problemsBeforeOpening(collection: Readiness, now: Date): string[] {
  const problems: string[] = []
  if (collection.systems === 0) problems.push('It covers no system.')
  if (hasEnded(collection, now)) problems.push('Its close date has passed.')
  if (collection.mode === 'personal' && collection.services === 0)
    problems.push('It has no frame yet: read the register first.')
  if (collection.mode === 'personal' && collection.services > 0 && collection.invitable === 0)
    problems.push('No service of its frame has a contact.')
  return problems
}

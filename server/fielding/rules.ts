import { hasEnded } from '../collections/rules/status.ts'
import { modeOf, type Mode } from '../../surveys/modes.ts'

interface Readiness {
  mode: Mode
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
  if (!modeOf(collection).invites) return problems
  if (collection.services === 0) problems.push('It has no frame yet: read the register first.')
  if (collection.services > 0 && collection.invitable === 0) problems.push('No service of its frame has a contact.')
  return problems
}

import { isUndelivered } from '../../invitations/rules/dispositions.ts'
import type { Progress } from '../schema.ts'
import { dispositionIn, type ProgressGroup } from './progress.ts'
import { modeOf, type Mode } from '../../../surveys/modes.ts'

type Push = Progress['push'][number]

/** How far behind the whole a system's RR1 is when it is said to be: a quarter, by choice and no standard. */
const behind = 0.75

/**
 * The systems where another message could make a difference, in their own order: those with fewer than k complete, whose figures would be
 * hidden, and those well behind the whole. Never where everybody has answered, refused or cannot be reached. For admins alone: it tells
 * which systems are small.
 */
export function systemsToPush(
  groups: readonly ProgressGroup[],
  { systems, k, mode }: { systems: readonly { id: string; code: string; name: string }[]; k: number; mode: Mode },
): Push[] {
  const { invites } = modeOf({ mode })
  const whole = countSystem(groups)
  return systems.flatMap(({ id, code, name }) => {
    const counted = countSystem(groups.filter(({ systemId }) => systemId === id))
    const reasons = reasonsFor(counted, whole, k)
    const isUseful = !invites || counted.reachable > 0
    return isUseful && reasons.length > 0
      ? [
          {
            system: { code, name },
            complete: counted.complete,
            reachable: invites ? counted.reachable : null,
            reasons,
          },
        ]
      : []
  })
}

function reasonsFor(system: Counted, whole: Counted, k: number): Push['reasons'] {
  const isBehind = system.eligible > 0 && system.complete / system.eligible < (behind * whole.complete) / whole.eligible
  return [...(system.complete < k ? (['under_threshold'] as const) : []), ...(isBehind ? (['behind'] as const) : [])]
}

type Counted = ReturnType<typeof countSystem>

function countSystem(groups: readonly ProgressGroup[]) {
  const sum = (test: (group: ProgressGroup) => boolean) =>
    groups.filter(test).reduce((total, { count }) => total + count, 0)
  return {
    complete: sum(({ status, state }) => (status ?? state?.response?.status) === 'complete'),
    eligible: sum((group) => group.invited === true && dispositionIn(group, false) !== 'NE'),
    reachable: sum(isReachable),
  }
}

/** Has not answered, and would get a message. */
function isReachable(group: ProgressGroup): boolean {
  const disposition = dispositionIn(group, false)
  return (
    (disposition === 'U' || disposition === 'NC' || disposition === 'P') &&
    !group.state!.unsubscribed &&
    !isUndelivered(group.state!)
  )
}

import { authorityKey } from '../../systems/rules/authorities.ts'
import type { FrameProblem } from './frame-report.ts'
import type { FrameSystem } from './drawn-service.ts'

export interface Coverage {
  /** The system of an authority's key. */
  byKey: Map<string, FrameSystem>
  problems: FrameProblem[]
}

const problem = (kind: FrameProblem['kind'], severity: FrameProblem['severity'], detail: string): FrameProblem => ({
  kind,
  severity,
  file: 'systems',
  row: null,
  locationId: null,
  detail,
})

/** Which system an authority belongs to. An authority in two systems would count its services twice: an error. */
export function coverAuthorities(systems: FrameSystem[]): Coverage {
  const byKey = new Map<string, FrameSystem>()
  const problems: FrameProblem[] = []
  for (const system of systems) {
    if (system.authorities.length === 0)
      problems.push(problem('system_without_authority', 'error', `System ${system.name} covers no authority.`))
    for (const authority of system.authorities) {
      const key = authorityKey(authority)
      const other = byKey.get(key)
      if (other && other !== system) {
        problems.push(
          problem(
            'authority_in_two_systems',
            'error',
            `${authority} is covered by both ${other.name} and ${system.name}.`,
          ),
        )
      } else byKey.set(key, system)
    }
  }
  return { byKey, problems }
}

/** What a register leaves of the systems: authorities it does not name (a warning: a misspelling, or a name no longer used). */
export function checkCoverage(
  systems: FrameSystem[],
  keysInRegister: Set<string>,
  drawn: Map<string, number>,
): FrameProblem[] {
  const problems: FrameProblem[] = []
  for (const system of systems) {
    for (const authority of system.authorities.filter((name) => !keysInRegister.has(authorityKey(name)))) {
      problems.push(
        problem(
          'authority_not_in_register',
          'warning',
          `System ${system.name} covers ${authority}, which no row of the register names.`,
        ),
      )
    }
    if ((drawn.get(system.code) ?? 0) === 0) {
      problems.push(
        problem('system_without_service', 'warning', `No service would be drawn for system ${system.name}.`),
      )
    }
  }
  return problems
}

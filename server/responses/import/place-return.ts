import type { AnsweringService } from '../queries/services.ts'
import type { ImportProblem, ReturnRow } from './read-returns.ts'
import { modeOf, type Mode } from '../../../surveys/modes.ts'

interface System {
  id: string
  code: string
  region: string
}

/** Whom a row answers for: a service of the frame, or (in a cascade) someone in a system. */
export interface Place {
  system: System
  service?: AnsweringService
}

/** Finds whom a row answers for, or what speaks against it. Remembers locations, so that one is taken once in a file. */
export function createPlacing(systems: readonly System[], services: readonly AnsweringService[], mode: Mode) {
  const byCode = new Map(systems.map((system) => [system.code, system]))
  const byLocation = new Map(services.map((service) => [service.locationId, service]))
  const rowOf = new Map<string, number>()

  return function place({ row, cells }: ReturnRow): Place | ImportProblem[] {
    const system = byCode.get(cells['system'] ?? '')
    const systemProblems = system
      ? []
      : [
          {
            row,
            column: 'system',
            reason: cells['system'] ? `the collection does not cover a system “${cells['system']}”` : 'it is blank',
          },
        ]
    if (!modeOf({ mode }).invites) return system ? { system } : systemProblems
    const location = cells['location_id'] ?? ''
    const service = byLocation.get(location)
    const reason = objection(location, service, rowOf.get(location), system)
    if (location) rowOf.set(location, rowOf.get(location) ?? row)
    const problems = [...systemProblems, ...(reason ? [{ row, column: reason.column, reason: reason.text }] : [])]
    return problems.length === 0 && system && service ? { system, service } : problems
  }
}

function objection(
  location: string,
  service: AnsweringService | undefined,
  earlierRow: number | undefined,
  system: System | undefined,
): { column: string; text: string } | undefined {
  const column = 'location_id'
  if (location === '') return { column, text: 'it is blank' }
  if (!service) return { column, text: `“${location}” is not in the frame of this collection` }
  if (earlierRow !== undefined) return { column, text: `“${location}” is in row ${earlierRow} already` }
  if (service.status === 'complete') return { column, text: `“${location}” has already answered` }
  if (service.status === 'withdrawn' || service.outcome === 'withdrawn')
    return { column, text: `“${location}” has withdrawn` }
  if (service.notEligibleReason !== null || service.outcome === 'not_eligible')
    return { column, text: `“${location}” is recorded as not eligible` }
  if (system && service.systemId !== system.id)
    return {
      column: 'system',
      text: `“${location}” belongs to the system “${service.system.code}”, not “${system.code}”`,
    }
  return undefined
}

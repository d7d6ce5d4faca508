import type { Contacts } from './contacts.ts'
import type { RegisterRow } from './register-row.ts'
import type { ServiceCategory } from '../schema/categories.ts'
import type { RowOutcome } from '../schema/reasons.ts'
import { checkCoverage, coverAuthorities } from './coverage.ts'
import type { FrameProblem, FrameReport, SystemCount } from './frame-report.ts'
import type { DrawnService, FrameSystem } from './drawn-service.ts'
import { matchContacts } from './match-contacts.ts'
import { placeRow, startDrawing } from './place-row.ts'
import type { Drawing } from './place-row.ts'

export interface DrawFrameInput {
  rows: AsyncIterable<RegisterRow> | Iterable<RegisterRow>
  systems: FrameSystem[]
  /** null: no contacts were given, and nothing is said about them. */
  contacts: Contacts | null
  /** Draw rows although the file does not say whether they meet a criterion. */
  acceptUnknown: boolean
  /** Names of real authorities: others are reported as not recognised. Empty: not checked. */
  knownAuthorities?: readonly string[]
  /** Columns of use that the file does not carry. */
  absentColumns?: readonly string[]
}

const noCategories = (): Record<ServiceCategory, number> => ({
  nursing_home: 0,
  residential_care_home: 0,
  domiciliary_care: 0,
  extra_care_housing: 0,
  supported_living: 0,
  shared_lives: 0,
})

const registerProblem = (
  kind: FrameProblem['kind'],
  severity: FrameProblem['severity'],
  detail: string,
): FrameProblem => ({
  kind,
  severity,
  file: 'register',
  row: null,
  locationId: null,
  detail,
})

function countSystems(systems: FrameSystem[], services: DrawnService[], notKnown: Map<string, number>): SystemCount[] {
  const counts = new Map<string, SystemCount>()
  for (const { code, name, region } of systems) {
    counts.set(code, {
      code,
      name,
      region,
      drawn: 0,
      notKnown: notKnown.get(code) ?? 0,
      withContact: 0,
      byCategory: noCategories(),
    })
  }
  for (const { systemCode, category, contactEmail } of services) {
    const count = counts.get(systemCode)
    if (!count) continue
    count.drawn += 1
    count.byCategory[category] += 1
    if (contactEmail) count.withContact += 1
  }
  return [...counts.values()]
}

function uncoveredProblems(drawing: Drawing): FrameProblem[] {
  return [...drawing.uncovered.values()].map(({ reason, rows }) => {
    const count = rows === 1 ? '1 row' : `${rows} rows`
    if (reason.code === 'authority_blank')
      return registerProblem('authority_blank', 'warning', `${count} name no local authority.`)
    if (reason.code === 'authority_not_covered')
      return registerProblem('authority_not_covered', 'note', `${reason.detail}: ${count}, covered by no system.`)
    return registerProblem(
      'authority_not_recognised',
      'warning',
      `"${reason.detail}" (${count}) is not a local authority that is known, and no system covers it.`,
    )
  })
}

/** A dual registration is left out because its primary is counted; where the primary is not, the service would be lost. */
function dualProblems({ dual, first }: Drawing): FrameProblem[] {
  return [...dual]
    .filter(([, { primaryId }]) => !first.has(primaryId) || dual.has(primaryId))
    .map(([locationId, { row, primaryId }]) => {
      const detail = `Left out as a dual registration of ${primaryId}, which ${first.has(primaryId) ? 'is itself left out as one' : 'the register does not hold'}.`
      return { ...registerProblem('dual_primary_not_counted', 'warning', detail), row, locationId }
    })
}

function nothingDrawn(services: DrawnService[], drawing: Drawing): FrameProblem[] {
  if (services.length > 0) return []
  const waiting = [...drawing.notKnownBySystem.values()].reduce((sum, rows) => sum + rows, 0)
  const detail =
    waiting > 0
      ? `No service would be drawn unless what is not known is accepted: ${waiting} then would be.`
      : 'No service would be drawn.'
  return [registerProblem('nothing_drawn', 'error', detail)]
}

function tally<T extends string>(values: Iterable<T>): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

function toReport(
  drawing: Drawing,
  services: DrawnService[],
  problems: FrameProblem[],
  { systems, contacts, acceptUnknown }: DrawFrameInput,
): FrameReport {
  const outcomes = tally<RowOutcome>(drawing.rows.map(({ outcome }) => outcome))
  const leftOut = drawing.rows.filter(({ outcome }) => outcome === 'left_out')
  return {
    blocked: problems.some(({ severity }) => severity === 'error'),
    acceptUnknown,
    rowsRead: drawing.rows.length,
    outcomes: { drawn: 0, left_out: 0, not_known: 0, wrong: 0, ...outcomes },
    withContact: contacts ? services.filter(({ contactEmail }) => contactEmail).length : null,
    systems: countSystems(systems, services, drawing.notKnownBySystem),
    byCategory: { ...noCategories(), ...tally(services.map(({ category }) => category)) },
    leftOut: tally(leftOut.flatMap(({ reasons }) => reasons.map(({ code }) => code))),
    notKnown: drawing.notKnown,
    problems,
    problemCounts: tally(problems.map(({ kind }) => kind)),
    rows: drawing.rows,
  }
}

/**
 * Draws the sampling frame of "The register of care locations" (reporting-methods): the eligible services and a report on every row.
 * Nothing is written here; when `report.blocked` nothing may be. Throws only what reading `rows` throws.
 */
export async function drawFrame(input: DrawFrameInput): Promise<{ services: DrawnService[]; report: FrameReport }> {
  const { systems, contacts, absentColumns = [] } = input
  const coverage = coverAuthorities(systems)
  const drawing = startDrawing(coverage.byKey, input.knownAuthorities ?? [], input.acceptUnknown)
  for await (const row of input.rows) placeRow(drawing, row)
  let services = drawing.services.filter(({ locationId }) => !drawing.conflicts.has(locationId))
  const matched = contacts
    ? matchContacts(services, (id) => drawing.first.has(id), contacts)
    : { services, problems: [] }
  services = matched.services
  const drawn = new Map(Object.entries(tally(services.map(({ systemCode }) => systemCode))) as [string, number][])
  const absent = absentColumns.map((column) => `"${column}"`).join(', ')
  const problems = [
    ...(absent
      ? [registerProblem('columns_absent', 'note', `The file has no column ${absent}; what they say is not known.`)]
      : []),
    ...coverage.problems,
    ...drawing.problems,
    ...uncoveredProblems(drawing),
    ...dualProblems(drawing),
    ...checkCoverage(systems, drawing.keysInRegister, drawn),
    ...matched.problems,
    ...nothingDrawn(services, drawing),
  ]
  return { services, report: toReport(drawing, services, problems, input) }
}

import { hash } from 'node:crypto'
import type { RegisterRow } from './register-row.ts'
import { authorityKey } from '../../systems/rules/authorities.ts'
import type { Criterion, Reason, ReasonCode, RowOutcome } from '../schema/reasons.ts'
import type { FrameProblem, FrameReportRow, Severity } from './frame-report.ts'
import { toDrawnService } from './drawn-service.ts'
import type { DrawnService, FrameSystem } from './drawn-service.ts'
import { judgeRow, notKnownReasons, reportingCategory } from './judge-row.ts'
import type { Judgement } from './judge-row.ts'

/** What is known while the register is read row by row. */
export interface Drawing {
  byKey: Map<string, FrameSystem>
  knownKeys: Set<string>
  acceptUnknown: boolean
  keys: Map<string, string>
  keysInRegister: Set<string>
  /** Rows by what keeps them out of every system. */
  uncovered: Map<string, { reason: Reason; rows: number }>
  first: Map<string, { index: number; fingerprint: string; covered: boolean }>
  conflicts: Set<string>
  dual: Map<string, { row: number; primaryId: string }>
  services: DrawnService[]
  notKnown: Record<Criterion, number>
  notKnownBySystem: Map<string, number>
  problems: FrameProblem[]
  rows: FrameReportRow[]
}

export function startDrawing(
  byKey: Map<string, FrameSystem>,
  knownAuthorities: readonly string[],
  acceptUnknown: boolean,
): Drawing {
  return {
    byKey,
    knownKeys: new Set(knownAuthorities.map(authorityKey)),
    acceptUnknown,
    keys: new Map(),
    keysInRegister: new Set(),
    uncovered: new Map(),
    first: new Map(),
    conflicts: new Set(),
    dual: new Map(),
    services: [],
    notKnown: { adult_social_care: 0, dormant: 0, older_people: 0 },
    notKnownBySystem: new Map(),
    problems: [],
    rows: [],
  }
}

const kindDetails: Partial<Record<ReasonCode, string>> = {
  location_id_missing: 'The row has no Location ID.',
  row_cut_short: 'The file breaks off inside this row.',
  row_too_wide: 'The row has a value beyond the last column of the header.',
}

function report(drawing: Drawing, row: RegisterRow, outcome: RowOutcome, reasons: readonly Reason[]): void {
  drawing.rows.push({ row: row.row, locationId: row.locationId, name: row.name, outcome, reasons })
}

function addProblem(
  drawing: Drawing,
  row: RegisterRow,
  severity: Severity,
  kind: FrameProblem['kind'],
  detail: string,
): void {
  drawing.problems.push({ kind, severity, file: 'register', row: row.row, locationId: row.locationId || null, detail })
}

function systemOf(drawing: Drawing, authority: string): { key: string; system: FrameSystem | undefined } {
  let key = drawing.keys.get(authority)
  if (key === undefined) drawing.keys.set(authority, (key = authorityKey(authority)))
  drawing.keysInRegister.add(key)
  return { key, system: drawing.byKey.get(key) }
}

function uncoveredReason(drawing: Drawing, authority: string, key: string): Reason {
  const known = drawing.uncovered.get(key)
  if (known) {
    known.rows += 1
    return known.reason
  }
  const recognised = drawing.knownKeys.size === 0 || drawing.knownKeys.has(key)
  const code = authority === '' ? 'authority_blank' : recognised ? 'authority_not_covered' : 'authority_not_recognised'
  const reason: Reason = Object.freeze({ code, detail: authority })
  drawing.uncovered.set(key, { reason, rows: 1 })
  return reason
}

/** A wrong row stops everything where it could belong to the frame, or where it shows that the file itself is broken. */
function placeWrong(drawing: Drawing, row: RegisterRow, { wrong, failed }: Judgement, covered: boolean): void {
  const severity = row.broken !== null || (covered && failed.length === 0) ? 'error' : 'warning'
  for (const { code, detail } of wrong) {
    addProblem(drawing, row, severity, code as FrameProblem['kind'], kindDetails[code] ?? problemDetail(code, detail))
  }
  report(drawing, row, 'wrong', wrong)
}

const problemDetail = (code: ReasonCode, detail = ''): string =>
  code === 'location_id_invalid' ? `"${detail}" is not a Location ID.` : `The ${detail}.`

function placeDuplicate(drawing: Drawing, row: RegisterRow, fingerprint: string, covered: boolean): boolean {
  const earlier = drawing.first.get(row.locationId)
  if (!earlier) {
    drawing.first.set(row.locationId, { index: drawing.rows.length, fingerprint, covered })
    return false
  }
  const before = drawing.rows[earlier.index]
  if (earlier.fingerprint === fingerprint) {
    addProblem(drawing, row, 'warning', 'duplicate_location', `The same as row ${before?.row}; counted once.`)
    report(drawing, row, 'left_out', [{ code: 'duplicate_location', detail: `${before?.row}` }])
    return true
  }
  const severity = covered || earlier.covered ? 'error' : 'warning'
  addProblem(
    drawing,
    row,
    severity,
    'duplicate_conflict',
    `Row ${before?.row} has the same Location ID and says something else.`,
  )
  report(drawing, row, 'wrong', [{ code: 'duplicate_conflict', detail: `${before?.row}` }])
  drawing.conflicts.add(row.locationId)
  if (before)
    drawing.rows[earlier.index] = {
      ...before,
      outcome: 'wrong',
      reasons: [{ code: 'duplicate_conflict', detail: `${row.row}` }],
    }
  return true
}

function placeEligible(drawing: Drawing, row: RegisterRow, system: FrameSystem, unknown: Criterion[]): void {
  for (const criterion of unknown) drawing.notKnown[criterion] += 1
  const reasons = unknown.map((criterion) => notKnownReasons[criterion])
  const category = reportingCategory(row.serviceTypes)
  if (!category || (unknown.length > 0 && !drawing.acceptUnknown)) {
    drawing.notKnownBySystem.set(system.code, (drawing.notKnownBySystem.get(system.code) ?? 0) + 1)
    return report(drawing, row, 'not_known', reasons)
  }
  drawing.services.push(toDrawnService(row, system.code, category))
  if (row.providerId === '' && row.providerName === '') {
    addProblem(
      drawing,
      row,
      'warning',
      'provider_missing',
      'No provider is named; the service counts as its own provider.',
    )
  }
  report(drawing, row, 'drawn', reasons)
}

/** Decides on one row of the register and records it. */
export function placeRow(drawing: Drawing, row: RegisterRow): void {
  const { key, system } = systemOf(drawing, row.authority)
  const judgement = judgeRow(row)
  if (judgement.wrong.length > 0) return placeWrong(drawing, row, judgement, system !== undefined)
  const fingerprint = hash('sha1', JSON.stringify({ ...row, row: 0 }), 'base64')
  if (placeDuplicate(drawing, row, fingerprint, system !== undefined)) return
  if (!system) return report(drawing, row, 'left_out', [uncoveredReason(drawing, row.authority, key)])
  if (row.primaryId !== null && row.primaryId !== row.locationId)
    drawing.dual.set(row.locationId, { row: row.row, primaryId: row.primaryId })
  if (judgement.failed.length > 0) return report(drawing, row, 'left_out', judgement.failed)
  placeEligible(drawing, row, system, judgement.unknown)
}

import type { ServiceCategory } from '../schema/categories.ts'
import type { Criterion, Reason, ReasonCode, RowOutcome } from '../schema/reasons.ts'

export interface FrameReportRow {
  row: number
  locationId: string
  name: string
  outcome: RowOutcome
  /** For a drawn row: what was not known and accepted. */
  reasons: readonly Reason[]
}

export type ProblemKind =
  | Extract<
      ReasonCode,
      | 'authority_not_covered'
      | 'authority_not_recognised'
      | 'authority_blank'
      | 'duplicate_location'
      | 'duplicate_conflict'
      | 'value_unreadable'
    >
  | Extract<ReasonCode, 'location_id_missing' | 'location_id_invalid' | 'row_cut_short' | 'row_too_wide'>
  | 'columns_absent'
  | 'dual_primary_not_counted'
  | 'provider_missing'
  | 'authority_in_two_systems'
  | 'authority_not_in_register'
  | 'system_without_authority'
  | 'system_without_service'
  | 'nothing_drawn'
  | 'contact_unknown_location'
  | 'contact_bad_address'
  | 'contact_bad_name'
  | 'contact_conflict'
  | 'contact_duplicate'
  | 'contact_without_address'
  | 'contact_extra_columns'
  | 'contact_not_drawn'
  | 'shared_address'
  | 'service_without_contact'

/**
 * error: nothing may be written, because the frame would be wrong or nobody could tell (a broken row, an unreadable row that could
 * belong, two versions of one location, an authority in two systems, a contact for a location that is nowhere, a bad address, two
 * contacts for one location, no service at all). warning: what is written holds, and somebody should look. note: for information.
 */
export type Severity = 'error' | 'warning' | 'note'

export interface FrameProblem {
  kind: ProblemKind
  severity: Severity
  file: 'register' | 'contacts' | 'systems'
  /** Row of that file; null when it is about no single row. */
  row: number | null
  locationId: string | null
  /** What the kind does not say, in plain words. */
  detail: string
}

export interface SystemCount {
  code: string
  name: string
  region: string
  drawn: number
  /** Would be drawn if what is not known were accepted. */
  notKnown: number
  withContact: number
  byCategory: Record<ServiceCategory, number>
}

export interface FrameReport {
  /** True when a problem is an error: nothing may be written. */
  blocked: boolean
  acceptUnknown: boolean
  rowsRead: number
  outcomes: Record<RowOutcome, number>
  /** Drawn services with a contact; null when no contacts were given. */
  withContact: number | null
  systems: SystemCount[]
  byCategory: Record<ServiceCategory, number>
  /** Rows left out by reason; a row may have several. */
  leftOut: Partial<Record<ReasonCode, number>>
  /** Rows that would belong but for what is not known, by criterion, accepted or not. */
  notKnown: Record<Criterion, number>
  problems: FrameProblem[]
  problemCounts: Partial<Record<ProblemKind, number>>
  /** Every row of the register, in its order. */
  rows: FrameReportRow[]
}

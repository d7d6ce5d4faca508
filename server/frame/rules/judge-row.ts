import type { RegisterRow } from './register-row.ts'
import { serviceCategories, type ServiceCategory } from '../schema/categories.ts'
import type { Criterion, Reason, ReasonCode } from '../schema/reasons.ts'

/** `1-` and 9 to 11 digits, or an ODS code such as RW3 or RW3MR. */
const LOCATION_ID = /^(1-\d{9,11}|[A-Z]{3}|(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{3,10})$/

const isLocationId = (text: string): boolean => LOCATION_ID.test(text)

const constant = (code: ReasonCode): Reason => Object.freeze({ code })
const reasons = {
  social: constant('not_adult_social_care'),
  dormant: constant('dormant'),
  older: constant('not_older_people'),
  type: constant('no_service_type'),
}
export const notKnownReasons: Record<Criterion, Reason> = {
  adult_social_care: constant('adult_social_care_not_known'),
  dormant: constant('dormant_not_known'),
  older_people: constant('older_people_not_known'),
}

export interface Judgement {
  /** Why the row cannot be judged. */
  wrong: Reason[]
  /** Criteria that it is known not to meet. */
  failed: Reason[]
  unknown: Criterion[]
}

function wrongWith(row: RegisterRow): Reason[] {
  const wrong: Reason[] = row.unreadable.map(({ column, problem }) => ({
    code: 'value_unreadable',
    detail: `column "${column}" ${problem}`,
  }))
  if (row.locationId === '') wrong.push({ code: 'location_id_missing' })
  else if (!isLocationId(row.locationId))
    wrong.push({ code: 'location_id_invalid', detail: row.locationId.slice(0, 60) })
  if (row.broken === 'cut_short') wrong.push({ code: 'row_cut_short' })
  if (row.broken === 'too_wide') wrong.push({ code: 'row_too_wide' })
  return wrong
}

/** The one category that a location counts as; undefined when none of its service types qualifies. */
export const reportingCategory = (serviceTypes: readonly ServiceCategory[]): ServiceCategory | undefined =>
  serviceCategories.find((category) => serviceTypes.includes(category))

/** A row of a covered authority against the criteria of the sampling frame ("The register of care locations", reporting-methods). */
export function judgeRow(row: RegisterRow): Judgement {
  const failed: Reason[] = []
  const unknown: Criterion[] = []
  if (row.adultSocialCare === null) unknown.push('adult_social_care')
  else if (!row.adultSocialCare) failed.push(reasons.social)
  if (row.dormant === null) unknown.push('dormant')
  else if (row.dormant) failed.push(reasons.dormant)
  if (row.olderPeople === null) unknown.push('older_people')
  else if (!row.olderPeople) failed.push(reasons.older)
  if (!reportingCategory(row.serviceTypes)) failed.push(reasons.type)
  if (row.primaryId !== null && row.primaryId !== row.locationId)
    failed.push({ code: 'dual_registration', detail: row.primaryId })
  return { wrong: wrongWith(row), failed, unknown }
}

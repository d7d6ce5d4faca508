/** A criterion of the sampling frame that a file may not carry. */
export const criteria = ['adult_social_care', 'dormant', 'older_people'] as const
export type Criterion = (typeof criteria)[number]

export const criterionWords: Record<Criterion, string> = {
  adult_social_care: 'Whether it is adult social care',
  dormant: 'Whether it is dormant',
  older_people: 'Whether it serves older people',
}

/** drawn: in the frame. left_out: known not to belong. not_known: would belong if what the file does not say were so. wrong: cannot be judged. */
export const rowOutcomes = ['drawn', 'left_out', 'not_known', 'wrong'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

export const outcomeWords: Record<RowOutcome, string> = {
  drawn: 'Drawn',
  left_out: 'Left out',
  not_known: 'Not known',
  wrong: 'Wrong',
}

/** Why a row came out as it did. */
export const reasonCodes = [
  'authority_not_covered',
  'authority_not_recognised',
  'authority_blank',
  'not_adult_social_care',
  'dormant',
  'not_older_people',
  'no_service_type',
  'dual_registration',
  'duplicate_location',
  'adult_social_care_not_known',
  'dormant_not_known',
  'older_people_not_known',
  'location_id_missing',
  'location_id_invalid',
  'value_unreadable',
  'row_cut_short',
  'row_too_wide',
  'duplicate_conflict',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

export const reasonWords: Record<ReasonCode, string> = {
  authority_not_covered: 'Its authority is in no system',
  authority_not_recognised: 'Its authority is not a known one, and is in no system',
  authority_blank: 'It names no local authority',
  not_adult_social_care: 'Not adult social care',
  dormant: 'Dormant',
  not_older_people: 'Not for older people, dementia or the whole population',
  no_service_type: 'No service type that is surveyed',
  dual_registration: 'A dual registration, counted under another location',
  duplicate_location: 'The same location again',
  adult_social_care_not_known: 'Not known whether adult social care',
  dormant_not_known: 'Not known whether dormant',
  older_people_not_known: 'Not known whether for older people',
  location_id_missing: 'No Location ID',
  location_id_invalid: 'Not a Location ID',
  value_unreadable: 'A value that cannot be read',
  row_cut_short: 'The file breaks off inside this row',
  row_too_wide: 'A value beyond the last column',
  duplicate_conflict: 'The same Location ID with different content',
}

export interface Reason {
  code: ReasonCode
  /** What the code does not say: the value, the column, the other row. */
  detail?: string
}

/** Reasons that speak of another row say which. */
const aboutRow: ReasonCode[] = ['duplicate_location', 'duplicate_conflict']

/** Why a row came out as it did, in plain words. */
export function reasonText({ code, detail }: Reason): string {
  const words = reasonWords[code]
  if (!detail) return words
  return `${words} (${aboutRow.includes(code) ? 'row ' : ''}${detail})`
}

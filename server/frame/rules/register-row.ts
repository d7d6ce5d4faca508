import type { ServiceCategory } from '../schema/categories.ts'
import type { FileFormat } from '../../sheets/sheet-rows.ts'

/** A row of the register in one form, whichever file it comes from. A blank value is ''; null is *not known*. */
export interface RegisterRow {
  /** Row number as a spreadsheet shows it. */
  row: number
  /** In capitals, as CQC writes it; '' when the cell is blank. */
  locationId: string
  name: string
  providerId: string
  providerName: string
  authority: string
  region: string
  postcode: string
  telephone: string
  registeredManager: string
  dormant: boolean | null
  adultSocialCare: boolean | null
  /** Serves older people: Older People, Dementia or Whole Population. */
  olderPeople: boolean | null
  serviceTypes: ServiceCategory[]
  dualRegistered: boolean
  /** The location that a dual registration is counted under; null when the cell is blank. */
  primaryId: string | null
  /** Values that cannot be what their column holds. */
  unreadable: { column: string; problem: string }[]
  /** The row itself is broken: the file ends inside it, or it has values beyond the last column. */
  broken: 'cut_short' | 'too_wide' | null
}

export interface RegisterSource {
  /** monthly: care directory with filters (HSCA_Active_Locations); weekly: CQC_directory. */
  kind: 'monthly' | 'weekly'
  format: FileFormat
  /** '' for a csv. */
  sheet: string
  headerRow: number
  /** The day (YYYY-MM-DD) on which the file says it was made; null when it does not say. */
  registerDate: string | null
  /** Where that day was found. */
  registerDateFrom: 'content' | 'file_name' | null
  /** Columns of use that the file does not carry. */
  absentColumns: string[]
}

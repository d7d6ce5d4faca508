import type { FrameProblem } from './frame-report.ts'

export interface Contact {
  row: number
  locationId: string
  email: string
  /** '' when not given. */
  name: string
}

export interface Contacts {
  contacts: Contact[]
  problems: FrameProblem[]
}

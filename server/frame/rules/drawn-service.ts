import type { RegisterRow } from './register-row.ts'
import type { ServiceCategory } from '../schema/categories.ts'

/** A system as the frame needs it: the authorities as ONS, CQC or the admin writes them. */
export interface FrameSystem {
  code: string
  name: string
  region: string
  authorities: string[]
}

/** One eligible service. */
export interface DrawnService {
  locationId: string
  name: string
  systemCode: string
  category: ServiceCategory
  providerId: string | null
  providerName: string
  /** Provider ID, else the normalised provider name, else the location itself. */
  providerKey: string
  authority: string
  postcode: string | null
  telephone: string | null
  registeredManager: string | null
  contactEmail: string | null
  contactName: string | null
  /** Its row in the register. */
  row: number
}

const normalisedName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[\p{M}'’.]/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\blimited\b/g, 'ltd')
    .trim()

/** Who runs a service, for the rule on figures that rest on few providers. */
export const providerKey = ({ providerId, providerName, locationId }: RegisterRow): string =>
  providerId || normalisedName(providerName) || `location ${locationId}`

export function toDrawnService(row: RegisterRow, systemCode: string, category: ServiceCategory): DrawnService {
  return {
    locationId: row.locationId,
    name: row.name,
    systemCode,
    category,
    providerId: row.providerId || null,
    providerName: row.providerName,
    providerKey: providerKey(row),
    authority: row.authority,
    postcode: row.postcode || null,
    telephone: row.telephone || null,
    registeredManager: row.registeredManager || null,
    contactEmail: null,
    contactName: null,
    row: row.row,
  }
}

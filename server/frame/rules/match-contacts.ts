import type { Contact, Contacts } from './contacts.ts'
import type { FrameProblem } from './frame-report.ts'
import type { DrawnService } from './drawn-service.ts'

const problem = (
  kind: FrameProblem['kind'],
  severity: FrameProblem['severity'],
  place: { file: FrameProblem['file']; row: number | null; locationId: string | null },
  detail: string,
): FrameProblem => ({ kind, severity, ...place, detail })

const at = ({ row, locationId }: Contact) => ({ file: 'contacts' as const, row, locationId })

/** The first contact of each location; a second that differs is an error, since nobody can tell which is right. */
function firstContacts(contacts: Contact[], problems: FrameProblem[]): Map<string, Contact> {
  const byLocation = new Map<string, Contact>()
  for (const contact of contacts) {
    const earlier = byLocation.get(contact.locationId)
    if (!earlier) byLocation.set(contact.locationId, contact)
    else if (earlier.email.toLowerCase() === contact.email.toLowerCase() && earlier.name === contact.name) {
      problems.push(problem('contact_duplicate', 'warning', at(contact), `The same as row ${earlier.row}; used once.`))
    } else
      problems.push(
        problem(
          'contact_conflict',
          'error',
          at(contact),
          `Row ${earlier.row} gives another address or name for this location.`,
        ),
      )
  }
  return byLocation
}

function sharedAddresses(services: DrawnService[], problems: FrameProblem[]): void {
  const byAddress = Map.groupBy(
    services.filter(({ contactEmail }) => contactEmail),
    ({ contactEmail }) => contactEmail?.toLowerCase(),
  )
  for (const [address, shared] of byAddress) {
    if (shared.length < 2) continue
    const names = shared.map(({ name, locationId }) => `${name} (${locationId})`).join('; ')
    const place = { file: 'contacts' as const, row: null, locationId: null }
    problems.push(
      problem(
        'shared_address',
        'warning',
        place,
        `${address} gets ${shared.length} messages, one for each of: ${names}.`,
      ),
    )
  }
}

/**
 * Gives drawn services their contacts. A contact for a location that the register does not hold is an error;
 * one for a location that is not drawn (another area, left out) is only noted.
 */
export function matchContacts(
  services: DrawnService[],
  inRegister: (locationId: string) => boolean,
  contacts: Contacts,
): { services: DrawnService[]; problems: FrameProblem[] } {
  const problems = [...contacts.problems]
  const byLocation = firstContacts(contacts.contacts, problems)
  const drawn = new Set(services.map(({ locationId }) => locationId))
  for (const contact of byLocation.values()) {
    if (!inRegister(contact.locationId)) {
      problems.push(
        problem(
          'contact_unknown_location',
          'error',
          at(contact),
          `The register has no location "${contact.locationId}".`,
        ),
      )
    } else if (!drawn.has(contact.locationId)) {
      problems.push(
        problem(
          'contact_not_drawn',
          'note',
          at(contact),
          'The location is in the register but not drawn; the contact is not used.',
        ),
      )
    }
  }
  const matched = services.map((service) => {
    const contact = byLocation.get(service.locationId)
    if (contact) return { ...service, contactEmail: contact.email, contactName: contact.name || null }
    const place = { file: 'register' as const, row: service.row, locationId: service.locationId }
    problems.push(
      problem('service_without_contact', 'warning', place, `${service.name} has no contact and cannot be invited.`),
    )
    return service
  })
  sharedAddresses(matched, problems)
  return { services: matched, problems }
}

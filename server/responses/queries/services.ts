import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { frameServices, invitations, responses, systems } from '../../db/schema.ts'
import type { ResponseRow } from './responses.ts'

export interface AnsweringService {
  id: string
  locationId: string
  providerKey: string
  category: string
  notEligibleReason: string | null
  system: { code: string; region: string }
  systemId: string
  invitationId: string | null
  outcome: (typeof invitations.$inferSelect)['outcome']
  status: ResponseRow['status'] | null
}

/** Every service of a collection's frame with where it stands: for returns on paper, which name it by its Location ID. */
export function listAnsweringServices(db: Db, collectionId: string): AnsweringService[] {
  return db
    .select({
      id: frameServices.id,
      locationId: frameServices.locationId,
      providerKey: frameServices.providerKey,
      category: frameServices.category,
      notEligibleReason: frameServices.notEligibleReason,
      systemId: frameServices.systemId,
      system: { code: systems.code, region: systems.region },
      invitationId: invitations.id,
      outcome: invitations.outcome,
      status: responses.status,
    })
    .from(frameServices)
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(eq(frameServices.collectionId, collectionId))
    .all()
}

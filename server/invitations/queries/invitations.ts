import { and, eq, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { collections, frameServices, invitations, systems } from '../../db/schema.ts'
import { deriveToken, hashToken, type TokenKey } from '../../links/tokens.ts'

/** What a personal link leads to; undefined for an unknown or retired link, or after the end of retention. */
export const getInvitationByTokenHash = (db: Db, tokenHash: string) => invitationByTokenHash(db).get({ tokenHash })

const invitationByTokenHash = prepared((db) =>
  selectInvitations(db)
    .where(eq(invitations.tokenHash, sql.placeholder('tokenHash')))
    .prepare(),
)

export function getInvitation(db: Db, id: string) {
  return selectInvitations(db).where(eq(invitations.id, id)).get()
}

/** The invitation of a service; undefined where the collection has none such, or never invited it. */
export function getInvitationByLocation(db: Db, collectionId: string, locationId: string) {
  return selectInvitations(db)
    .where(and(eq(invitations.collectionId, collectionId), eq(frameServices.locationId, locationId)))
    .get()
}

/** An invitation with its collection, its service (`category` and contact from the frame) and its system. */
export type Invited = NonNullable<ReturnType<typeof getInvitation>>

function selectInvitations(db: Db) {
  return db
    .select({ invitation: invitations, collection: collections, service: frameServices, system: systems })
    .from(invitations)
    .innerJoin(collections, eq(collections.id, invitations.collectionId))
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
}

/** Makes an invitation with a token of its own for each service; only the hash is stored. */
export function createInvitations(
  db: Db,
  {
    collectionId,
    serviceIds,
    tokenKey,
    now,
  }: { collectionId: string; tokenKey: TokenKey; now: Date; serviceIds: readonly string[] },
) {
  return serviceIds.map((frameServiceId) => {
    const id = newId()
    const row = {
      id,
      collectionId,
      frameServiceId,
      tokenHash: hashToken(deriveToken(tokenKey, 'invitation', id)),
      createdAt: now.toISOString(),
    }
    return db.insert(invitations).values(row).returning().get()
  })
}

/** Stores what the person or an admin stated about an invitation; null takes it back. */
export function setInvitationOutcome(db: Db, id: string, outcome: Invited['invitation']['outcome'], now: Date): void {
  db.update(invitations)
    .set({ outcome, outcomeAt: outcome && now.toISOString() })
    .where(eq(invitations.id, id))
    .run()
}

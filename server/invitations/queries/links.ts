import { and, eq, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { cascadeLinks, collections, frameServices, invitations, systems } from '../../db/schema.ts'
import { hashesOfLink } from '../../links/short-code.ts'
import type { TokenKey } from '../../links/tokens.ts'

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

/** What a shared link leads to: the link, its collection and its system; a withdrawn link (`withdrawnAt`) is returned too. */
export function getCascadeLinkByTokenHash(db: Db, tokenHash: string) {
  return db
    .select({ link: cascadeLinks, collection: collections, system: systems })
    .from(cascadeLinks)
    .innerJoin(collections, eq(collections.id, cascadeLinks.collectionId))
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(cascadeLinks.tokenHash, tokenHash))
    .get()
}

export function listCascadeLinks(db: Db, collectionId: string) {
  return db
    .select({ link: cascadeLinks, system: systems })
    .from(cascadeLinks)
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(cascadeLinks.collectionId, collectionId))
    .orderBy(systems.name, cascadeLinks.organisation)
    .all()
}

export function createCascadeLinks(
  db: Db,
  {
    collectionId,
    systemIds,
    tokenKey,
    now,
  }: { collectionId: string; tokenKey: TokenKey; now: Date; systemIds: readonly string[] },
) {
  return systemIds.map((systemId) => {
    const id = newId()
    const row = {
      id,
      collectionId,
      systemId,
      ...hashesOfLink(tokenKey, { id, coordinatorEmail: null }),
      createdAt: now.toISOString(),
    }
    return db.insert(cascadeLinks).values(row).returning().get()
  })
}

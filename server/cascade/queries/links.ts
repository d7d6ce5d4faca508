import { eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, collections, systems } from '../../db/schema.ts'
import { hashesOfLink } from '../../links/short-code.ts'
import type { TokenKey } from '../../links/tokens.ts'

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

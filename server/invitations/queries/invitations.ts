import { eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { invitations } from '../../db/schema.ts'
import { deriveToken, hashToken, type TokenKey } from '../../links/tokens.ts'
import type { Invited } from './links.ts'

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

import { eq } from 'drizzle-orm'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { cascadeLinks, collections, frameServices, invitations, systems } from '../db/schema.ts'
import { deriveToken, hashToken, type TokenKey } from './rules/tokens.ts'

/** What a personal link leads to; undefined for an unknown or retired link, or after the end of retention. */
export function getInvitationByTokenHash(db: Db, tokenHash: string) {
  return selectInvitations(db).where(eq(invitations.tokenHash, tokenHash)).get()
}

export function getInvitation(db: Db, id: string) {
  return selectInvitations(db).where(eq(invitations.id, id)).get()
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

/** Stores what the person or an admin stated about an invitation; null takes it back. */
export function setInvitationOutcome(db: Db, id: string, outcome: Invited['invitation']['outcome'], now: Date): void {
  db.update(invitations).set({ outcome, outcomeAt: outcome && now.toISOString() }).where(eq(invitations.id, id)).run()
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

interface Making {
  collectionId: string
  tokenKey: TokenKey
  now: Date
}

/** Makes an invitation with a token of its own for each service; only the hash is stored. */
export function createInvitations(db: Db, { collectionId, serviceIds, tokenKey, now }: Making & { serviceIds: readonly string[] }) {
  return serviceIds.map((frameServiceId) => {
    const id = newId()
    const row = { id, collectionId, frameServiceId, tokenHash: hashToken(deriveToken(tokenKey, 'invitation', id)), createdAt: now.toISOString() }
    return db.insert(invitations).values(row).returning().get()
  })
}

export function createCascadeLinks(db: Db, { collectionId, systemIds, tokenKey, now }: Making & { systemIds: readonly string[] }) {
  return systemIds.map((systemId) => {
    const id = newId()
    const row = { id, collectionId, systemId, tokenHash: hashToken(deriveToken(tokenKey, 'cascade', id)), createdAt: now.toISOString() }
    return db.insert(cascadeLinks).values(row).returning().get()
  })
}

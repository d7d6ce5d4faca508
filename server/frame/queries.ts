import { and, count, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { frameServices } from '../db/schema.ts'

export type FrameService = typeof frameServices.$inferSelect

export const countFrameServices = (db: Db, collectionId: string): number =>
  db.select({ count: count() }).from(frameServices).where(eq(frameServices.collectionId, collectionId)).get()?.count ?? 0

/** How many services a frame holds, and how many of them have a contact. */
export function countFrame(db: Db, collectionId: string): { services: number; withContact: number } {
  const counts = { services: count(), withContact: count(frameServices.contactEmail) }
  return db.select(counts).from(frameServices).where(eq(frameServices.collectionId, collectionId)).get() ?? { services: 0, withContact: 0 }
}

export const listFrameServices = (db: Db, collectionId: string): FrameService[] =>
  db.select().from(frameServices).where(eq(frameServices.collectionId, collectionId)).orderBy(frameServices.name, frameServices.locationId).all()

/** Eligible services with an address, by identifier. */
export function listInvitableServiceIds(db: Db, collectionId: string): string[] {
  const invitable = and(eq(frameServices.collectionId, collectionId), isNotNull(frameServices.contactEmail), isNull(frameServices.notEligibleReason))
  return db.select({ id: frameServices.id }).from(frameServices).where(invitable).all().map((row) => row.id)
}

/** Puts these services in the place of an earlier frame; for drafts, which have no invitations yet. */
export function replaceFrame(db: Db, collectionId: string, services: readonly FrameService[]): void {
  db.delete(frameServices).where(eq(frameServices.collectionId, collectionId)).run()
  for (const service of services) db.insert(frameServices).values(service).run()
}

import { asc, eq } from 'drizzle-orm'
import type { Db } from '../../server/db/open.ts'
import { frameServices, invitationEvents, invitations } from '../../server/db/schema.ts'

export const storedInvitations = (db: Db) => db.select().from(invitations).all()

/** By Location ID. */
export const invitationIdsOf = (db: Db, collectionId: string): string[] =>
  db
    .select({ id: invitations.id })
    .from(invitations)
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .where(eq(invitations.collectionId, collectionId))
    .orderBy(asc(frameServices.locationId))
    .all()
    .map(({ id }) => id)

/** One invitation, or all. */
export const changeInvitations = (db: Db, values: Partial<typeof invitations.$inferInsert>, id?: string) =>
  db
    .update(invitations)
    .set(values)
    .where(id === undefined ? undefined : eq(invitations.id, id))
    .run()

/** Of all invitations, as they came. */
export const storedInvitationEvents = (db: Db) =>
  db.select().from(invitationEvents).orderBy(asc(invitationEvents.id)).all()

/** By Location ID. */
export const storedServices = (db: Db) => db.select().from(frameServices).orderBy(asc(frameServices.locationId)).all()

/** One service, or all. */
export const changeServices = (db: Db, values: Partial<typeof frameServices.$inferInsert>, id?: string) =>
  db
    .update(frameServices)
    .set(values)
    .where(id === undefined ? undefined : eq(frameServices.id, id))
    .run()

import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { invitationEvents } from '../../db/schema.ts'

export type InvitationEvent = (typeof invitationEvents.$inferSelect)['event']

/** The actor of everything that a person does with their own link. */
export const respondentActor = 'respondent'

/** Notes what happened to an invitation; give it the transaction of the change itself. `detail` names no address and no answer. */
export function recordInvitationEvent(
  tx: Db,
  {
    invitationId,
    event,
    detail,
    actor,
    at,
  }: { invitationId: string; event: InvitationEvent; detail?: string; actor: string; at: Date },
): void {
  insertEvent(tx).run({ invitationId, event, detail: detail ?? null, actor, at: at.toISOString() })
}

const insertEvent = prepared((db) =>
  db
    .insert(invitationEvents)
    .values({
      invitationId: sql.placeholder('invitationId'),
      event: sql.placeholder('event'),
      detail: sql.placeholder('detail'),
      actor: sql.placeholder('actor'),
      at: sql.placeholder('at'),
    })
    .prepare(),
)

/** What happened to an invitation beside its messages, oldest first. */
export function listInvitationEvents(db: Db, invitationId: string) {
  return db
    .select()
    .from(invitationEvents)
    .where(eq(invitationEvents.invitationId, invitationId))
    .orderBy(asc(invitationEvents.id))
    .all()
}

/** When something last happened to an invitation; undefined: never. */
export function getLastInvitationEvent(db: Db, invitationId: string, event: InvitationEvent) {
  return db
    .select()
    .from(invitationEvents)
    .where(and(eq(invitationEvents.invitationId, invitationId), eq(invitationEvents.event, event)))
    .orderBy(desc(invitationEvents.id))
    .limit(1)
    .get()
}

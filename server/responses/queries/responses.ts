import { and, eq, sql } from 'drizzle-orm'
import { isOpen } from '../../collections/rules/status.ts'
import { newTimedId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { collections, invitations, responses, systems, textAnswers } from '../../db/schema.ts'
import { recordInvitationEvent, respondentActor } from '../../invitations/queries/events.ts'
import { conflict } from '../../errors.ts'

export type ResponseRow = typeof responses.$inferSelect

/** Whose response it is, or will be once something is saved. One of the last three is given. */
export interface Owner {
  collectionId: string
  versionId: string
  systemId: string
  providerKey: string | null
  invitationId?: string
  cascadeLinkId?: string
  resumeTokenHash?: string
}

export const getResponseByInvitation = (db: Db, invitationId: string) => responseByInvitation(db).get({ invitationId })

const responseByInvitation = prepared((db) =>
  db
    .select()
    .from(responses)
    .where(eq(responses.invitationId, sql.placeholder('invitationId')))
    .prepare(),
)

export const getResponseById = (db: Db, id: string) => db.select().from(responses).where(eq(responses.id, id)).get()

export const getResponseByResumeTokenHash = (db: Db, hash: string) =>
  db.select().from(responses).where(eq(responses.resumeTokenHash, hash)).get()

/** What a personal link that was issued at a first save leads to. */
export const getResumedResponse = (db: Db, resumeTokenHash: string) =>
  selectResumed(db).where(eq(responses.resumeTokenHash, resumeTokenHash)).get()

export const getResumedResponseById = (db: Db, id: string) => selectResumed(db).where(eq(responses.id, id)).get()

const selectResumed = (db: Db) =>
  db
    .select({ response: responses, collection: collections, system: systems })
    .from(responses)
    .innerJoin(collections, eq(collections.id, responses.collectionId))
    .innerJoin(systems, eq(systems.id, responses.systemId))

/** The one response of its owner, where there is one. */
export function getResponseOf(db: Db, owner: Pick<Owner, 'invitationId' | 'resumeTokenHash'>): ResponseRow | undefined {
  if (owner.invitationId !== undefined) return getResponseByInvitation(db, owner.invitationId)
  return owner.resumeTokenHash === undefined ? undefined : getResponseByResumeTokenHash(db, owner.resumeTokenHash)
}

/** Asked again within the transaction: it may have waited for the one that closed the collection, and a snapshot may follow. */
export function requireOpen(tx: Db, collectionId: string, now: Date): void {
  const collection = timesOf(tx).get({ collectionId })
  if (!collection || !isOpen(collection, now)) throw conflict('closed', 'This survey is closed.')
}

const timesOf = prepared((db) => {
  const { status, opensAt, closesAt } = collections
  return db
    .select({ status, opensAt, closesAt })
    .from(collections)
    .where(eq(collections.id, sql.placeholder('collectionId')))
    .prepare()
})

/** What every new response starts with. */
export const newResponse = (owner: Owner, now: Date) => ({
  ...owner,
  id: newTimedId(now),
  createdAt: now.toISOString(),
  savedAt: now.toISOString(),
})

export const listTextAnswers = (db: Db, responseId: string) =>
  db.select().from(textAnswers).where(eq(textAnswers.responseId, responseId)).orderBy(textAnswers.question).all()

const takeBackDecline = prepared((db) =>
  db
    .update(invitations)
    .set({ outcome: null, outcomeAt: null })
    .where(and(eq(invitations.id, sql.placeholder('invitationId')), eq(invitations.outcome, 'declined')))
    .prepare(),
)

/** Who declined and then answers has changed their mind. */
export function takeBackByAnswering(
  tx: Db,
  invitationId: string | undefined,
  now: Date,
  actor = respondentActor,
): void {
  if (invitationId === undefined || takeBackDecline(tx).run({ invitationId }).changes === 0) return
  recordInvitationEvent(tx, { invitationId, event: 'undone', detail: 'by answering', actor, at: now })
}

import { and, desc, eq, isNotNull, or, sql } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { cascadeLinks, responseFlags, responses, systems } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { notFound } from '../../errors.ts'
import type { Finding } from '../rules/flags.ts'

/** A response that was begun through a shared link, by its link or, with a link to finish later, by its id; undefined for others. */
export const getSharedResponse = (db: Db, resumeTokenHash: string, responseId = '') =>
  sharedResponse(db).get({ resumeTokenHash, responseId })

const sharedResponse = prepared((db) => {
  const { id, collectionId, cascadeLinkId, status, resumeTokenHash } = responses
  return db
    .select({ collectionId, cascadeLinkId, status })
    .from(responses)
    .where(
      and(
        or(eq(resumeTokenHash, sql.placeholder('resumeTokenHash')), eq(id, sql.placeholder('responseId'))),
        isNotNull(cascadeLinkId),
      ),
    )
    .prepare()
})

/** Puts what was noticed up for review: one flag for a link, a kind and a day, which is open again where there is more. */
export function saveFlag(
  db: Db,
  { collectionId, cascadeLinkId }: { collectionId: string; cascadeLinkId: string },
  { kind, count, day }: Finding,
  now: Date,
): void {
  const same = and(
    eq(responseFlags.cascadeLinkId, cascadeLinkId),
    eq(responseFlags.kind, kind),
    eq(responseFlags.day, day),
  )
  const known = db.select().from(responseFlags).where(same).get()
  if (!known) {
    const row = { id: newId(), collectionId, cascadeLinkId, kind, count, day, createdAt: now.toISOString() }
    db.insert(responseFlags).values(row).run()
  } else if (count > known.count) {
    db.update(responseFlags).set({ count, reviewedAt: null, reviewedBy: null }).where(same).run()
  }
}

/** Newest first, with the link that the answers came through. */
export function listFlags(db: Db, collectionId: string) {
  return db
    .select({ flag: responseFlags, organisation: cascadeLinks.organisation, system: systems.name })
    .from(responseFlags)
    .leftJoin(cascadeLinks, eq(cascadeLinks.id, responseFlags.cascadeLinkId))
    .leftJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(responseFlags.collectionId, collectionId))
    .orderBy(desc(responseFlags.day), desc(responseFlags.createdAt))
    .all()
}

/** Notes that somebody has looked, and what they found. No response is touched. Throws not_found. */
export function reviewFlag(
  db: Db,
  { collectionId, flagId, note }: { collectionId: string; flagId: string; note: string },
  { actor, now }: Who,
): void {
  write(db, (tx) => {
    const { changes } = tx
      .update(responseFlags)
      .set({ note, reviewedAt: now.toISOString(), reviewedBy: actor })
      .where(and(eq(responseFlags.id, flagId), eq(responseFlags.collectionId, collectionId)))
      .run()
    if (changes === 0) throw notFound('There is no such flag.')
    recordAudit(tx, { actor, action: 'flag.review', subject: flagId, at: now })
  })
}

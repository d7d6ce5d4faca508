import { and, desc, eq, gt } from 'drizzle-orm'
import type { Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { questionSetDraftChanges } from '../../db/schema.ts'

export type DraftChange = typeof questionSetDraftChanges.$inferSelect

const mostShown = 50

/** Newest first, at most 50. */
export const listDraftChanges = (db: Db, slug: string, since = 0): DraftChange[] =>
  db
    .select()
    .from(questionSetDraftChanges)
    .where(and(eq(questionSetDraftChanges.slug, slug), gt(questionSetDraftChanges.revision, since)))
    .orderBy(desc(questionSetDraftChanges.revision))
    .limit(mostShown)
    .all()

/** Writes down what was done to the draft of a set; returns its revision, one above any that the set's drafts ever had. */
export function recordDraftChange(db: Db, slug: string, what: string[], { actor, now }: Who): number {
  const revision = (listDraftChanges(db, slug)[0]?.revision ?? 0) + 1
  db.insert(questionSetDraftChanges).values({ slug, revision, by: actor, at: now.toISOString(), what }).run()
  return revision
}

import { and, count, eq, gte, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { collections, messages } from '../../db/schema.ts'
import type { Queue } from '../../outbox/queries/claims.ts'
import { isWithin, windowFor } from '../rules/send-window.ts'

const minute = 60_000

/** What may leave now: of every collection that is not paused what its window and rate allow, and all that is of none. */
export function listQueues(db: Db, now: Date): Queue[] {
  const waiting = sql`exists (select 1 from messages m where m.status = 'queued' and m.collection_id = ${collections.id})`
  const rows = db
    .select()
    .from(collections)
    .where(and(isNull(collections.pausedAt), waiting))
    .all()
  return [
    { collectionId: null, mayLeave: () => true, most: Infinity },
    ...rows.map((collection) => ({
      collectionId: collection.id,
      mayLeave: (kind: string) => {
        const window = windowFor(kind, collection)
        return window === null || isWithin(window, now)
      },
      most: leftOfRate(db, collection, now),
    })),
  ]
}

/** Attempts that are left of the rate in the minute that ends now; counted in the database, so that a restart does not begin anew. */
function leftOfRate(db: Db, { id, ratePerMinute }: typeof collections.$inferSelect, now: Date): number {
  if (ratePerMinute === null) return Infinity
  const since = new Date(now.getTime() - minute).toISOString()
  const attempted = db
    .select({ count: count() })
    .from(messages)
    // A clock that was put back must not count what lies ahead of it.
    .where(
      and(
        eq(messages.collectionId, id),
        gte(messages.attemptedAt, since),
        lte(messages.attemptedAt, now.toISOString()),
      ),
    )
    .get()
  return Math.max(0, ratePerMinute - (attempted?.count ?? 0))
}

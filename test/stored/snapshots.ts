import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../server/db/open.ts'
import {
  snapshotCounts,
  snapshotDispositions,
  snapshotProviders,
  snapshots,
  snapshotSums,
} from '../../server/db/schema.ts'
import { rowsOf } from './everything.ts'

export const storedSnapshots = (db: Db) => db.select().from(snapshots).all()

/** Snapshots with all their counts and sums, as text. */
export const everySnapshotStored = (db: Db): string =>
  JSON.stringify(rowsOf(db, snapshots, snapshotCounts, snapshotSums, snapshotDispositions, snapshotProviders))

/** Of one snapshot or of all. */
export const storedCounts = (db: Db, snapshotId?: string) =>
  db
    .select()
    .from(snapshotCounts)
    .where(snapshotId === undefined ? undefined : eq(snapshotCounts.snapshotId, snapshotId))
    .all()

/** As somebody with the file could: every count of a variable is one more. */
export const raiseCounts = (db: Db, variable: string) =>
  db
    .update(snapshotCounts)
    .set({ count: sql`${snapshotCounts.count} + 1` })
    .where(eq(snapshotCounts.variable, variable))
    .run()

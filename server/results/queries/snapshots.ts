import { and, asc, desc, eq, getTableColumns, isNotNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { questionSetVersions, snapshots } from '../../db/schema.ts'
import { notFound } from '../../errors.ts'

/** With the number of the version under whose plan it was taken. */
export const selectSnapshots = (db: Db) =>
  db
    .select({ ...getTableColumns(snapshots), version: questionSetVersions.version })
    .from(snapshots)
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, snapshots.versionId))

export type SnapshotRow = ReturnType<typeof listSnapshots>[number]

/** Oldest first. */
export const listSnapshots = (db: Db, collectionId: string) =>
  selectSnapshots(db)
    .where(eq(snapshots.collectionId, collectionId))
    .orderBy(asc(snapshots.takenAt), asc(snapshots.id))
    .all()

/** Throws not_found. Without an identifier: the newest. */
export function findSnapshot(db: Db, collectionId: string, id?: string): SnapshotRow {
  const found = listSnapshots(db, collectionId).findLast((snapshot) => id === undefined || snapshot.id === id)
  if (!found)
    throw notFound(id === undefined ? 'No snapshot of this collection has been taken.' : 'There is no such snapshot.')
  return found
}

/** Newest first. */
export const listReleasedSnapshots = (db: Db, collectionId: string) =>
  selectSnapshots(db)
    .where(and(eq(snapshots.collectionId, collectionId), isNotNull(snapshots.releasedAt)))
    .orderBy(desc(snapshots.takenAt), desc(snapshots.id))
    .all()

import { eq } from 'drizzle-orm'
import { load, type Collection } from '../../collections/queries/collections.ts'
import { hasEnded } from '../../collections/rules/status.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections, snapshots } from '../../db/schema.ts'
import { conflict } from '../../errors.ts'
import { cellsTooClose } from '../rules/snapshot-comparison.ts'
import { publishedOf } from './published.ts'
import { findSnapshot, listReleasedSnapshots, type SnapshotRow } from './snapshots.ts'

/**
 * Lets staff see a snapshot's results; it never changes from here. Throws not_closed, already_released, taken_before_close, or too_close
 * where a published base differs from that of another released snapshot by something other than 0 and less than k.
 */
export function releaseSnapshot(
  db: Db,
  collectionId: string,
  id: string | undefined,
  { actor, now }: Who,
): SnapshotRow {
  return db.transaction(
    (tx) => {
      const collection = load(tx, collectionId)
      const snapshot = findSnapshot(tx, collectionId, id)
      requireReleasable(tx, collection, snapshot)
      const released = tx
        .update(snapshots)
        .set({ releasedAt: now.toISOString(), releasedBy: actor })
        .where(eq(snapshots.id, snapshot.id))
        .returning()
        .get()
      tx.update(collections).set({ status: 'released' }).where(eq(collections.id, collectionId)).run()
      recordAudit(tx, {
        actor,
        action: 'snapshot.release',
        subject: snapshot.id,
        detail: { collection: collectionId, sha256: snapshot.sha256 },
        at: now,
      })
      return released
    },
    { behavior: 'immediate' },
  )
}

function requireReleasable(db: Db, collection: Collection, snapshot: SnapshotRow): void {
  if (collection.status !== 'closed' && collection.status !== 'released')
    throw conflict('not_closed', 'Close the collection first: results are released once nobody can answer or withdraw.')
  if (snapshot.releasedAt !== null) throw conflict('already_released', 'The snapshot has been released already.')
  if (isEarly(snapshot, collection))
    throw conflict(
      'taken_before_close',
      'This snapshot was taken before the collection closed: it may hold answers that were withdrawn afterwards. Take a new one.',
    )
  const others = listReleasedSnapshots(db, collection.id).map((released) =>
    publishedOf(db, released, collection.mode).bases(),
  )
  const tooClose = cellsTooClose(others, publishedOf(db, snapshot, collection.mode).bases(), collection.k)
  if (tooClose.length > 0) {
    throw conflict(
      'too_close',
      `${tooClose.length} published figures would differ from a released snapshot by fewer than ${collection.k} responses. Comparing the two could identify somebody.`,
    )
  }
}

/** Taken while respondents could still withdraw. */
const isEarly = ({ takenAt }: SnapshotRow, collection: Collection): boolean =>
  takenAt < (collection.closedAt ?? '') && !hasEnded(collection, new Date(takenAt))

import { eq, sql } from 'drizzle-orm'
import { type Collection, requireCollection } from '../../collections/queries/collections.ts'
import { hasEnded } from '../../collections/rules/status.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections, snapshots } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict } from '../../errors.ts'
import { countedOtherwise } from '../rules/counted-alike.ts'
import { figuresThatTellMore } from '../rules/read-together.ts'
import { cellsTooClose } from '../rules/snapshot-comparison.ts'
import { publishedOf } from './published.ts'
import { findSnapshot, listReleasedSnapshots, type SnapshotRow } from './snapshots.ts'
import { listCellsThatProgressShows } from './standing.ts'
import { getVersion } from './versions.ts'

/**
 * Lets staff see a snapshot's results; it never changes from here. Throws not_closed, already_released or taken_before_close; too_close
 * where a published base differs from that of another released snapshot by something other than 0 and less than k; and as
 * `requireOnePublication` where another was released under another plan, or progress was shown by another grouping.
 */
export function releaseSnapshot(
  db: Db,
  collectionId: string,
  id: string | undefined,
  { actor, now }: Who,
): SnapshotRow {
  return write(db, (tx) => {
    const collection = requireCollection(tx, collectionId)
    const snapshot = findSnapshot(tx, collectionId, id)
    requireReleasable(tx, collection, snapshot)
    const released = { releasedAt: now.toISOString(), releasedBy: actor }
    tx.update(snapshots).set(released).where(eq(snapshots.id, snapshot.id)).run()
    tx.update(collections).set({ status: 'released' }).where(eq(collections.id, collectionId)).run()
    recordAudit(tx, {
      actor,
      action: 'snapshot.release',
      subject: snapshot.id,
      detail: { collection: collectionId, sha256: snapshot.sha256 },
      at: now,
    })
    return { ...snapshot, ...released }
  })
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
  const planOf = ({ versionId }: SnapshotRow) => getVersion(db, versionId).planSha256
  const released = listReleasedSnapshots(db, collection.id)
  const others = released.filter((other) => planOf(other) !== planOf(snapshot))
  const alike = released.filter((other) => !others.includes(other))
  requireAgreesWithProgress(db, collection, snapshot)
  requireOnePublication(db, collection, snapshot, { others, alike })
  const basesOf = (one: SnapshotRow) => publishedOf(db, one, collection.mode).bases()
  // Under another plan the same name may be another figure, but for the rates.
  const ratesOf = (one: SnapshotRow) => new Map([...basesOf(one)].filter(([key]) => key.startsWith('responses ')))
  const earlier = [...alike.map(basesOf), ...others.map(ratesOf)]
  const tooClose = cellsTooClose(earlier, basesOf(snapshot), collection.k)
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

/**
 * Where others were released under another plan, all of them have to be of the same answers in the same groups, and together tell no more
 * than one publication would. Throws other_groups, other_responses or tells_more.
 */
function requireOnePublication(
  db: Db,
  { mode, k }: Collection,
  snapshot: SnapshotRow,
  { others, alike }: { others: readonly SnapshotRow[]; alike: readonly SnapshotRow[] },
): void {
  if (others.length === 0) return
  const { plan } = getVersion(db, snapshot.versionId)
  for (const other of others) {
    const before = `Results were released under version ${other.version} already`
    const differs = countedOtherwise(getVersion(db, other.versionId).plan, plan)
    if (differs.length > 0)
      throw conflict(
        'other_groups',
        `${before}, and version ${snapshot.version} changes ${differs.join(' and ')}: the two could be subtracted from one another.`,
      )
    if (!areSameAnswers(db, snapshot, other))
      throw conflict(
        'other_responses',
        `${before}, from other responses: under another plan only the same responses can be released.`,
      )
  }
  const gated = [snapshot, ...others, ...alike].map((one) => publishedOf(db, one, mode).gated())
  const tellMore = figuresThatTellMore(gated, k)
  if (tellMore.length > 0)
    throw conflict(
      'tells_more',
      'Results were released under another version already. Whoever reads both could work out what one of them hides, from these figures:',
      tellMore,
    )
}

/** Both hold every variable of every stratum, whatever their plans publish of it. */
function areSameAnswers(db: Db, one: SnapshotRow, other: SnapshotRow): boolean {
  const rows = ({ id }: SnapshotRow) =>
    sql`select stratum, variable, state, value, count from snapshot_counts where snapshot_id = ${id}`
  const differs = (a: SnapshotRow, b: SnapshotRow) =>
    db.get<{ found: number }>(sql`select exists (${rows(a)} except ${rows(b)}) as found`).found === 1
  return !differs(one, other) && !differs(other, one)
}

/**
 * Progress shows how many responded in the groups of the collection's own plan. A plan with other groups has to show all of that too, so that
 * there is nothing to subtract. Throws groups_of_progress or retention_ended.
 */
function requireAgreesWithProgress(db: Db, collection: Collection, snapshot: SnapshotRow): void {
  const [own, { plan }] = [getVersion(db, collection.versionId), getVersion(db, snapshot.versionId)]
  if (countedOtherwise(own.plan, plan).length === 0) return
  if (collection.severedAt !== null)
    throw conflict(
      'retention_ended',
      `Version ${snapshot.version} groups responses otherwise than progress did, and the two can no longer be compared: the links between invitations and responses have been deleted.`,
    )
  const shown = publishedOf(db, snapshot, collection.mode).bases()
  const told = listCellsThatProgressShows(db, collection, plan).filter((key) => !shown.has(`responses ${key}`))
  if (told.length > 0)
    throw conflict(
      'groups_of_progress',
      `Version ${snapshot.version} groups responses otherwise than the collection’s own version ${own.version}: ${told.length} counts that staff see in its progress would be hidden in its results, and tell what they hide.`,
    )
}

import { and, desc, eq, gte, isNotNull, max, sql } from 'drizzle-orm'
import { type Collection, requireCollection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { collections, snapshots } from '../../db/schema.ts'
import { conflict, notAllowed } from '../../errors.ts'
import { publish, type PublishedSnapshot } from '../rules/publish.ts'
import { resultsOf, type Asked } from '../rules/results-of.ts'
import type { Results } from '../schema.ts'
import { readColumns } from './content.ts'
import { listReleasedSnapshots, selectSnapshots, type SnapshotRow } from './snapshots.ts'
import { getVersion } from './versions.ts'

// A snapshot never changes, so what is published of it is worked out once. The newest few are kept.
const published = new Map<string, PublishedSnapshot>()
const mostKept = 20

export function publishedOf(db: Db, snapshot: SnapshotRow, mode: Collection['mode']): PublishedSnapshot {
  const known = published.get(snapshot.id)
  if (known) return known
  const { plan, questions } = getVersion(db, snapshot.versionId)
  // The variable '' is the responses themselves.
  const found = publish(
    plan,
    questions,
    readColumns(db, snapshot, mode, ['', ...plan.indicators.map(({ variable }) => variable)]),
  )
  const [oldest] = published.keys()
  if (published.size >= mostKept && oldest !== undefined) published.delete(oldest)
  published.set(snapshot.id, found)
  return found
}

/** Of each collection, taken since its end: the newest released snapshot and those after it; newest first, as many as are kept worked out. */
export function listSnapshotsToPrepare(db: Db): SnapshotRow[] {
  const released = db
    .select({ last: max(snapshots.takenAt) })
    .from(snapshots)
    .where(and(eq(snapshots.collectionId, collections.id), isNotNull(snapshots.releasedAt)))
  // An end that has passed is a close too.
  const ended = sql<string>`min(coalesce(${collections.closedAt}, ${collections.closesAt}), ${collections.closesAt})`
  return selectSnapshots(db)
    .innerJoin(collections, eq(collections.id, snapshots.collectionId))
    .where(and(gte(snapshots.takenAt, ended), gte(snapshots.takenAt, sql`coalesce((${released}), '')`)))
    .orderBy(desc(snapshots.takenAt), desc(snapshots.id))
    .limit(mostKept)
    .all()
}

/** Works out what a snapshot publishes before anyone asks, and answers from it once, so that the first reader finds warm code. */
export function prepareResults(db: Db, snapshot: SnapshotRow): void {
  resultsOfSnapshot(db, requireCollection(db, snapshot.collectionId), snapshot, {}, null)
}

/** The results of a collection's newest released snapshot. `systemIds`: a reviewer's scope. Throws not_found, not_allowed, not_released or unknown_breakdown. */
export function getResults(db: Db, collectionId: string, asked: Asked, systemIds: readonly string[] | null): Results {
  const collection = requireCollection(db, collectionId)
  const scope =
    systemIds && collection.systems.filter((system) => systemIds.includes(system.id)).map((system) => system.code)
  // The whole of a collection of other systems would be their figure.
  if (scope?.length === 0) throw notAllowed('This collection covers none of the systems that you may see.')
  const snapshot = listReleasedSnapshots(db, collectionId)[0]
  if (!snapshot) throw conflict('not_released', 'The results of this collection have not been released.')
  return resultsOfSnapshot(db, collection, snapshot, asked, scope)
}

function resultsOfSnapshot(
  db: Db,
  { id, name, questionSet, mode }: Collection,
  snapshot: SnapshotRow,
  asked: Asked,
  scope: readonly string[] | null,
): Results {
  // Not always the collection's own: that may have moved on to a correction, and a snapshot may be of a later plan.
  const { version, sha256, takenAt, responses, k } = snapshot
  const about = {
    collection: { id, name, questionSet, version },
    snapshot: { id: snapshot.id, sha256, takenAt, responses, k, released: snapshot.releasedAt !== null },
  }
  return resultsOf({ labels: snapshot.labels, published: publishedOf(db, snapshot, mode), about }, asked, scope)
}

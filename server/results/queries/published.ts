import { desc, isNotNull, sql } from 'drizzle-orm'
import { load, type Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { snapshots } from '../../db/schema.ts'
import { conflict, notAllowed } from '../../errors.ts'
import { publish, type PublishedSnapshot } from '../rules/publish.ts'
import { resultsOf, type Asked } from '../rules/results-of.ts'
import type { Results } from '../schema.ts'
import { readColumns } from './content.ts'
import { listReleasedSnapshots, type SnapshotRow } from './snapshots.ts'
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

/** The collections whose results can be read, last released first; as many as are kept worked out. */
export function listCollectionsWithResults(db: Db): string[] {
  const last = sql<string>`max(${snapshots.releasedAt})`
  const rows = db
    .select({ id: snapshots.collectionId, last })
    .from(snapshots)
    .where(isNotNull(snapshots.releasedAt))
    .groupBy(snapshots.collectionId)
    .orderBy(desc(last))
    .limit(mostKept)
    .all()
  return rows.map(({ id }) => id)
}

/** The results of a collection's newest released snapshot. `systemIds`: a reviewer's scope. Throws not_found, not_allowed, not_released or unknown_breakdown. */
export function getResults(db: Db, collectionId: string, asked: Asked, systemIds: readonly string[] | null): Results {
  const collection = load(db, collectionId)
  const scope =
    systemIds && collection.systems.filter((system) => systemIds.includes(system.id)).map((system) => system.code)
  // The whole of a collection of other systems would be their figure.
  if (scope?.length === 0) throw notAllowed('This collection covers none of the systems that you may see.')
  const snapshot = listReleasedSnapshots(db, collectionId)[0]
  if (!snapshot) throw conflict('not_released', 'The results of this collection have not been released.')
  const { id, name, questionSet, mode } = collection
  // The collection may have moved on to a corrected version since.
  const { version } = getVersion(db, snapshot.versionId)
  const { sha256, takenAt, responses, k } = snapshot
  const about = {
    collection: { id, name, questionSet, version },
    snapshot: { id: snapshot.id, sha256, takenAt, responses, k, released: true },
  }
  return resultsOf({ labels: snapshot.labels, published: publishedOf(db, snapshot, mode), about }, asked, scope)
}

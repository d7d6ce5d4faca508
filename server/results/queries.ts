import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { load, type Collection } from '../collections/queries.ts'
import { hasEnded } from '../collections/rules/status.ts'
import { recordAudit, type Who } from '../db/audit-log.ts'
import { newId } from '../db/ids.ts'
import type { Db, OpenDatabase } from '../db/open.ts'
import {
  collections,
  questionSetVersions,
  snapshotCounts,
  snapshotDispositions,
  snapshotProviders,
  snapshots,
  snapshotSums,
} from '../db/schema.ts'
import { countInvitationStates } from '../distribution/queries.ts'
import { dispositionOf } from '../distribution/rules/dispositions.ts'
import { conflict, notAllowed, notFound } from '../errors.ts'
import { definitionOf } from '../question-sets/rules/definition.ts'
import type { Answers } from '../../surveys/question-set.ts'
import type { SnapshotLabels } from './rules/cells.ts'
import { publish, type PublishedSnapshot } from './rules/publish.ts'
import { resultsOf, type Asked } from './rules/results-of.ts'
import {
  differingParts,
  sealOf,
  type CountRow,
  type DispositionRow,
  type ProviderRow,
  type SnapshotContent,
  type SumRow,
} from './rules/seal.ts'
import { cellsTooClose } from './rules/snapshot-comparison.ts'
import { regionCode, stratumOf, type Stratum } from './rules/strata.ts'
import { startTally, stratumText, withRegion } from './rules/tally.ts'
import type { Results, Verification } from './schema.ts'

export type SnapshotRow = typeof snapshots.$inferSelect

function getVersion(db: Db, id: string) {
  const version = db.select().from(questionSetVersions).where(eq(questionSetVersions.id, id)).get()
  if (!version) throw notFound('There is no such version of a question set.')
  return version
}

/** Oldest first. */
export const listSnapshots = (db: Db, collectionId: string): SnapshotRow[] =>
  db
    .select()
    .from(snapshots)
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

const listReleasedSnapshots = (db: Db, collectionId: string) =>
  db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.collectionId, collectionId), isNotNull(snapshots.releasedAt)))
    .orderBy(desc(snapshots.takenAt), desc(snapshots.id))
    .all()

/**
 * One pass over the complete responses, and one transaction that stores what it leaves. Takes seconds for a hundred thousand responses:
 * the server calls it through `takeSnapshotInBackground`. Throws not_found, nothing_collected or retention_ended.
 */
export function takeSnapshot(db: OpenDatabase, collectionId: string, { actor, now }: Who): SnapshotRow {
  const collection = load(db, collectionId)
  if (collection.status === 'draft') throw conflict('nothing_collected', 'The collection has not been opened.')
  if (collection.severedAt !== null)
    throw conflict(
      'retention_ended',
      'The links between invitations and responses have been deleted: response rates can no longer be counted.',
    )
  const content = contentOf(db, collection, labelsOf(collection), collection.k)
  const row = {
    id: newId(),
    collectionId,
    versionId: collection.versionId,
    sha256: sealOf(content),
    responses: content.responses,
    k: content.k,
    labels: content.labels,
    takenAt: now.toISOString(),
    takenBy: actor,
  }
  return db.transaction(
    (tx) => {
      const stored = tx.insert(snapshots).values(row).returning().get()
      insertContent(tx, row.id, content)
      recordAudit(tx, {
        actor,
        action: 'snapshot.take',
        subject: row.id,
        detail: { collection: collectionId, sha256: row.sha256, responses: row.responses },
        at: now,
      })
      return stored
    },
    { behavior: 'immediate' },
  )
}

function labelsOf({ systems }: Collection): SnapshotLabels {
  return {
    systems: Object.fromEntries(systems.map(({ code, name }) => [code, name])),
    regions: Object.fromEntries(systems.map(({ region }) => [regionCode(region), region])),
    regionOf: Object.fromEntries(systems.map(({ code, region }) => [code, regionCode(region)])),
  }
}

/** What a snapshot of the responses as they are now would hold, under the labels and threshold given. */
function contentOf(db: OpenDatabase, collection: Collection, labels: SnapshotLabels, k: number): SnapshotContent {
  const { plan, sha256, questions } = getVersion(db, collection.versionId)
  const { mode } = collection
  // One transaction: responses and frame are of the same moment.
  return db.transaction(() => {
    const tally = startTally({
      definition: definitionOf({ sha256, questions }),
      plan,
      labels,
      providers: mode === 'personal',
    })
    for (const row of eachCompleteResponse(db, collection.id)) {
      const answers = JSON.parse(row.data) as Answers
      const stratum =
        row.stratum === null
          ? stratumOf(plan, { system: row.system, region: row.region, category: null, answers })
          : (JSON.parse(row.stratum) as Stratum)
      tally.add({ stratum, answers, providerKey: row.provider_key ?? '' })
    }
    const dispositions = mode === 'personal' ? countDispositions(db, collection, plan, labels) : []
    return { version: sha256, mode, k, labels, ...tally.rows(), dispositions }
  })
}

interface RawResponse {
  data: string
  stratum: string | null
  provider_key: string | null
  system: string
  region: string
}

/** Row by row: a hundred thousand responses do not fit comfortably into memory at once. Test responses never count. */
function eachCompleteResponse(db: OpenDatabase, collectionId: string): Iterable<RawResponse> {
  const statement = db.$client.prepare<[string], RawResponse>(
    `select r.data, r.stratum, r.provider_key, s.code as system, s.region from responses r join systems s on s.id = r.system_id
     where r.collection_id = ? and r.status = 'complete' and r.source <> 'test'`,
  )
  return statement.iterate(collectionId)
}

function countDispositions(
  db: Db,
  collection: Collection,
  plan: SnapshotPlan,
  labels: SnapshotLabels,
): DispositionRow[] {
  const lead = plan.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]
  const systems = new Map(collection.systems.map((system) => [system.id, system]))
  const closed = collection.status !== 'open'
  const counts = new Map<string, DispositionRow>()
  for (const { systemId, category, invited, state, count } of countInvitationStates(db, collection.id, lead)) {
    const { code, region } = systems.get(systemId)!
    const stratum = stratumText(
      plan,
      withRegion(plan, labels, stratumOf(plan, { system: code, region, category, answers: {} })),
    )
    const disposition = invited ? dispositionOf({ ...state, closed }) : state.notEligible ? 'uninvited_NE' : 'uninvited'
    // A service that was never asked and is not eligible belongs to no figure.
    if (disposition === 'uninvited_NE') continue
    const key = `${stratum} ${disposition}`
    const row = counts.get(key) ?? { stratum, disposition, count: 0 }
    counts.set(key, { ...row, count: row.count + count })
  }
  return [...counts.values()]
}
type SnapshotPlan = ReturnType<typeof getVersion>['plan']

function insertContent(db: Db, snapshotId: string, { counts, sums, dispositions, providers }: SnapshotContent): void {
  const at = (name: string) => sql.placeholder(name)
  const count = db
    .insert(snapshotCounts)
    .values({
      snapshotId,
      stratum: at('stratum'),
      variable: at('variable'),
      state: at('state'),
      value: at('value'),
      count: at('count'),
    })
    .prepare()
  for (const row of counts) count.run({ ...row })
  for (const row of sums)
    db.insert(snapshotSums)
      .values({ snapshotId, stratum: row.stratum, scale: row.scale, sums: { ...row.sums } })
      .run()
  for (const row of dispositions)
    db.insert(snapshotDispositions)
      .values({ snapshotId, ...row })
      .run()
  const provider = db
    .insert(snapshotProviders)
    .values({ snapshotId, figure: at('figure'), cell: at('cell'), providers: at('providers'), largest: at('largest') })
    .prepare()
  for (const row of providers) provider.run({ ...row })
}

/** What is stored of a snapshot; of the counts, where `variables` are named, theirs alone. */
function readContent(
  db: Db,
  snapshot: SnapshotRow,
  mode: Collection['mode'],
  variables?: readonly string[],
): SnapshotContent {
  const { id, versionId, k, labels, responses } = snapshot
  const counts = readCounts(db, id, variables)
  const sums = db
    .select({ stratum: snapshotSums.stratum, scale: snapshotSums.scale, sums: snapshotSums.sums })
    .from(snapshotSums)
    .where(eq(snapshotSums.snapshotId, id))
    .all()
  const dispositions = db.all<DispositionRow>(
    sql`select stratum, disposition, count from snapshot_dispositions where snapshot_id = ${id}`,
  )
  const providers = db.all<ProviderRow>(
    sql`select figure, cell, providers, largest from snapshot_providers where snapshot_id = ${id}`,
  )
  return {
    version: getVersion(db, versionId).sha256,
    mode,
    k,
    labels,
    responses,
    counts,
    sums: sums as unknown as SumRow[],
    dispositions,
    providers,
  }
}

function readCounts(db: Db, id: string, variables?: readonly string[]): CountRow[] {
  const named = variables ? sql`and variable in (select value from json_each(${JSON.stringify(variables)}))` : sql``
  const rows = db.values<[string, string, CountRow['state'], string, number]>(
    sql`select stratum, variable, state, value, count from snapshot_counts where snapshot_id = ${id} ${named} order by stratum`,
  )
  // Tens of thousands of rows of a hundred strata: sharing their texts makes looking them up, and so the first answer, several times as fast.
  let shared = ''
  return rows.map(([text, variable, state, value, count]) => {
    if (text !== shared) shared = text
    return { stratum: shared, variable, state, value, count }
  })
}

/** Takes the snapshot again from the same responses and compares; after the end of retention checks the seal of what is stored. Changes nothing. */
export function verifySnapshot(db: OpenDatabase, collectionId: string, id?: string): Verification {
  const collection = load(db, collectionId)
  const snapshot = findSnapshot(db, collectionId, id)
  const { sha256 } = snapshot
  const stored = readContent(db, snapshot, collection.mode)
  const against = collection.severedAt === null ? 'retaken' : 'stored'
  const retaken = against === 'stored' ? stored : contentOf(db, collection, snapshot.labels, snapshot.k)
  const seals = [sealOf(retaken), sealOf(stored)]
  const found = seals.find((seal) => seal !== sha256) ?? sha256
  return { id: snapshot.id, sha256, found, same: found === sha256, against, differs: differingParts(stored, retaken) }
}

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
      if (collection.status !== 'closed' && collection.status !== 'released')
        throw conflict(
          'not_closed',
          'Close the collection first: results are released once nobody can answer or withdraw.',
        )
      if (snapshot.releasedAt !== null) throw conflict('already_released', 'The snapshot has been released already.')
      if (isEarly(snapshot, collection))
        throw conflict(
          'taken_before_close',
          'This snapshot was taken before the collection closed: it may hold answers that were withdrawn afterwards. Take a new one.',
        )
      const others = listReleasedSnapshots(tx, collectionId).map(
        (released) => publishedOf(tx, released, collection.mode).bases,
      )
      const tooClose = cellsTooClose(others, publishedOf(tx, snapshot, collection.mode).bases, collection.k)
      if (tooClose.length > 0) {
        throw conflict(
          'too_close',
          `${tooClose.length} published figures would differ from a released snapshot by fewer than ${collection.k} responses. Comparing the two could identify somebody.`,
        )
      }
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

/** Taken while respondents could still withdraw. */
const isEarly = ({ takenAt }: SnapshotRow, collection: Collection): boolean =>
  takenAt < (collection.closedAt ?? '') && !hasEnded(collection, new Date(takenAt))

// A snapshot never changes, so what is published of it is worked out once. The newest few are kept.
const published = new Map<string, PublishedSnapshot>()
const mostKept = 20

function publishedOf(db: Db, snapshot: SnapshotRow, mode: Collection['mode']): PublishedSnapshot {
  const known = published.get(snapshot.id)
  if (known) return known
  const { plan, questions } = getVersion(db, snapshot.versionId)
  // The variable '' is the responses themselves.
  const found = publish(
    plan,
    questions,
    readContent(db, snapshot, mode, ['', ...plan.indicators.map(({ variable }) => variable)]),
  )
  const [oldest] = published.keys()
  if (published.size >= mostKept && oldest !== undefined) published.delete(oldest)
  published.set(snapshot.id, found)
  return found
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
  const { id, name, questionSet, version, mode } = collection
  const { sha256, takenAt, responses, k } = snapshot
  const about = {
    collection: { id, name, questionSet, version },
    snapshot: { id: snapshot.id, sha256, takenAt, responses, k, released: true },
  }
  const { plan } = getVersion(db, snapshot.versionId)
  return resultsOf({ plan, labels: snapshot.labels, published: publishedOf(db, snapshot, mode), about }, asked, scope)
}

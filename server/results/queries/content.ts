import { eq, sql } from 'drizzle-orm'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { snapshotCounts, snapshotDispositions, snapshotProviders, snapshotSums } from '../../db/schema.ts'
import type { CountRow, DispositionRow, ProviderRow, SnapshotContent, SumRow } from '../rules/seal.ts'
import type { SnapshotRow } from './snapshots.ts'
import { getVersion } from './versions.ts'

export function insertContent(
  db: Db,
  snapshotId: string,
  { counts, sums, dispositions, providers }: SnapshotContent,
): void {
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
export function readContent(
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

import { sql } from 'drizzle-orm'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { snapshotCounts, snapshotDispositions, snapshotProviders, snapshotSums } from '../../db/schema.ts'
import type { Column, SnapshotColumns } from '../rules/read-tables.ts'
import type { CountRow, DispositionRow, ProviderRow, SnapshotContent, SumRow } from '../rules/seal.ts'
import type { State } from '../../../surveys/counting/answer-states.ts'
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

/** What is stored of a snapshot. */
export function readContent(db: Db, snapshot: SnapshotRow, mode: Collection['mode']): SnapshotContent {
  const counts = db.all<CountRow>(
    sql`select stratum, variable, state, value, count from snapshot_counts where snapshot_id = ${snapshot.id}`,
  )
  const { versionId, responses } = snapshot
  const version = getVersion(db, versionId).sha256
  return { ...readAllButCounts(db, snapshot, mode), version, responses, counts }
}

/** The same for tables of these variables alone. */
export function readColumns(
  db: Db,
  snapshot: SnapshotRow,
  mode: Collection['mode'],
  variables: readonly string[],
): SnapshotColumns {
  // Tens of thousands of rows would cost the first answer more than all that is worked out from them: SQLite puts those of a stratum together.
  const strata = db.values<[stratum: string, names: string, counts: string]>(
    sql`select stratum, group_concat(variable || ' ' || state || ' ' || value, char(10)), json_group_array(count) from snapshot_counts
        where snapshot_id = ${snapshot.id} and variable in (select value from json_each(${JSON.stringify(variables)})) group by stratum`,
  )
  const columns = new Map<string, Column>()
  const columnOf = (name: string): Column => {
    const known = columns.get(name)
    if (known) return known
    // Neither names nor codes hold spaces.
    const [variable, state, value] = name.split(' ') as [string, State, string]
    const column = { variable, state, value, counts: strata.map(() => 0) }
    columns.set(name, column)
    return column
  }
  // Of many responses nearly every stratum has the same columns.
  const columnsOf = new Map<string, Column[]>()
  strata.forEach(([, names, counts], stratum) => {
    const named = columnsOf.get(names) ?? names.split('\n').map(columnOf)
    columnsOf.set(names, named)
    const numbers = JSON.parse(counts) as number[]
    named.forEach((column, place) => (column.counts[stratum] = numbers[place]!))
  })
  return {
    ...readAllButCounts(db, snapshot, mode),
    strata: strata.map(([stratum]) => stratum),
    columns: [...columns.values()],
  }
}

function readAllButCounts(
  db: Db,
  { id, k, labels }: SnapshotRow,
  mode: Collection['mode'],
): Omit<SnapshotContent, 'version' | 'responses' | 'counts'> {
  const sums = db.values<[stratum: string, scale: string, sums: string]>(
    sql`select stratum, scale, sums from snapshot_sums where snapshot_id = ${id}`,
  )
  const dispositions = db.all<DispositionRow>(
    sql`select stratum, disposition, count from snapshot_dispositions where snapshot_id = ${id}`,
  )
  const providers = db.all<ProviderRow>(
    sql`select figure, cell, providers, largest from snapshot_providers where snapshot_id = ${id}`,
  )
  return {
    mode,
    k,
    labels,
    sums: sums.map(([stratum, scale, text]) => ({ stratum, scale, sums: JSON.parse(text) as SumRow['sums'] })),
    dispositions,
    providers,
  }
}

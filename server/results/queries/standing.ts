import { and, count, eq, ne, sql } from 'drizzle-orm'
import type { Answers } from '../../../surveys/question-set.ts'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { countInvitationStates, type InvitationGroup } from '../../invitations/queries/dispositions.ts'
import { responses, systems } from '../../db/schema.ts'
import { leadQuestion } from '../rules/counted-alike.ts'
import { cellsOfStratum, tablesOf, type SnapshotLabels } from '../rules/cells.ts'
import { cellKey } from '../../statistics/disclosure/cells.ts'
import { hiddenRates } from '../rules/publish.ts'
import { readTables } from '../rules/read-tables.ts'
import type { ProviderRow } from '../rules/seal.ts'
import { stratumOf, type Stratum } from '../../../surveys/counting/strata.ts'
import { stratumText, withRegion } from '../rules/tally.ts'
import { countDispositions } from './counting.ts'
import { labelsOf } from './taking.ts'
import { getVersion } from './versions.ts'
import { modeOf } from '../../../surveys/modes.ts'

type Plan = ReturnType<typeof getVersion>['plan']

/** The cells, by `cellKey`, that a snapshot of this moment would have in the table of rates, and which of them it would hide. */
export interface Standing {
  known: ReadonlySet<string>
  hidden: ReadonlySet<string>
}

/**
 * Decided over the same linked tables as results, regions, cross and providers included; reads no answer but those of breakdowns. `invited`:
 * of a personal collection, the services of its frame.
 */
export function getStanding(db: Db, collection: Collection, invited: readonly InvitationGroup[]): Standing {
  const { plan, questions } = getVersion(db, collection.versionId)
  const labels = labelsOf(collection)
  const { mode, k } = collection
  const { hasRates } = modeOf(collection)
  const counted = countResponsesByStratum(db, collection.id, plan, labels)
  const byStratum = [...Map.groupBy(counted, ({ stratum }) => stratum)]
  const counts = byStratum.map(([, rows]) => rows.reduce((sum, row) => sum + row.count, 0))
  const tables = readTables(plan, questions, {
    mode,
    k,
    labels,
    strata: byStratum.map(([stratum]) => stratum),
    columns: [{ variable: '', state: 'answered', value: '', counts }],
    sums: [],
    dispositions: hasRates ? countDispositions(invited, collection, plan, labels) : [],
    providers: hasRates ? countProviders(plan, counted) : [],
  })
  return { known: new Set(tables.cells.map(({ key }) => key)), hidden: hiddenRates(tables, k) }
}

/** The cells whose responses progress shows to all staff: the whole, systems, and types of service; as `cellKey` by the ids of the plan given. */
export function listCellsThatProgressShows(db: Db, collection: Collection, plan: Plan): string[] {
  const own = getVersion(db, collection.versionId).plan
  const { invites } = modeOf(collection)
  const invited = invites ? countInvitationStates(db, collection.id, leadQuestion(own)) : []
  const { known, hidden } = getStanding(db, collection, invited)
  const idIn = ({ breakdowns }: Plan, from: string) => breakdowns.find((one) => one.from === from)?.id ?? from
  const idOf = new Map(['system', ...(invites ? ['category'] : [])].map((from) => [idIn(own, from), idIn(plan, from)]))
  return [...known]
    .filter((key) => !hidden.has(key))
    .map((key) => JSON.parse(key) as [id: string, code: string][])
    .filter((groups) => groups.length <= 1 && groups.every(([id]) => idOf.has(id)))
    .map((groups) => cellKey(Object.fromEntries(groups.map(([id, code]) => [idOf.get(id)!, code]))))
}

interface ResponseGroup {
  /** As `stratumText`. */
  stratum: string
  providerKey: string
  count: number
}

function countResponsesByStratum(db: Db, collectionId: string, plan: Plan, labels: SnapshotLabels): ResponseGroup[] {
  const answers = sql<string | null>`case when ${responses.stratum} is null then ${responses.data} end`
  const fixed = sql<string | null>`${responses.stratum}`
  const rows = db
    .select({
      fixed: fixed.as('fixed'),
      providerKey: responses.providerKey,
      system: systems.code,
      region: systems.region,
      answers: answers.as('answers'),
      count: count(),
    })
    .from(responses)
    .innerJoin(systems, eq(systems.id, responses.systemId))
    .where(
      and(eq(responses.collectionId, collectionId), eq(responses.status, 'complete'), ne(responses.source, 'test')),
    )
    .groupBy(sql`1, 2, 3, 4, 5`)
    .all()
  const texts = new Map<string, string>()
  const textOf = (stratum: Stratum) => stratumText(plan, withRegion(plan, labels, stratum))
  return rows.map(({ fixed, providerKey, system, region, answers, count }) => {
    const known = fixed === null ? undefined : texts.get(fixed)
    const stratum =
      known ??
      textOf(
        fixed === null
          ? stratumOf(plan, { system, region, category: null, answers: JSON.parse(answers ?? '{}') as Answers })
          : (JSON.parse(fixed) as Stratum),
      )
    if (fixed !== null) texts.set(fixed, stratum)
    return { stratum, providerKey: providerKey ?? '', count }
  })
}

/** By cell: how many providers responded, and the responses of the one with most. */
function countProviders(plan: Plan, counted: readonly ResponseGroup[]): ProviderRow[] {
  const tables = tablesOf(plan)
  const cells = new Map<string, Map<string, number>>()
  for (const [stratum, rows] of Map.groupBy(counted, (row) => row.stratum)) {
    for (const key of cellsOfStratum(tables, JSON.parse(stratum) as Stratum).map(cellKey)) {
      const providers = cells.get(key) ?? new Map<string, number>()
      cells.set(key, providers)
      for (const { providerKey, count } of rows) providers.set(providerKey, (providers.get(providerKey) ?? 0) + count)
    }
  }
  return [...cells].map(([cell, providers]) => ({
    figure: 'responses',
    cell,
    providers: providers.size,
    largest: [...providers.values()].reduce((most, count) => Math.max(most, count), 0),
  }))
}

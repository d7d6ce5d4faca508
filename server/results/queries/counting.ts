import type { Answers } from '../../../surveys/question-set.ts'
import type { Collection } from '../../collections/queries/collections.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { countInvitationStates, type InvitationGroup } from '../../distribution/queries/dispositions.ts'
import { dispositionOf } from '../../distribution/rules/dispositions.ts'
import { definitionOf } from '../../question-sets/rules/definition.ts'
import type { SnapshotLabels } from '../rules/cells.ts'
import type { DispositionRow, SnapshotContent } from '../rules/seal.ts'
import { stratumOf, type Stratum } from '../rules/strata.ts'
import { startTally, stratumText, withRegion } from '../rules/tally.ts'
import { getVersion } from './versions.ts'

type SnapshotPlan = ReturnType<typeof getVersion>['plan']

/** What a snapshot of the responses as they are now would hold, under the labels and threshold given. */
export function contentOf(
  db: OpenDatabase,
  collection: Collection,
  labels: SnapshotLabels,
  k: number,
): SnapshotContent {
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
    const dispositions =
      mode === 'personal'
        ? countDispositions(countInvitationStates(db, collection.id, leadQuestion(plan)), collection, plan, labels)
        : []
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

/** The question of the plan's lead indicator. */
export const leadQuestion = (plan: SnapshotPlan): string | undefined =>
  plan.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]

/** The services of the frame by stratum and what became of them. */
export function countDispositions(
  groups: readonly InvitationGroup[],
  collection: Collection,
  plan: SnapshotPlan,
  labels: SnapshotLabels,
): DispositionRow[] {
  const systems = new Map(collection.systems.map((system) => [system.id, system]))
  const closed = collection.status !== 'open'
  const counts = new Map<string, DispositionRow>()
  for (const { systemId, category, invited, state, count } of groups) {
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

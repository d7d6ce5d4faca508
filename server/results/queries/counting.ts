import type { Answers } from '../../../surveys/question-set.ts'
import type { Collection } from '../../collections/queries/collections.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import { countInvitationStates, type InvitationGroup } from '../../invitations/queries/dispositions.ts'
import { dispositionOf } from '../../invitations/rules/dispositions.ts'
import { definitionOf } from '../../../surveys/definition/definition.ts'
import type { SnapshotLabels } from '../rules/cells.ts'
import { countedOtherwise, leadQuestion } from '../rules/counted-alike.ts'
import type { DispositionRow, SnapshotContent } from '../rules/seal.ts'
import { stratumOf, type Stratum } from '../../../surveys/counting/strata.ts'
import { startTally, stratumText, withRegion } from '../rules/tally.ts'
import { getVersion } from './versions.ts'
import { modeOf } from '../../../surveys/modes.ts'

type SnapshotPlan = ReturnType<typeof getVersion>['plan']

interface Terms {
  /** The collection's own, or a later one under which its responses can be counted. */
  versionId: string
  labels: SnapshotLabels
  k: number
}

/** What a snapshot of the responses as they are now would hold. */
export function contentOf(db: OpenDatabase, collection: Collection, { versionId, labels, k }: Terms): SnapshotContent {
  const { plan, sha256, questions } = getVersion(db, versionId)
  const { mode } = collection
  const { hasRates } = modeOf(collection)
  // What was fixed at submission holds for every plan that groups as the one it was submitted under, which all versions fielded share.
  const isFixed = countedOtherwise(getVersion(db, collection.versionId).plan, plan).length === 0
  // One transaction: responses and frame are of the same moment.
  return write(db, () => {
    const tally = startTally({
      definition: definitionOf({ sha256, questions }),
      plan,
      labels,
      providers: hasRates,
    })
    for (const row of eachCompleteResponse(db, collection.id, !isFixed)) {
      const answers = JSON.parse(row.data) as Answers
      const region = labels.regionOf[row.system] ?? row.region
      const stratum =
        isFixed && row.stratum !== null
          ? (JSON.parse(row.stratum) as Stratum)
          : stratumOf(plan, { system: row.system, region, category: row.category, answers })
      tally.add({ stratum, answers, providerKey: row.provider_key ?? '' })
    }
    const dispositions = hasRates
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
  /** By the frame; null in a cascade, and where it was not asked for. */
  category: string | null
}

/** Row by row: a hundred thousand responses do not fit comfortably into memory at once. Test responses never count. */
function eachCompleteResponse(db: OpenDatabase, collectionId: string, withCategory: boolean): Iterable<RawResponse> {
  const statement = db.$client.prepare<[number, string], RawResponse>(
    `select r.data, r.stratum, r.provider_key, s.code as system, s.region,
       case when ? then (select f.category from invitations i join frame_services f on f.id = i.frame_service_id where i.id = r.invitation_id) end
         as category
     from responses r join systems s on s.id = r.system_id
     where r.collection_id = ? and r.status = 'complete' and r.source <> 'test'`,
  )
  return statement.iterate(Number(withCategory), collectionId)
}

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

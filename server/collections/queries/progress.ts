import { and, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { responses } from '../../db/schema.ts'
import { countInvitationStates } from '../../distribution/queries/dispositions.ts'
import { categoryLabels, serviceCategories } from '../../frame/rules/categories.ts'
import { getQuestionSetVersion } from '../../question-sets/queries.ts'
import { countProgress, type ProgressGroup } from '../rules/progress.ts'
import { isOpen } from '../rules/status.ts'
import type { Progress } from '../schema.ts'
import type { Collection } from './collections.ts'

/** How far a collection has come: invitations, messages, responses by system and type of service. */
export function getProgress(db: Db, collection: Collection, now: Date): Progress {
  const plan = getQuestionSetVersion(db, collection.versionId)?.plan
  const lead = plan?.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]
  const idOf = (from: string) => plan?.breakdowns.find((breakdown) => breakdown.from === from)?.id ?? from
  const groups =
    collection.mode === 'personal' ? countInvitationStates(db, collection.id, lead) : countResponses(db, collection.id)
  return countProgress(groups, {
    mode: collection.mode,
    closed: !isOpen(collection, now),
    k: collection.k,
    systems: collection.systems,
    categories: serviceCategories.map((code) => ({ code, label: categoryLabels[code] })),
    breakdowns: { system: idOf('system'), category: idOf('category') },
  })
}

function countResponses(db: Db, collectionId: string): ProgressGroup[] {
  const { systemId, status } = getTableColumns(responses)
  const real = and(eq(responses.collectionId, collectionId), sql`${responses.source} <> 'test'`)
  return db.select({ systemId, status, count: count() }).from(responses).where(real).groupBy(systemId, status).all()
}

import { and, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { responses } from '../../db/schema.ts'
import { countInvitationStates } from '../../distribution/queries/dispositions.ts'
import { notAllowed } from '../../errors.ts'
import { categoryLabels, serviceCategories } from '../../frame/rules/categories.ts'
import { getQuestionSetVersion } from '../../question-sets/queries.ts'
import { getStanding } from '../../results/queries/standing.ts'
import { daysFromThreshold } from '../rules/days.ts'
import { systemsToPush } from '../rules/needs-push.ts'
import { countProgress, type ProgressGroup } from '../rules/progress.ts'
import { isOpen } from '../rules/status.ts'
import type { Progress } from '../schema.ts'
import type { Collection } from './collections.ts'
import { listProgressDays } from './days.ts'

/** Who looks: an admin sees small counts too. `systemIds`: a reviewer's scope, null for every system. */
export interface Viewer {
  role: 'admin' | 'reviewer' | 'analyst'
  systemIds: readonly string[] | null
}

/** How far a collection has come: invitations, messages, responses by system and type of service. Throws not_allowed. */
export function getProgress(db: Db, collection: Collection, { role, systemIds }: Viewer, now: Date): Progress {
  const { mode, k, systems } = collection
  const gated = role !== 'admin'
  // As with results: the whole of a collection of other systems would be their figure.
  if (systemIds && !systems.some(({ id }) => systemIds.includes(id)))
    throw notAllowed('This collection covers none of the systems that you may see.')
  const plan = getQuestionSetVersion(db, collection.versionId)?.plan
  const lead = plan?.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]
  const idOf = (from: string) => plan?.breakdowns.find((breakdown) => breakdown.from === from)?.id ?? from
  const groups: ProgressGroup[] =
    mode === 'personal' ? countInvitationStates(db, collection.id, lead) : countResponses(db, collection.id)
  const open = isOpen(collection, now)
  const frame = {
    mode,
    closed: !open,
    systems,
    categories: serviceCategories.map((code) => ({ code, label: categoryLabels[code] })),
    breakdowns: { system: idOf('system'), category: idOf('category') },
  }
  const cells = countProgress(groups, frame, gated ? { ...getStanding(db, collection), scope: systemIds } : null)
  const days = collection.severedAt === null ? listProgressDays(db, collection, now) : []
  return {
    k,
    gated,
    at: now.toISOString(),
    cells,
    days: !gated ? days : cells[0]?.suppressed ? [] : daysFromThreshold(days, k),
    push: !gated && open ? systemsToPush(groups, { systems, k, mode }) : [],
  }
}

function countResponses(db: Db, collectionId: string): ProgressGroup[] {
  const { systemId, status } = getTableColumns(responses)
  const real = and(eq(responses.collectionId, collectionId), sql`${responses.source} <> 'test'`)
  return db.select({ systemId, status, count: count() }).from(responses).where(real).groupBy(systemId, status).all()
}

import { and, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { responses } from '../../db/schema.ts'
import { countInvitationStatesGently, type InvitationGroup } from '../../invitations/queries/dispositions.ts'
import { notAllowed } from '../../errors.ts'
import { categoryLabels, serviceCategories } from '../../frame/rules/categories.ts'
import { getQuestionSetVersion } from '../../question-sets/queries/versions.ts'
import { getStanding } from '../../results/queries/standing.ts'
import { leadQuestion } from '../../results/rules/counted-alike.ts'
import { daysFromThreshold } from '../rules/days.ts'
import { systemsToPush } from '../rules/needs-push.ts'
import { countProgress, type ProgressGroup } from '../rules/progress.ts'
import { isOpen } from '../../collections/rules/status.ts'
import type { Progress } from '../schema.ts'
import type { Collection } from '../../collections/queries/collections.ts'
import { listProgressDays } from './days.ts'
import { modeOf } from '../../../surveys/modes.ts'

/** Who looks: an admin sees small counts too. `systemIds`: a reviewer's scope, null for every system. */
export interface Viewer {
  role: 'admin' | 'reviewer' | 'analyst'
  systemIds: readonly string[] | null
}

/** How far a collection has come: invitations, messages, responses by system and type of service. Throws not_allowed. */
export async function getProgress(
  db: Db,
  collection: Collection,
  { role, systemIds }: Viewer,
  now: Date,
): Promise<Progress> {
  const { mode, k, systems } = collection
  const gated = role !== 'admin'
  // As with results: the whole of a collection of other systems would be their figure.
  if (systemIds && !systems.some(({ id }) => systemIds.includes(id)))
    throw notAllowed('This collection covers none of the systems that you may see.')
  const plan = getQuestionSetVersion(db, collection.versionId)?.plan
  const idOf = (from: string) => plan?.breakdowns.find((breakdown) => breakdown.from === from)?.id ?? from
  const { invited, groups, days, countedAt } = await countNow(db, collection, plan && leadQuestion(plan), now)
  const open = isOpen(collection, now)
  const frame = {
    mode,
    closed: !open,
    systems,
    categories: serviceCategories.map((code) => ({ code, label: categoryLabels[code] })),
    breakdowns: { system: idOf('system'), category: idOf('category') },
  }
  const cells = countProgress(
    groups,
    frame,
    gated ? { ...getStanding(db, collection, invited), scope: systemIds } : null,
  )
  return {
    k,
    gated,
    at: countedAt.toISOString(),
    cells,
    days: !gated ? days : cells[0]?.suppressed ? [] : daysFromThreshold(days, k),
    push: !gated && open ? systemsToPush(groups, { systems, k, mode }) : [],
  }
}

interface Counted {
  /** Empty in a cascade. */
  invited: InvitationGroup[]
  groups: ProgressGroup[]
  days: Progress['days']
  countedAt: Date
}

// Counting 25,000 services takes a fifth of a second: once in five seconds is enough for all who look.
const bigCollection = 5000
const keptMs = 5000
const lastCounted = new Map<string, { countedAt: Date; counted: Promise<Counted> }>()

/** Who asks while it is being counted waits for the same count. */
function countNow(db: Db, collection: Collection, lead: string | undefined, now: Date): Promise<Counted> {
  const last = lastCounted.get(collection.id)
  const age = last && now.getTime() - last.countedAt.getTime()
  if (last && age !== undefined && age >= 0 && age < keptMs) return last.counted
  const counted = countAll(db, collection, lead, now)
  lastCounted.set(collection.id, { countedAt: now, counted })
  const forget = () => lastCounted.delete(collection.id)
  counted.then(({ groups }) => groups.reduce((sum, group) => sum + group.count, 0) < bigCollection && forget(), forget)
  return counted
}

async function countAll(db: Db, collection: Collection, lead: string | undefined, now: Date): Promise<Counted> {
  const { id } = collection
  const { invites } = modeOf(collection)
  const invited = invites ? await countInvitationStatesGently(db, id, lead) : []
  const groups = invites ? invited : countResponses(db, id)
  const days = collection.severedAt === null ? await listProgressDays(db, collection, now) : []
  return { invited, groups, days, countedAt: now }
}

function countResponses(db: Db, collectionId: string): ProgressGroup[] {
  const { systemId, status } = getTableColumns(responses)
  const real = and(eq(responses.collectionId, collectionId), sql`${responses.source} <> 'test'`)
  return db.select({ systemId, status, count: count() }).from(responses).where(real).groupBy(systemId, status).all()
}

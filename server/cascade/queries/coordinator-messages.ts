import { and, eq, sql } from 'drizzle-orm'
import { type Collection, requireCollection } from '../../collections/queries/collections.ts'
import { hasEnded } from '../../collections/rules/status.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, messages, systems } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict } from '../../errors.ts'
import { queueMessage, type Message } from '../../outbox/queries/messages.ts'
import { modeOf } from '../../../surveys/modes.ts'

export type CoordinatorProblem = 'bounced_hard' | 'bounced_soft' | 'bounced_policy' | 'failed' | 'not_understood'

/** Every link of a cascade with its system, where the last message to its coordinator's present address stands, and what was said of it where it came back; by system and organisation. */
export function listCoordinatedLinks(db: Db, collectionId: string) {
  const latest = sql`(select id from messages m where m.cascade_link_id = ${cascadeLinks.id} and m.kind = 'coordinator' and m.recipient = ${cascadeLinks.coordinatorEmail} order by m.created_at desc, m.rowid desc limit 1)`
  const problem = sql`message_events e where e.message_id = ${messages.id} and e.event in ('bounced_hard', 'bounced_soft', 'bounced_policy', 'failed') order by e.id desc limit 1`
  const unread = sql`delivery_reports r where r.message_id = ${messages.id} and r.verdict = 'not_understood' order by r.received_at desc limit 1`
  return db
    .select({
      link: cascadeLinks,
      system: systems,
      messageStatus: messages.status,
      problem: sql<CoordinatorProblem | null>`coalesce((select e.event from ${problem}), (select r.verdict from ${unread}))`,
      problemDetail: sql<
        string | null
      >`coalesce((select e.detail from ${problem}), (select coalesce(r.diagnostic, r.status) from ${unread}))`,
      withdrawnReason: sql<
        string | null
      >`(select json_extract(a.detail, '$.reason') from audit_log a where a.subject = ${cascadeLinks.id} and a.action = 'link.withdraw' order by a.id desc limit 1)`,
    })
    .from(cascadeLinks)
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .leftJoin(messages, and(eq(messages.cascadeLinkId, cascadeLinks.id), eq(messages.id, latest)))
    .where(eq(cascadeLinks.collectionId, collectionId))
    .orderBy(systems.name, cascadeLinks.organisation, cascadeLinks.id)
    .all()
}

type Coordinated = ReturnType<typeof listCoordinatedLinks>[number]

const waiting: Partial<Record<Message['status'], string>> = {
  queued: 'The message is waiting to be sent.',
  sending: 'The message is being sent.',
  sent: 'The message was sent to this address.',
}

const cameBack = {
  bounced_hard: 'Its address does not work: correct it.',
  bounced_soft: 'The message came back. It can be sent again by itself.',
  bounced_policy: 'The receiving server turned the message away. It can be sent again by itself.',
  not_understood: 'It was answered by a report that is not understood: read it. It can be sent again by itself.',
} as const

function reasonAgainst({ link, messageStatus, problem }: Coordinated): string | undefined {
  if (link.withdrawnAt !== null) return 'The link is withdrawn.'
  if (link.coordinatorEmail === null) return 'It has no coordinator.'
  if (messageStatus === 'sent' && problem !== null && problem !== 'failed') return cameBack[problem]
  return messageStatus === null ? undefined : waiting[messageStatus]
}

interface Addressed {
  id: string
  system: string
  organisation: string | null
}

export interface CoordinatorPlan {
  dryRun: boolean
  queued: (Addressed & { recipient: string })[]
  leftOut: (Addressed & { reason: string })[]
}

/** When a message to a coordinator is due: now, or at the opening. Throws not_a_cascade, not_open. */
export function dueAtForCoordinators(collection: Collection, now: Date): Date {
  if (!modeOf(collection).passesLinks)
    throw conflict('not_a_cascade', 'Only a collection whose links are passed on has coordinators.')
  if (collection.status !== 'open') throw conflict('not_open', 'The collection is not open.')
  if (hasEnded(collection, now)) throw conflict('not_open', 'Its last day has passed. Extend the collection first.')
  return new Date(Math.max(now.getTime(), Date.parse(collection.opensAt)))
}

/**
 * Queues a message with the link, to be forwarded, for every coordinator whose address has had none, due at the opening at the earliest; with
 * `dryRun` only says so. Throws not_a_cascade, not_open.
 */
export function queueCoordinatorMessages(
  db: Db,
  collectionId: string,
  { actor, now, dryRun = false }: Who & { dryRun?: boolean },
): CoordinatorPlan {
  return write(db, (tx) => {
    const dueAt = dueAtForCoordinators(requireCollection(tx, collectionId), now)
    const plan: CoordinatorPlan = { dryRun, queued: [], leftOut: [] }
    for (const found of listCoordinatedLinks(tx, collectionId)) {
      const { id, organisation, coordinatorEmail: recipient } = found.link
      const named = { id, system: found.system.name, organisation }
      const reason = reasonAgainst(found)
      if (reason !== undefined || recipient === null) {
        plan.leftOut.push({ ...named, reason: reason ?? '' })
        continue
      }
      plan.queued.push({ ...named, recipient })
      if (!dryRun) queueMessage(tx, { kind: 'coordinator', collectionId, cascadeLinkId: id, recipient }, { now, dueAt })
    }
    if (!dryRun && plan.queued.length > 0)
      recordAudit(tx, {
        actor,
        action: 'coordinators.queue',
        subject: collectionId,
        detail: { queued: plan.queued.length },
        at: now,
      })
    return plan
  })
}

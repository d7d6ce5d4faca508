import { and, eq, sql } from 'drizzle-orm'
import { load } from '../../collections/queries/collections.ts'
import { hasEnded } from '../../collections/rules/status.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, messages, systems } from '../../db/schema.ts'
import { conflict } from '../../errors.ts'
import { queueMessage, type Message } from './outbox.ts'

/** Every link of a cascade with its system and where the last message to its coordinator stands, by system and organisation. */
export function listCoordinatedLinks(db: Db, collectionId: string) {
  const latest = sql`(select id from messages m where m.cascade_link_id = ${cascadeLinks.id} and m.kind = 'coordinator' and m.recipient = ${cascadeLinks.coordinatorEmail} order by m.created_at desc, m.rowid desc limit 1)`
  return db
    .select({ link: cascadeLinks, system: systems, messageStatus: messages.status })
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

function reasonAgainst({ link, messageStatus }: Coordinated): string | undefined {
  if (link.withdrawnAt !== null) return 'The link is withdrawn.'
  if (link.coordinatorEmail === null) return 'It has no coordinator.'
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

/**
 * Queues a message with the link, to be forwarded, for every coordinator whose address has had none, due at the opening at the earliest; with
 * `dryRun` only says so. Throws not_a_cascade, not_open.
 */
export function queueCoordinatorMessages(
  db: Db,
  collectionId: string,
  { actor, now, dryRun = false }: Who & { dryRun?: boolean },
): CoordinatorPlan {
  return db.transaction(
    (tx) => {
      const collection = load(tx, collectionId)
      if (collection.mode !== 'cascade')
        throw conflict('not_a_cascade', 'Only a collection whose links are passed on has coordinators.')
      if (collection.status !== 'open' || hasEnded(collection, now))
        throw conflict('not_open', 'The collection is not open.')
      const dueAt = new Date(Math.max(now.getTime(), Date.parse(collection.opensAt)))
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
        if (!dryRun)
          queueMessage(tx, { kind: 'coordinator', collectionId, cascadeLinkId: id, recipient }, { now, dueAt })
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
    },
    { behavior: 'immediate' },
  )
}

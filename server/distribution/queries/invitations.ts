import { and, eq, sql } from 'drizzle-orm'
import { hasEnded } from '../../collections/rules/status.ts'
import { recordAudit } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { frameServices, invitations, messages, responses, type collections } from '../../db/schema.ts'
import { conflict } from '../../errors.ts'
import { reasonAgainst, type Candidate } from '../rules/plan-invitations.ts'
import { deriveToken, hashToken, type TokenKey } from '../rules/tokens.ts'
import type { Invited } from './links.ts'
import { queueMessage } from './outbox.ts'

/** Makes an invitation with a token of its own for each service; only the hash is stored. */
export function createInvitations(
  db: Db,
  {
    collectionId,
    serviceIds,
    tokenKey,
    now,
  }: { collectionId: string; tokenKey: TokenKey; now: Date; serviceIds: readonly string[] },
) {
  return serviceIds.map((frameServiceId) => {
    const id = newId()
    const row = {
      id,
      collectionId,
      frameServiceId,
      tokenHash: hashToken(deriveToken(tokenKey, 'invitation', id)),
      createdAt: now.toISOString(),
    }
    return db.insert(invitations).values(row).returning().get()
  })
}

/** Stores what the person or an admin stated about an invitation; null takes it back. */
export function setInvitationOutcome(db: Db, id: string, outcome: Invited['invitation']['outcome'], now: Date): void {
  db.update(invitations)
    .set({ outcome, outcomeAt: outcome && now.toISOString() })
    .where(eq(invitations.id, id))
    .run()
}

/** Every service of a collection's frame with what decides whether it is invited now; by name. */
export function listCandidates(db: Db, collectionId: string): Candidate[] {
  return db
    .select({
      invitationId: invitations.id,
      locationId: frameServices.locationId,
      service: frameServices.name,
      recipient: frameServices.contactEmail,
      notEligible: sql<boolean>`${frameServices.notEligibleReason} is not null`.mapWith(Boolean),
      outcome: invitations.outcome,
      responseStatus: responses.status,
      messageStatus: messages.status,
    })
    .from(frameServices)
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .leftJoin(messages, and(eq(messages.invitationId, invitations.id), eq(messages.kind, 'invitation')))
    .where(eq(frameServices.collectionId, collectionId))
    .orderBy(frameServices.name, frameServices.locationId)
    .all()
}

export interface InvitationPlan {
  queued: { locationId: string; service: string; recipient: string; dueAt: string }[]
  leftOut: { locationId: string; service: string; reason: string }[]
}

/** Queues a message for every service that should get one, due at the opening at the earliest; with `dryRun` only says so. Throws not_personal, not_open. */
export function queueInvitations(
  db: Db,
  collection: typeof collections.$inferSelect,
  { actor, now, dryRun = false }: { actor: string; now: Date; dryRun?: boolean },
): InvitationPlan {
  if (collection.mode !== 'personal')
    throw conflict('not_personal', 'A cascade sends no invitations: pass on its links.')
  if (collection.status !== 'open' || hasEnded(collection, now))
    throw conflict('not_open', 'The collection is not open.')
  return db.transaction(
    (tx) => {
      const dueAt = new Date(Math.max(now.getTime(), Date.parse(collection.opensAt)))
      const plan: InvitationPlan = { queued: [], leftOut: [] }
      for (const candidate of listCandidates(tx, collection.id)) {
        const { invitationId, locationId, service, recipient } = candidate
        const reason = reasonAgainst(candidate)
        if (reason !== undefined || invitationId === null || recipient === null) {
          plan.leftOut.push({ locationId, service, reason: reason ?? '' })
          continue
        }
        plan.queued.push({ locationId, service, recipient, dueAt: dueAt.toISOString() })
        if (!dryRun)
          queueMessage(tx, { kind: 'invitation', collectionId: collection.id, invitationId, recipient }, { now, dueAt })
      }
      if (!dryRun && plan.queued.length > 0)
        recordAudit(tx, {
          actor,
          action: 'invitations.queue',
          subject: collection.id,
          detail: { queued: plan.queued.length },
          at: now,
        })
      return plan
    },
    { behavior: 'immediate' },
  )
}

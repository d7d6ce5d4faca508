import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { deliveryReports, frameServices, invitations, messages, responses, systems } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import type { Collection } from '../../collections/queries/collections.ts'
import { conflict, notFound } from '../../errors.ts'
import { recordInvitationEvent } from './events.ts'
import { queueLinkAgain } from './link-again.ts'
import { getInvitation } from './invitations.ts'
import { recordAttempt, requeueFailed } from '../../outbox/queries/messages.ts'
import { checkMailable } from './queue-mailing.ts'

const toContact = sql`m.invitation_id = ${invitations.id} and m.recipient = ${frameServices.contactEmail} and m.kind <> 'test'`
const cameBack = sql`exists (select 1 from messages m join message_events e on e.message_id = m.id where ${toContact} and e.event = 'bounced_hard')`
const last = sql`messages m where ${toContact} order by m.created_at desc, m.id desc limit 1`
const lastWord = sql`messages m join message_events e on e.message_id = m.id where ${toContact} and e.event in ('bounced_hard', 'bounced_soft', 'failed') order by e.id desc limit 1`

const invited = {
  invitationId: invitations.id,
  locationId: frameServices.locationId,
  service: frameServices.name,
  telephone: frameServices.telephone,
  contactEmail: frameServices.contactEmail,
}

/** Eligible, and not answered. */
const standing = [
  sql`${frameServices.notEligibleReason} is null`,
  sql`coalesce(${responses.status}, 'partial') = 'partial'`,
]

/** The worklist: invitations whose address in use is known not to work and that nobody has answered or declined, by name of the service. */
export function listUndelivered(db: Db, collectionId: string) {
  return db
    .select({
      invitationId: invitations.id,
      locationId: frameServices.locationId,
      service: frameServices.name,
      system: systems.name,
      telephone: frameServices.telephone,
      contactName: frameServices.contactName,
      contactEmail: frameServices.contactEmail,
      event: sql<'bounced_hard' | 'bounced_soft' | 'failed' | null>`(select e.event from ${lastWord})`,
      detail: sql<string | null>`(select e.detail from ${lastWord})`,
      at: sql<string | null>`(select e.at from ${lastWord})`,
    })
    .from(invitations)
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(
      and(
        eq(invitations.collectionId, collectionId),
        ...standing,
        sql`coalesce(${invitations.outcome}, 'contacted') in ('contacted', 'undelivered')`,
        sql`(${invitations.outcome} = 'undelivered' or ${cameBack})`,
      ),
    )
    .orderBy(frameServices.name, frameServices.locationId)
    .all()
}

/**
 * Invitations that nobody has answered or declined, with the last report on the address in use that changed nothing by itself: turned away by
 * a rule, or not understood. Newest first; without those of the worklist.
 */
export function listReportsToRead(db: Db, collectionId: string) {
  const later = sql`exists (select 1 from messages m join delivery_reports r on r.message_id = m.id where ${toContact} and (r.received_at, r.id) > (${deliveryReports.receivedAt}, ${deliveryReports.id}))`
  return db
    .select({
      ...invited,
      verdict: sql<'policy' | 'not_understood'>`${deliveryReports.verdict}`,
      status: deliveryReports.status,
      diagnostic: deliveryReports.diagnostic,
      receivedAt: deliveryReports.receivedAt,
    })
    .from(deliveryReports)
    .innerJoin(messages, eq(messages.id, deliveryReports.messageId))
    .innerJoin(invitations, eq(invitations.id, messages.invitationId))
    .innerJoin(
      frameServices,
      and(eq(frameServices.id, invitations.frameServiceId), eq(frameServices.contactEmail, messages.recipient)),
    )
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(
      and(
        eq(deliveryReports.collectionId, collectionId),
        inArray(deliveryReports.verdict, ['policy', 'not_understood']),
        ne(messages.kind, 'test'),
        ...standing,
        sql`coalesce(${invitations.outcome}, 'contacted') = 'contacted'`,
        sql`not ${later} and not ${cameBack}`,
      ),
    )
    .orderBy(desc(deliveryReports.receivedAt), frameServices.name)
    .all()
}

/** Invitations whose last message to the address in use no mail server took, though the address may well work; by name of the service. */
const notTaken = (db: Db, collectionId: string) =>
  db
    .select({
      messageId: messages.id,
      ...invited,
      diagnostic: sql<
        string | null
      >`(select e.detail from message_events e where e.message_id = ${messages.id} order by e.id desc limit 1)`,
      receivedAt: sql<string>`coalesce(${messages.attemptedAt}, ${messages.createdAt})`,
    })
    .from(messages)
    .innerJoin(invitations, eq(invitations.id, messages.invitationId))
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(
      and(
        eq(messages.collectionId, collectionId),
        eq(messages.status, 'failed'),
        ne(messages.kind, 'test'),
        ...standing,
        sql`coalesce(${invitations.outcome}, 'contacted') = 'contacted'`,
        sql`${messages.id} = (select m.id from ${last}) and not ${cameBack}`,
      ),
    )
    .orderBy(frameServices.name, frameServices.locationId)
    .all()

/** Those that no mail server took, in words. */
export const listNotTaken = (db: Db, collectionId: string) =>
  notTaken(db, collectionId).map(({ messageId: _, ...row }) => ({ ...row, verdict: 'failed' as const, status: null }))

/** Puts them into the outbox once more, under the Message-IDs that they had. Returns how many. Throws not_personal, not_open. */
export function retryNotTaken(db: Db, collection: Collection, { actor, now }: Who): number {
  return write(db, (tx) => {
    checkMailable(collection, 'invitation', now)
    const ids = notTaken(tx, collection.id).map(({ messageId }) => messageId)
    requeueFailed(tx, ids, { detail: 'It is tried once more.', now })
    if (ids.length > 0)
      recordAudit(tx, {
        actor,
        action: 'messages.retry',
        subject: collection.id,
        detail: { queued: ids.length },
        at: now,
      })
    return ids.length
  })
}

export interface Correction {
  collectionId: string
  invitationId: string
  email: string
  /** Null: as it was; '': none. */
  name: string | null
  sendAgain: boolean
}

/**
 * Puts a contact right: mail may go out again, and with `sendAgain` the link does at once. Throws not_found, same_address, and what
 * `queueLinkAgain` throws; then nothing is changed.
 */
export function correctContact(db: Db, { collectionId, invitationId, email, name, sendAgain }: Correction, who: Who) {
  return write(db, (tx) => {
    const invited = getInvitation(tx, invitationId)
    if (!invited || invited.collection.id !== collectionId) throw notFound('There is no such invitation.')
    const { service, invitation } = invited
    const same = email.toLowerCase() === service.contactEmail?.toLowerCase()
    const back = listUndelivered(tx, collectionId).find((row) => row.invitationId === invitationId)
    if (same && back?.event === 'bounced_hard')
      throw conflict('same_address', 'This is the address that did not work. Ask for another one.')
    tx.update(frameServices)
      .set({ contactEmail: email, contactName: name === null ? service.contactName : name || null })
      .where(eq(frameServices.id, service.id))
      .run()
    if (invitation.outcome === 'undelivered')
      tx.update(invitations).set({ outcome: null, outcomeAt: null }).where(eq(invitations.id, invitationId)).run()
    cancelWaiting(tx, invitationId, who.now)
    recordInvitationEvent(tx, { invitationId, event: 'contact_corrected', actor: who.actor, at: who.now })
    recordAudit(tx, { actor: who.actor, action: 'invitation.contact', subject: invitationId, at: who.now })
    return { sentAgain: sendAgain && queueLinkAgain(tx, { collectionId, invitationId }, who) !== undefined }
  })
}

function cancelWaiting(db: Db, invitationId: string, now: Date): void {
  const waiting = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.invitationId, invitationId), inArray(messages.status, ['queued', 'sending'])))
    .all()
  for (const { id } of waiting) recordAttempt(db, id, { event: 'cancelled', detail: 'The address was corrected.', now })
}

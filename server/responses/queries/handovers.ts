import { and, count, desc, eq, inArray, or } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { frameServices, handovers, invitations, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { getLastInvitationEvent, recordInvitationEvent, respondentActor } from '../../invitations/queries/events.ts'
import { getInvitation, type Invited } from '../../invitations/queries/invitations.ts'
import { queueMessage, recordAttempt } from '../../outbox/queries/messages.ts'
import { deriveToken, hashToken, type TokenKey } from '../../links/tokens.ts'
import { getResponseByInvitation, requireOpen } from './responses.ts'

/** How often one invitation may be passed on: a link is no way to send mail to strangers. */
const mostHandovers = 5

export type Handover = typeof handovers.$inferSelect

export const getHandoverByTokenHash = (db: Db, tokenHash: string): Handover | undefined =>
  db.select().from(handovers).where(eq(handovers.tokenHash, tokenHash)).get()

export interface Colleague {
  name: string
  email: string
}

/** Sends the colleague a fresh link and retires the one that was used. Throws closed. */
export function passOn(
  db: Db,
  { invitationId, tokenHash, colleague }: { invitationId: string; tokenHash: string; colleague: Colleague },
  { tokenKey, now }: { tokenKey: TokenKey; now: Date },
): 'passed_on' | 'too_many' | 'ended' {
  return write(db, (tx) => {
    const invited = getInvitation(tx, invitationId)
    if (!invited) return 'ended'
    requireOpen(tx, invited.collection.id, now)
    const response = getResponseByInvitation(tx, invitationId)
    if (invited.invitation.outcome === 'withdrawn' || (response && response.status !== 'partial')) return 'ended'
    if (!standsFor(tx, invited, tokenHash)) return 'ended'
    const made = tx.select({ count: count() }).from(handovers).where(eq(handovers.invitationId, invitationId)).get()
    if ((made?.count ?? 0) >= mostHandovers) return 'too_many'
    const row = {
      fromEmail: invited.service.contactEmail,
      fromName: invited.service.contactName,
      passedOnAt: now.toISOString(),
      takenBackAt: null,
      standsFor: null,
    }
    // A link that was taken back and passes on again is the last one of all.
    tx.delete(handovers).where(eq(handovers.tokenHash, tokenHash)).run()
    tx.insert(handovers)
      .values({ ...row, id: newId(), invitationId, tokenHash })
      .run()
    giveTo(tx, invited, { tokenKey, now, email: colleague.email, name: colleague.name })
    tx.update(invitations)
      .set({ outcome: 'contacted', outcomeAt: now.toISOString(), unsubscribedAt: null })
      .where(eq(invitations.id, invitationId))
      .run()
    const message = { kind: 'passed_on', collectionId: invited.collection.id, invitationId } as const
    queueMessage(tx, { ...message, recipient: colleague.email }, { now })
    recordInvitationEvent(tx, { invitationId, event: 'passed_on', actor: respondentActor, at: now })
    return 'passed_on'
  })
}

/** Whether a link is the invitation's own, or one that stands for it again. */
function standsFor(tx: Db, { invitation }: Invited, tokenHash: string): boolean {
  if (invitation.tokenHash === tokenHash) return true
  return getHandoverByTokenHash(tx, tokenHash)?.standsFor === invitation.tokenVersion
}

interface Receiver {
  tokenKey: TokenKey
  now: Date
  email: string | null
  name: string | null
}

/** A new link for a new contact; what still waits for the one before is not sent, since it would bring them the new link. Returns the version. */
function giveTo(tx: Db, { invitation, service }: Invited, { tokenKey, now, email, name }: Receiver): number {
  const tokenVersion = invitation.tokenVersion + 1
  const tokenHash = hashToken(deriveToken(tokenKey, 'invitation', invitation.id, tokenVersion))
  tx.update(invitations).set({ tokenVersion, tokenHash }).where(eq(invitations.id, invitation.id)).run()
  tx.update(frameServices).set({ contactEmail: email, contactName: name }).where(eq(frameServices.id, service.id)).run()
  // A link to finish later belongs to the response that was begun.
  const begun = getResponseByInvitation(tx, invitation.id)
  const theirs = or(eq(messages.invitationId, invitation.id), begun && eq(messages.responseId, begun.id))
  const waiting = tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(theirs, inArray(messages.status, ['queued', 'sending'])))
    .all()
  for (const { id } of waiting)
    recordAttempt(tx, id, { event: 'cancelled', detail: 'The survey was given to somebody else.', now })
  return tokenVersion
}

/** The last handover of an invitation, where it still stands. */
const getStandingHandover = (db: Db, invitationId: string) =>
  db
    .select()
    .from(handovers)
    .where(eq(handovers.invitationId, invitationId))
    .orderBy(desc(handovers.passedOnAt), desc(handovers.id))
    .limit(1)
    .get()

/** Whether the colleague has done anything since: then only they can change it. */
function isAnswered(db: Db, { invitationId, passedOnAt }: Handover): boolean {
  const response = getResponseByInvitation(db, invitationId)
  return response !== undefined && (response.status !== 'partial' || response.savedAt > passedOnAt)
}

/** Whether a retired link can take the handover back: the last one, while the colleague has not answered or decided anything. */
export function mayTakeBack(db: Db, handover: Handover): boolean {
  const invitation = getInvitation(db, handover.invitationId)?.invitation
  return (
    handover.takenBackAt === null &&
    // The colleague's address may not work: then above all.
    (invitation?.outcome === 'contacted' || invitation?.outcome === 'undelivered') &&
    getStandingHandover(db, handover.invitationId)?.id === handover.id &&
    !isAnswered(db, handover)
  )
}

/** Makes the retired link work again and ends the colleague's. False: it is too late for that. Throws closed. */
export function takeBackHandover(
  db: Db,
  handover: Handover,
  { tokenKey, now }: { tokenKey: TokenKey; now: Date },
): boolean {
  return write(db, (tx) => {
    const current = getHandoverByTokenHash(tx, handover.tokenHash)
    const invited = getInvitation(tx, handover.invitationId)
    if (!current || !invited || !mayTakeBack(tx, current)) return false
    requireOpen(tx, invited.collection.id, now)
    const { fromEmail: email, fromName: name, invitationId, passedOnAt } = current
    const version = giveTo(tx, invited, { tokenKey, now, email, name })
    const unsubscribed = getLastInvitationEvent(tx, invitationId, 'unsubscribed')
    const unsubscribedAt = unsubscribed && unsubscribed.at <= passedOnAt ? unsubscribed.at : null
    tx.update(invitations)
      .set({ outcome: null, outcomeAt: null, unsubscribedAt })
      .where(eq(invitations.id, invitationId))
      .run()
    tx.update(handovers)
      .set({ takenBackAt: now.toISOString(), standsFor: version })
      .where(eq(handovers.id, current.id))
      .run()
    recordInvitationEvent(tx, { invitationId, event: 'undone', actor: respondentActor, at: now })
    return true
  })
}

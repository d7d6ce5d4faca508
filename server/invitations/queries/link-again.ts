import { and, desc, eq, inArray } from 'drizzle-orm'
import { londonClock } from '../../time/london-dates.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { messages, responses } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict, notFound } from '../../errors.ts'
import { recordInvitationEvent } from './events.ts'
import { getInvitation } from './invitations.ts'
import { queueMessage } from '../../outbox/queries/messages.ts'
import { checkMailable } from './queue-mailing.ts'

const stated = {
  declined: 'The service declined.',
  withdrawn: 'The respondent withdrew.',
  not_eligible: 'The service said that it is not eligible.',
} as const

/** Puts one person's link into the outbox once more. Throws not_found, not_open, no_link_again (why not, in words). */
export function queueLinkAgain(
  db: Db,
  { collectionId, invitationId }: { collectionId: string; invitationId: string },
  { actor, now }: Who,
): { messageId: string; recipient: string } {
  return write(db, (tx) => {
    const invited = getInvitation(tx, invitationId)
    if (!invited || invited.collection.id !== collectionId) throw notFound('There is no such invitation.')
    checkMailable(invited.collection, 'invitation', now)
    const recipient = invited.service.contactEmail
    const reason = reasonAgainstLink(tx, invited, now)
    if (reason !== undefined || recipient === null)
      throw conflict('no_link_again', `The link was not sent: ${reason ?? 'No address is known.'}`)
    const messageId = queueMessage(tx, { kind: 'link_again', collectionId, invitationId, recipient }, { now })
    recordInvitationEvent(tx, { invitationId, event: 'link_sent_again', actor, at: now })
    recordAudit(tx, { actor, action: 'invitation.link_again', subject: invitationId, at: now })
    return { messageId, recipient }
  })
}

function reasonAgainstLink(
  db: Db,
  { invitation, service }: NonNullable<ReturnType<typeof getInvitation>>,
  now: Date,
): string | undefined {
  const { outcome, id } = invitation
  if (service.notEligibleReason !== null) return 'The service is not eligible.'
  if (outcome === 'declined' || outcome === 'withdrawn' || outcome === 'not_eligible') return stated[outcome]
  const answered = db
    .select({ status: responses.status })
    .from(responses)
    .where(and(eq(responses.invitationId, id), eq(responses.status, 'complete')))
    .get()
  if (answered) return 'It has answered.'
  const asked = db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.invitationId, id),
        inArray(messages.kind, ['invitation', 'reminder']),
        inArray(messages.status, ['queued', 'sending']),
      ),
    )
    .get()
  if (asked) return 'A message with the link waits to be sent already.'
  return reasonByLast(lastLinkAgain(db, id), service.contactEmail, now)
}

function reasonByLast(last: ReturnType<typeof lastLinkAgain>, recipient: string | null, now: Date): string | undefined {
  if (last?.status === 'queued' || last?.status === 'sending') return 'It waits to be sent already.'
  if (last?.status !== 'sent' || last.recipient !== recipient || last.sentAt === null) return undefined
  const ago = now.getTime() - Date.parse(last.sentAt)
  // A second press of a button, or a second admin; a clock that was put back does not lock it.
  return ago >= 0 && ago < leastTimeBetween
    ? `It was sent at ${londonClock(last.sentAt)}. It can be sent again five minutes later.`
    : undefined
}

const leastTimeBetween = 5 * 60_000

const lastLinkAgain = (db: Db, invitationId: string) =>
  db
    .select()
    .from(messages)
    .where(and(eq(messages.invitationId, invitationId), eq(messages.kind, 'link_again')))
    .orderBy(desc(messages.createdAt))
    .limit(1)
    .get()

import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { frameServices, invitations, messages, responses } from '../../db/schema.ts'
import type { Candidate } from '../rules/plan-mailings.ts'
import type { MailingKind } from '../rules/schedule.ts'

const flag = (condition: ReturnType<typeof sql>) => sql<boolean>`${condition}`.mapWith(Boolean)

const carriesTheLink = sql`m.invitation_id = ${invitations.id} and m.kind in ('invitation', 'reminder', 'link_again', 'passed_on')`

/** So many services of a collection's frame, by Location ID and after the one given, with what decides whether each gets a message of a kind. */
export function listCandidates(
  db: Db,
  collectionId: string,
  { kind, after, limit }: { kind: MailingKind; after: string; limit: number },
): Candidate[] {
  return db
    .select({
      invitationId: invitations.id,
      locationId: frameServices.locationId,
      service: frameServices.name,
      recipient: frameServices.contactEmail,
      notEligible: flag(sql`${frameServices.notEligibleReason} is not null`),
      outcome: invitations.outcome,
      unsubscribed: flag(sql`${invitations.unsubscribedAt} is not null`),
      setDisposition: invitations.setDisposition,
      responseStatus: responses.status,
      messageStatus: messages.status,
      bounced: flag(
        sql`exists (select 1 from messages m join message_events e on e.message_id = m.id where m.invitation_id = ${invitations.id} and m.recipient = ${frameServices.contactEmail} and e.event = 'bounced_hard')`,
      ),
      waiting: flag(
        sql`exists (select 1 from messages m where ${carriesTheLink} and m.status in ('queued', 'sending'))`,
      ),
      hadThisKind: flag(
        sql`exists (select 1 from messages m where m.invitation_id = ${invitations.id} and m.kind = ${kind})`,
      ),
      lastSentAt: sql<
        string | null
      >`(select max(m.sent_at) from messages m where ${carriesTheLink} and m.status = 'sent')`,
    })
    .from(frameServices)
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .leftJoin(messages, and(eq(messages.invitationId, invitations.id), eq(messages.kind, 'invitation')))
    .where(and(eq(frameServices.collectionId, collectionId), gt(frameServices.locationId, after)))
    .orderBy(asc(frameServices.locationId))
    .limit(limit)
    .all()
}

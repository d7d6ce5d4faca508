import { and, asc, eq, getTableColumns, inArray, ne } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { deliveryReports, messageEvents, messages, responses } from '../../db/schema.ts'
import { joinHistory, type HistoryEntry } from '../rules/history.ts'
import { listInvitationEvents } from './events.ts'

/** All that happened to an invitation and to every message of it, oldest first; page openings are no event. */
export function listHistory(db: Db, invitationId: string): HistoryEntry[] {
  const ofInvitation = and(eq(messages.invitationId, invitationId), ne(messages.kind, 'test'))
  const { kind, recipient } = getTableColumns(messages)
  const { event, detail, at } = getTableColumns(messageEvents)
  const sent = db
    .select({ at, event, detail, kind, recipient })
    .from(messageEvents)
    .innerJoin(messages, eq(messages.id, messageEvents.messageId))
    .where(ofInvitation)
    .orderBy(asc(messageEvents.id))
    .all()
  const reported = db
    .select({ at: deliveryReports.receivedAt, verdict: deliveryReports.verdict, kind, recipient })
    .from(deliveryReports)
    .innerJoin(messages, eq(messages.id, deliveryReports.messageId))
    .where(
      and(ofInvitation, inArray(deliveryReports.verdict, ['delivered', 'complaint', 'auto_reply', 'not_understood'])),
    )
    .all()
  const response = db
    .select({ savedAt: responses.savedAt, submittedAt: responses.submittedAt, createdAt: responses.createdAt })
    .from(responses)
    .where(and(eq(responses.invitationId, invitationId), ne(responses.source, 'test')))
    .get()
  return joinHistory({ sent, reported, response, invitation: listInvitationEvents(db, invitationId) })
}

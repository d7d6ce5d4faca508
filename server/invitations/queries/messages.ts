import { and, count, eq, getTableColumns, inArray, isNotNull, ne, or, sql, type AnyColumn } from 'drizzle-orm'
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../db/open.ts'
import { frameServices, invitations, messages } from '../../db/schema.ts'
import type { Message } from '../../outbox/queries/messages.ts'

const messagesPerPage = 100

/** Where each message to an invited service stands, with the last word on it, by name of the service; `page` counts from 1. */
export function listInvitationMessages(
  db: Db,
  collectionId: string,
  { page, status, find }: { page: number; status?: Message['status'] | undefined; find?: string | undefined },
) {
  const { name, locationId } = frameServices
  const holds = (column: AnyColumn) => sql`instr(lower(${column}), ${find?.trim().toLowerCase()}) > 0`
  const wanted = and(
    // By the frame and not by the message: so a page comes straight from the index of names.
    eq(frameServices.collectionId, collectionId),
    ne(messages.kind, 'test'),
    status && and(eq(messages.status, status), eq(messages.collectionId, collectionId)),
    find?.trim() ? or(holds(name), holds(locationId), holds(messages.recipient)) : undefined,
  )
  const joined = <T extends SQLiteSelect>(query: T) =>
    query
      .innerJoin(invitations, eq(invitations.id, messages.invitationId))
      .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
  const { id, kind, recipient, attempts, dueAt, sentAt } = getTableColumns(messages)
  // The page first: the last word is looked up for its messages alone.
  const onPage = joined(db.select({ id }).from(messages).$dynamic())
    .where(wanted)
    .orderBy(name, locationId, messages.createdAt)
    .limit(messagesPerPage)
    .offset((page - 1) * messagesPerPage)
  const last = sql`message_events e where e.message_id = ${messages.id} order by e.id desc limit 1`
  const detail = sql<string | null>`(select detail from ${last})`
  const cameBack = sql<boolean>`coalesce((select event like 'bounced%' from ${last}), 0)`.mapWith(Boolean)
  const about = { id, kind, invitationId: invitations.id, locationId, service: name, recipient }
  const rows = joined(
    db
      .select({ ...about, status: messages.status, attempts, dueAt, sentAt, cameBack, detail })
      .from(messages)
      .$dynamic(),
  )
    .where(inArray(id, onPage))
    .orderBy(name, locationId, messages.createdAt)
    .all()
  const counted = db
    .select({ status: messages.status, count: count() })
    .from(messages)
    .where(and(eq(messages.collectionId, collectionId), isNotNull(messages.invitationId), ne(messages.kind, 'test')))
    .groupBy(messages.status)
    .all()
  const counts = { queued: 0, sending: 0, sent: 0, failed: 0, cancelled: 0 }
  for (const row of counted) counts[row.status] = row.count
  const known = status ? counts[status] : Object.values(counts).reduce((sum, one) => sum + one, 0)
  const total = find?.trim()
    ? joined(db.select({ count: count() }).from(messages).$dynamic())
        .where(wanted)
        .get()!.count
    : known
  return { counts, total, pageSize: messagesPerPage, messages: rows }
}

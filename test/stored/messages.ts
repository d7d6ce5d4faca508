import { asc, eq, ne, sql } from 'drizzle-orm'
import type { Db } from '../../server/db/open.ts'
import { deliveryReports, messageEvents, messages, messageTemplates } from '../../server/db/schema.ts'

/** By recipient, then in the order in which they were queued. */
export const storedMessages = (db: Db) =>
  db
    .select()
    .from(messages)
    .orderBy(asc(messages.recipient), asc(messages.createdAt), sql`rowid`)
    .all()

export const deleteMessagesExceptTo = (db: Db, recipient: string) =>
  db.delete(messages).where(ne(messages.recipient, recipient)).run()

export const changeMessagesTo = (db: Db, invitationId: string, values: Partial<typeof messages.$inferInsert>) =>
  db.update(messages).set(values).where(eq(messages.invitationId, invitationId)).run()

/** What a mail server says of a message, past the reading of its report. */
export const addMessageEvent = (db: Db, event: typeof messageEvents.$inferInsert) =>
  db.insert(messageEvents).values(event).run()

/** Everything that was sent to an invitation comes back for good. */
export const bounceMessagesTo = (db: Db, invitationId: string): void => {
  for (const { id } of storedMessages(db).filter((message) => message.invitationId === invitationId))
    addMessageEvent(db, { messageId: id, event: 'bounced_hard', at: '' })
}

/** Of all messages, as they came. */
export const storedMessageEvents = (db: Db) => db.select().from(messageEvents).orderBy(asc(messageEvents.id)).all()

export const storedDeliveryReports = (db: Db) => db.select().from(deliveryReports).all()

/** The words that an admin saved: the shipped ones have no row. */
export const storedMessageTemplates = (db: Db) => db.select().from(messageTemplates).all()

import { and, count, eq, inArray, lte, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { messageEvents, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'

export type Message = typeof messages.$inferSelect
type MessageStatus = Message['status']
type MessageEvent = (typeof messageEvents.$inferInsert)['event']

/** Puts a message into the outbox, due at `dueAt` at the earliest; returns its id. */
export function queueMessage(
  db: Db,
  message: Pick<Message, 'kind' | 'recipient'> & Partial<Message>,
  { now, dueAt = now }: { now: Date; dueAt?: Date },
): string {
  const id = newId()
  // The worker completes the Message-ID with the host of the public address before the first attempt.
  db.insert(messages)
    .values({
      ...message,
      id,
      messageId: newId(),
      status: 'queued',
      dueAt: dueAt.toISOString(),
      createdAt: now.toISOString(),
    })
    .run()
  addEvent(db, id, { event: 'queued', now })
  return id
}

/** Puts many messages into the outbox at once, with few statements. */
export function queueMessages(
  db: Db,
  wanted: readonly (Pick<Message, 'kind' | 'recipient'> & Partial<Message>)[],
  { now, dueAt = now }: { now: Date; dueAt?: Date },
): void {
  if (wanted.length === 0) return
  const at = now.toISOString()
  const rows = wanted.map((message) => ({
    ...message,
    id: newId(),
    messageId: newId(),
    status: 'queued' as const,
    dueAt: dueAt.toISOString(),
    createdAt: at,
  }))
  db.insert(messages).values(rows).run()
  db.insert(messageEvents)
    .values(rows.map(({ id }) => ({ messageId: id, event: 'queued' as const, at })))
    .run()
}

/** Puts the message with a sign-in link into the outbox; the link itself is made when it is sent. */
export function queueSignInMessage(
  db: Db,
  { signInLinkId, recipient, now }: { signInLinkId: string; recipient: string; now: Date },
): string {
  return queueMessage(db, { kind: 'sign_in', signInLinkId, recipient }, { now })
}

function addEvent(
  db: Db,
  messageId: string,
  { event, detail, now }: { event: MessageEvent; detail?: string; now: Date },
): void {
  db.insert(messageEvents).values({ messageId, event, detail, at: now.toISOString() }).run()
}

/** Puts messages back that were being sent when their worker stopped; `all`: without waiting for the lease, when no other worker can be. */
export function requeueInterrupted(db: Db, { now, all = false }: { now: Date; all?: boolean }): number {
  return write(db, (tx) => {
    const interrupted = and(eq(messages.status, 'sending'), all ? undefined : lte(messages.dueAt, now.toISOString()))
    const rows = tx
      .update(messages)
      .set({ status: 'queued', dueAt: now.toISOString() })
      .where(interrupted)
      .returning({ id: messages.id })
      .all()
    for (const { id } of rows) addEvent(tx, id, { event: 'queued', detail: 'sending was interrupted', now })
    return rows.length
  })
}

/** Puts messages that failed into the outbox anew. */
export function requeueFailed(db: Db, ids: readonly string[], { detail, now }: { detail: string; now: Date }): void {
  const at = now.toISOString()
  // SQLite takes so many values in a statement.
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500)
    db.update(messages).set({ status: 'queued', attempts: 0, dueAt: at }).where(inArray(messages.id, some)).run()
    db.insert(messageEvents)
      .values(some.map((messageId) => ({ messageId, event: 'queued' as const, detail, at })))
      .run()
  }
}

export interface Attempt {
  event: 'sent' | 'deferred' | 'failed' | 'cancelled'
  /** The server's reply, or the reason. */
  detail: string
  now: Date
  /** Of a deferred message. */
  dueAt?: Date
  /** The server said that there is no such address: as if it had come back. */
  isDead?: boolean
}

/** Whether a message that was claimed is to be sent still: it may have been cancelled or deleted while it waited for its turn. */
export const isClaimed = (db: Db, id: string): boolean => statusOf(db).get({ id })?.status === 'sending'

const statusOf = prepared((db) =>
  db
    .select({ status: messages.status })
    .from(messages)
    .where(eq(messages.id, sql.placeholder('id')))
    .prepare(),
)

/**
 * Records how an attempt ended; says nothing of a message that was deleted meanwhile. What was cancelled meanwhile is not put off, which
 * would send it after all.
 */
export function recordAttempt(db: Db, id: string, { event, detail, now, dueAt, isDead }: Attempt): void {
  const status: MessageStatus = event === 'deferred' ? 'queued' : event
  const sentAt = event === 'sent' ? now.toISOString() : undefined
  write(db, (tx) => {
    const { changes } = tx
      .update(messages)
      .set({ status, sentAt, dueAt: dueAt?.toISOString() })
      .where(and(eq(messages.id, id), event === 'deferred' ? eq(messages.status, 'sending') : undefined))
      .run()
    if (changes === 0) return
    if (isDead) addEvent(tx, id, { event: 'bounced_hard', now })
    addEvent(tx, id, { event, detail: detail.slice(0, 500), now })
  })
}

/** Every message of the outbox, counted by where it stands. */
export function countMessages(db: Db): Partial<Record<MessageStatus, number>> {
  const rows = db.select({ status: messages.status, count: count() }).from(messages).groupBy(messages.status).all()
  return Object.fromEntries(rows.map((row) => [row.status, row.count]))
}

/** Messages of a collection that wait to be sent. */
export const countWaiting = (db: Db, collectionId: string): number =>
  db
    .select({ count: count() })
    .from(messages)
    .where(and(eq(messages.collectionId, collectionId), eq(messages.status, 'queued')))
    .get()!.count

export const listMessageIds = (db: Db, collectionId: string): string[] =>
  db
    .select({ messageId: messages.messageId })
    .from(messages)
    .where(eq(messages.collectionId, collectionId))
    .all()
    .map((row) => row.messageId)

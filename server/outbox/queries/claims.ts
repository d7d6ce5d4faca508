import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { messageEvents, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { leaseMs } from '../rules/retries.ts'
import type { Message } from './messages.ts'

// What a person asked for or waits for goes before what is sent to many.
const inOrder = [
  'sign_in',
  'link_again',
  'passed_on',
  'finish_later',
  'test',
  'coordinator',
  'invitation',
  'reminder',
  'thank_you',
  'results_released',
] as const satisfies readonly Message['kind'][]

/** Messages that may leave now: those of a collection (null: of none) whose kind may. */
export interface Queue {
  collectionId: string | null
  mayLeave: (kind: Message['kind']) => boolean
  /** How many at the most. */
  most: number
}
export type ListQueues = (db: Db, now: Date) => Queue[]

/** Takes messages that are due, for one attempt each, as far as the queues allow; each Message-ID is settled before it can leave. */
export function claimDueMessages(
  db: Db,
  { now, host, limit, listQueues }: { now: Date; host: string; limit: number; listQueues: ListQueues },
): Message[] {
  return write(db, (tx) => {
    const queues = listQueues(tx, now)
    // A large collection does not keep a small one waiting.
    const share = Math.max(1, Math.ceil(limit / Math.max(1, queues.length)))
    const ids = queues.flatMap((queue) => listDue(tx, queue, { now, limit: Math.min(share, queue.most) }))
    return ids.length > 0 ? claim(tx, ids, { now, host }) : []
  })
}

function listDue(db: Db, { collectionId, mayLeave }: Queue, { now, limit }: { now: Date; limit: number }): string[] {
  const ids: string[] = []
  for (const kind of inOrder) {
    if (ids.length >= limit) break
    if (!mayLeave(kind)) continue
    const due = db
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.status, 'queued'),
          collectionId === null ? isNull(messages.collectionId) : eq(messages.collectionId, collectionId),
          eq(messages.kind, kind),
          lte(messages.dueAt, now.toISOString()),
        ),
      )
      .orderBy(asc(messages.dueAt))
      .limit(limit - ids.length)
      .all()
    ids.push(...due.map(({ id }) => id))
  }
  return ids
}

function claim(db: Db, ids: readonly string[], { now, host }: { now: Date; host: string }): Message[] {
  const at = now.toISOString()
  const settled = sql`case when instr(${messages.messageId}, '@') then ${messages.messageId} else ${messages.messageId} || '@' || ${host} end`
  const claimed = db
    .update(messages)
    .set({
      status: 'sending',
      attempts: sql`${messages.attempts} + 1`,
      attemptedAt: at,
      dueAt: new Date(now.getTime() + leaseMs).toISOString(),
      messageId: settled,
    })
    .where(inArray(messages.id, [...ids]))
    .returning()
    .all()
  db.insert(messageEvents)
    .values(claimed.map(({ id }) => ({ messageId: id, event: 'sending' as const, at })))
    .run()
  const order = new Map(ids.map((id, index) => [id, index]))
  return claimed.sort((a, b) => order.get(a.id)! - order.get(b.id)!)
}

/** Puts back what was claimed and not begun, as if it had never been taken. */
export function releaseClaimed(db: Db, ids: readonly string[], now: Date): void {
  if (ids.length === 0) return
  write(db, (tx) => {
    const released = tx
      .update(messages)
      .set({ status: 'queued', attempts: sql`${messages.attempts} - 1`, attemptedAt: null, dueAt: now.toISOString() })
      .where(and(inArray(messages.id, [...ids]), eq(messages.status, 'sending')))
      .returning({ id: messages.id })
      .all()
    const detail = 'not begun: the server was stopped'
    if (released.length > 0)
      tx.insert(messageEvents)
        .values(released.map(({ id }) => ({ messageId: id, event: 'queued' as const, detail, at: now.toISOString() })))
        .run()
  })
}

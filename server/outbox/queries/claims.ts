import { and, asc, count, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { collections, messageEvents, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { leaseMs } from '../rules/retries.ts'
import { isWithin, windowFor } from '../../invitations/rules/send-window.ts'
import type { Message } from './messages.ts'

const minute = 60_000

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

/** Takes messages that are due, for one attempt each, as far as every collection's pause, window and rate allow; each Message-ID is settled before it can leave. */
export function claimDueMessages(db: Db, { now, host, limit }: { now: Date; host: string; limit: number }): Message[] {
  return write(db, (tx) => {
    const senders = listSenders(tx)
    // A large collection does not keep a small one waiting.
    const share = Math.max(1, Math.ceil(limit / Math.max(1, senders.length)))
    const ids = senders.flatMap((sender) => dueOf(tx, sender, { now, limit: share }))
    return ids.length > 0 ? claim(tx, ids, { now, host }) : []
  })
}

type Sender = typeof collections.$inferSelect | null

/** Collections with messages that wait and no pause; null: messages outside of any collection. */
function listSenders(db: Db): Sender[] {
  const waiting = sql`exists (select 1 from messages m where m.status = 'queued' and m.collection_id = ${collections.id})`
  const rows = db
    .select()
    .from(collections)
    .where(and(isNull(collections.pausedAt), waiting))
    .all()
  return [null, ...rows]
}

function dueOf(db: Db, sender: Sender, { now, limit }: { now: Date; limit: number }): string[] {
  const wanted = sender ? Math.min(limit, leftOfRate(db, sender, now)) : limit
  const ids: string[] = []
  for (const kind of inOrder) {
    if (ids.length >= wanted) break
    const window = sender && windowFor(kind, sender)
    if (window && !isWithin(window, now)) continue
    const due = db
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.status, 'queued'),
          sender ? eq(messages.collectionId, sender.id) : isNull(messages.collectionId),
          eq(messages.kind, kind),
          lte(messages.dueAt, now.toISOString()),
        ),
      )
      .orderBy(asc(messages.dueAt))
      .limit(wanted - ids.length)
      .all()
    ids.push(...due.map(({ id }) => id))
  }
  return ids
}

/** Attempts that are left of the rate in the minute that ends now; counted in the database, so that a restart does not begin anew. */
function leftOfRate(db: Db, { id, ratePerMinute }: typeof collections.$inferSelect, now: Date): number {
  if (ratePerMinute === null) return Infinity
  const since = new Date(now.getTime() - minute).toISOString()
  const attempted = db
    .select({ count: count() })
    .from(messages)
    // A clock that was put back must not count what lies ahead of it.
    .where(
      and(
        eq(messages.collectionId, id),
        gte(messages.attemptedAt, since),
        lte(messages.attemptedAt, now.toISOString()),
      ),
    )
    .get()
  return Math.max(0, ratePerMinute - (attempted?.count ?? 0))
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

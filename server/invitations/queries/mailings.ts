import { and, asc, count, eq, getTableColumns, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { collections, mailings, messages } from '../../db/schema.ts'
import { londonDay } from '../../time/london-dates.ts'
import { defaultPlan, type PlannedMailing } from '../rules/schedule.ts'
import { storedWindow, type StoredWindow } from '../rules/send-window.ts'
import { modesThat } from '../../../surveys/modes.ts'

export type Mailing = typeof mailings.$inferSelect
type Fielded = Pick<typeof collections.$inferSelect, 'id' | 'opensAt' | 'closesAt'> & StoredWindow

/** The plan of a collection, by day. */
export function listMailings(db: Db, collectionId: string): Mailing[] {
  return db
    .select()
    .from(mailings)
    .where(eq(mailings.collectionId, collectionId))
    .orderBy(asc(mailings.dueOn), asc(mailings.kind))
    .all()
}

export function createMailings(db: Db, collectionId: string, planned: readonly PlannedMailing[], now: Date): Mailing[] {
  return planned.map((mailing) =>
    db
      .insert(mailings)
      .values({ ...mailing, id: newId(), collectionId, createdAt: now.toISOString() })
      .returning()
      .get(),
  )
}

/** Takes back what has not been put into the outbox yet. */
export function deletePlannedMailings(db: Db, collectionId: string): void {
  db.delete(mailings)
    .where(and(eq(mailings.collectionId, collectionId), isNull(mailings.queuedAt)))
    .run()
}

/** Whether an admin saved a schedule, be it one without a mailing, or invitations were sent: else the standard plan holds. */
export const isPlanned = (collection: StoredWindow, stored: readonly unknown[]): boolean =>
  stored.length > 0 || storedWindow(collection) !== null

/** The mailing of a collection's invitations, for sending them now; made, with the default reminders, where nothing is planned yet. */
export function takeInvitationMailing(db: Db, collection: Fielded, now: Date): Mailing {
  const stored = listMailings(db, collection.id)
  const invitation = stored.find(({ kind }) => kind === 'invitation')
  const today = firstDay(collection, now)
  if (invitation?.queuedAt) return invitation
  if (invitation)
    return db.update(mailings).set({ dueOn: today }).where(eq(mailings.id, invitation.id)).returning().get()
  const planned: PlannedMailing[] = isPlanned(collection, stored)
    ? [{ kind: 'invitation', dueOn: today }]
    : defaultPlan({ invitedOn: today, closesAt: collection.closesAt })
  return createMailings(db, collection.id, planned, now)[0]!
}

/** The day on which invitations can leave at the earliest. */
export const firstDay = ({ opensAt }: Pick<Fielded, 'opensAt'>, now: Date): string =>
  [londonDay(now), londonDay(opensAt)].sort().at(-1)!

/** Notes that the recipients of a mailing are all in the outbox. */
export function markMailingQueued(db: Db, id: string, now: Date): void {
  db.update(mailings).set({ queuedAt: now.toISOString() }).where(eq(mailings.id, id)).run()
}

/** Mailings of collections that are not paused, whose day has come and which are not in the outbox yet, with their collection: what asks for answers while it is open, a note on results once they are released. */
export function listDueMailings(db: Db, now: Date) {
  return db
    .select({ mailing: getTableColumns(mailings), collection: getTableColumns(collections) })
    .from(mailings)
    .innerJoin(collections, eq(collections.id, mailings.collectionId))
    .where(
      and(
        isNull(mailings.queuedAt),
        lte(mailings.dueOn, londonDay(now)),
        or(
          and(inArray(mailings.kind, ['invitation', 'reminder']), eq(collections.status, 'open')),
          and(eq(mailings.kind, 'thank_you'), inArray(collections.status, ['open', 'closed', 'released'])),
          and(eq(mailings.kind, 'results_released'), eq(collections.status, 'released')),
        ),
        inArray(
          collections.mode,
          modesThat(({ invites }) => invites),
        ),
        isNull(collections.pausedAt),
        isNull(collections.severedAt),
      ),
    )
    .orderBy(asc(mailings.dueOn))
    .all()
}

export type Counts = Partial<Record<(typeof messages.$inferSelect)['status'], number>>

/** The messages of a collection by mailing (null: outside of any) and by where they stand. */
export function countMailingMessages(db: Db, collectionId: string): Map<string | null, Counts> {
  const rows = db
    .select({ mailingId: messages.mailingId, status: messages.status, count: count() })
    .from(messages)
    .where(eq(messages.collectionId, collectionId))
    .groupBy(messages.mailingId, messages.status)
    .all()
  const counts = new Map<string | null, Counts>()
  for (const row of rows) counts.set(row.mailingId, { ...counts.get(row.mailingId), [row.status]: row.count })
  return counts
}

/** A reminder that waits for a day moves to another, such as with the close; nothing where there is none. */
export function moveReminder(db: Db, collectionId: string, { from, to }: { from: string; to: string }): void {
  db.update(mailings)
    .set({ dueOn: to })
    .where(
      and(
        eq(mailings.collectionId, collectionId),
        eq(mailings.kind, 'reminder'),
        eq(mailings.dueOn, from),
        isNull(mailings.queuedAt),
        sql`not exists (select 1 from mailings other where other.collection_id = ${collectionId} and other.kind in ('invitation', 'reminder') and other.due_on = ${to})`,
      ),
    )
    .run()
}

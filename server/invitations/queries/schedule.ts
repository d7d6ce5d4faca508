import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { londonDay } from '../../time/london-dates.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { badRequest, conflict } from '../../errors.ts'
import { asksToAnswer, defaultPlan, problemsOfPlan, startOfMailing, type PlannedMailing } from '../rules/schedule.ts'
import { lastToLeave } from '../rules/last-to-leave.ts'
import { defaultWindow, storedWindow, windowFor } from '../rules/send-window.ts'
import type { NewSchedule, Schedule } from '../schema/schedule.ts'
import { countWaiting } from '../../outbox/queries/messages.ts'
import {
  countMailingMessages,
  createMailings,
  deletePlannedMailings,
  firstDay,
  isPlanned,
  listMailings,
  type Counts,
  type Mailing,
} from './mailings.ts'
import { modeOf } from '../../../surveys/modes.ts'

type Collection = typeof collections.$inferSelect
/** The plan of a collection with where its messages stand; the default plan while none is stored. */
export function getSchedule(db: Db, collection: Collection, now: Date): Schedule {
  const counts = countMailingMessages(db, collection.id)
  const stored = listMailings(db, collection.id)
  const { opensAt, closesAt } = collection
  const planned = isPlanned(collection, stored)
  const shown = planned ? stored : modeOf(collection).invites ? defaultMailings(collection, now) : []
  return {
    revision: revisionOf(collection, stored),
    opens: londonDay(opensAt),
    closes: londonDay(closesAt),
    window: storedWindow(collection) ?? defaultWindow,
    windowSet: storedWindow(collection) !== null,
    ratePerMinute: collection.ratePerMinute,
    pausedAt: collection.pausedAt,
    aheadOfClock: getMomentAhead(db, collection.id, now),
    planned,
    mailings: shown.flatMap(({ id, kind, dueOn, queuedAt }) =>
      dueOn === null
        ? []
        : [
            {
              id,
              kind,
              dueOn,
              startsAt: startOfMailing({ dueOn }, windowFor(kind, collection), opensAt).toISOString(),
              queuedAt,
              messages: completed(counts.get(id) ?? {}),
            },
          ],
    ),
    outbox: completed(sum([...counts.values()])),
    last: lastOfWaiting(db, collection, now),
  }
}

function lastOfWaiting(db: Db, collection: Collection, now: Date): Schedule['last'] {
  const waiting = countWaiting(db, collection.id)
  if (waiting === 0) return null
  const { ratePerMinute } = collection
  const window = storedWindow(collection)
  const leavesAt = lastToLeave(now, waiting, { ratePerMinute, window }).toISOString()
  return { leavesAt, inTime: leavesAt <= collection.closesAt }
}

/** Of window, rate and every day of the plan. */
const revisionOf = ({ sendDays, sendFrom, sendUntil, ratePerMinute }: Collection, stored: readonly Mailing[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify([sendDays, sendFrom, sendUntil, ratePerMinute, stored.map(({ kind, dueOn }) => [kind, dueOn])]),
    )
    .digest('hex')

/** The last moment at which something was queued or sent, where the clock has not reached it: it was put back. */
function getMomentAhead(db: Db, collectionId: string, now: Date): string | null {
  const last = db
    .select({ at: sql<string | null>`max(max(${messages.createdAt}, coalesce(${messages.attemptedAt}, '')))` })
    .from(messages)
    .where(eq(messages.collectionId, collectionId))
    .get()?.at
  // Two processes may differ by moments.
  return last && Date.parse(last) > now.getTime() + 60_000 ? last : null
}

const defaultMailings = (collection: Collection, now: Date) =>
  defaultPlan({ invitedOn: firstDay(collection, now), closesAt: collection.closesAt }).map((mailing) => ({
    ...mailing,
    id: null,
    queuedAt: null,
  }))

const completed = (counts: Counts) => ({ queued: 0, sending: 0, sent: 0, failed: 0, cancelled: 0, ...counts })

function sum(all: readonly Counts[]): Counts {
  const total: Counts = {}
  for (const counts of all)
    for (const [status, count] of Object.entries(counts) as [keyof Counts, number][])
      total[status] = (total[status] ?? 0) + count
  return total
}

/** Replaces what has not been sent of the plan, and sets window and rate. Throws not_personal, not_open, changed_elsewhere, bad_plan (details: what is wrong, and where). */
export function setSchedule(db: Db, collectionId: string, wanted: NewSchedule, { actor, now }: Who): void {
  write(db, (tx) => {
    const collection = changeable(tx, collectionId)
    if (!modeOf(collection).invites)
      throw conflict('not_personal', 'A cascade sends no invitations: it has no plan of mailings.')
    const { revision, ...schedule } = wanted
    if (revision !== undefined && revision !== revisionOf(collection, listMailings(tx, collectionId)))
      throw conflict(
        'changed_elsewhere',
        'Somebody else changed the schedule meanwhile. Load the page again to see it.',
      )
    const { days, from, until, ratePerMinute, invitation } = schedule
    const planned = plannedBy(wanted)
    if (isOver(collection) && planned.some(({ kind }) => asksToAnswer(kind)))
      throw conflict('not_open', `The collection is ${collection.status}: it sends no invitations and reminders.`)
    const kept = listMailings(tx, collectionId).filter(({ queuedAt }) => queuedAt !== null)
    if (invitation !== null && kept.some(({ kind }) => kind === 'invitation'))
      throw badRequest('bad_plan', 'The invitations were sent already: leave their day out.', [
        { place: 'invitation', message: 'The invitations were sent already: leave their day out.' },
      ])
    const all = [
      ...kept.flatMap(({ kind, dueOn }) => (dueOn ? [{ kind, dueOn, queued: true }] : [])),
      ...planned.map((mailing) => ({ ...mailing, queued: false })),
    ]
    const problems = problemsOfPlan(all, { ...collection, window: { days, from, until }, now })
    if (problems.length > 0) {
      const words = problems.map(({ message }) => message)
      throw badRequest('bad_plan', `The plan cannot stand: ${words.join(' ')}`, problems)
    }
    deletePlannedMailings(tx, collectionId)
    createMailings(tx, collectionId, planned, now)
    tx.update(collections)
      .set({ sendDays: days, sendFrom: from, sendUntil: until, ratePerMinute })
      .where(eq(collections.id, collectionId))
      .run()
    recordAudit(tx, { actor, action: 'schedule.set', subject: collectionId, detail: schedule, at: now })
  })
}

function plannedBy({ invitation, reminders, thankYou, resultsReleased }: NewSchedule): PlannedMailing[] {
  const days: [PlannedMailing['kind'], string | null][] = [
    ['invitation', invitation],
    ...[...reminders].sort().map((day): ['reminder', string] => ['reminder', day]),
    ['thank_you', thankYou],
    ['results_released', resultsReleased],
  ]
  return days.flatMap(([kind, dueOn]) => (dueOn === null ? [] : [{ kind, dueOn }]))
}

/** Holds every message of a collection back until it is resumed; what is in the mail server's hands cannot be called back. Doing it twice changes nothing. */
export const pauseSending = (db: Db, collectionId: string, who: Who): void => setPaused(db, collectionId, true, who)

export const resumeSending = (db: Db, collectionId: string, who: Who): void => setPaused(db, collectionId, false, who)

function setPaused(db: Db, collectionId: string, paused: boolean, { actor, now }: Who): void {
  write(db, (tx) => {
    const collection = changeable(tx, collectionId)
    if ((collection.pausedAt !== null) === paused) return
    tx.update(collections)
      .set({ pausedAt: paused ? now.toISOString() : null })
      .where(eq(collections.id, collectionId))
      .run()
    recordAudit(tx, {
      actor,
      action: paused ? 'schedule.pause' : 'schedule.resume',
      subject: collectionId,
      at: now,
    })
  })
}

function changeable(db: Db, id: string): Collection {
  const collection = db.select().from(collections).where(eq(collections.id, id)).get()
  if (!collection || collection.severedAt !== null)
    throw conflict('not_open', 'Its contact details were deleted: nothing more is sent.')
  return collection
}

const isOver = ({ status }: Collection) => status === 'closed' || status === 'released'

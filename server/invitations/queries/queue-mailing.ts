import { setImmediate as nextTurn } from 'node:timers/promises'
import { hasEnded } from '../../collections/rules/status.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import type { collections } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict } from '../../errors.ts'
import { lastToLeave } from '../rules/last-to-leave.ts'
import { leavesAt, reasonAgainst } from '../rules/plan-mailings.ts'
import { asksToAnswer, type MailingKind } from '../rules/schedule.ts'
import { windowFor } from '../rules/send-window.ts'
import { listCandidates } from './candidates.ts'
import { markMailingQueued, takeInvitationMailing, type Mailing } from './mailings.ts'
import { countWaiting, queueMessages } from '../../outbox/queries/messages.ts'
import { modeOf } from '../../../surveys/modes.ts'

type Collection = typeof collections.$inferSelect

export interface InvitationPlan {
  queued: { locationId: string; service: string; recipient: string; dueAt: string }[]
  leftOut: { locationId: string; service: string; reason: string }[]
  /** When the last one leaves at the earliest, behind those that wait already, and whether that is before the close; null where none is queued. */
  last: { leavesAt: string; inTime: boolean } | null
}

type Page = Omit<InvitationPlan, 'last'>

// Few enough that a request waits for one page no longer than for another request.
const pageSize = 100

/** Whether a mailing of this kind can go to anybody, the note on results apart from its waiting for their release. Throws not_personal, not_open. */
export function checkMailable(collection: Collection, kind: MailingKind, now: Date): void {
  if (!modeOf(collection).invites) throw conflict('not_personal', 'A cascade sends no invitations: pass on its links.')
  if (!asksToAnswer(kind) && collection.severedAt !== null)
    throw conflict('not_open', 'Its contact details were deleted: nothing more is sent.')
  if (asksToAnswer(kind) ? collection.status !== 'open' || hasEnded(collection, now) : collection.status === 'draft')
    throw conflict('not_open', 'The collection is not open.')
}

interface Options {
  kind: MailingKind
  /** Null: only says who would get a message. */
  mailing: Mailing | null
  now: Date
}

/** Page by page, each in a transaction of its own. Stopped in between, it can be run again: who has the message is left out. */
function* queuePages(db: Db, collection: Collection, { kind, mailing, now }: Options): Generator<Page> {
  const dueAt = new Date(Math.max(now.getTime(), Date.parse(collection.opensAt)))
  const leaves = leavesAt(dueAt, windowFor(kind, collection)).toISOString()
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after
    const page = write(db, (tx) => {
      const candidates = listCandidates(tx, collection.id, { kind, after: from, limit: pageSize })
      const plan: Page = { queued: [], leftOut: [] }
      const wanted = candidates.flatMap((candidate) => {
        const { invitationId, locationId, service, recipient } = candidate
        const reason = reasonAgainst(candidate, kind, now)
        if (reason !== undefined || invitationId === null || recipient === null) {
          plan.leftOut.push({ locationId, service, reason: reason ?? '' })
          return []
        }
        plan.queued.push({ locationId, service, recipient, dueAt: leaves })
        return [{ kind, collectionId: collection.id, mailingId: mailing?.id, invitationId, recipient }]
      })
      if (mailing) queueMessages(tx, wanted, { now, dueAt })
      return { plan, last: candidates.length < pageSize ? undefined : candidates.at(-1)?.locationId }
    })
    yield page.plan
    after = page.last
  }
}

const byName = (a: { service: string; locationId: string }, b: typeof a) =>
  a.service < b.service ? -1 : a.service > b.service ? 1 : a.locationId < b.locationId ? -1 : 1

/** `ahead`: messages of the collection that waited before. */
interface Queue {
  collection: Collection
  kind: MailingKind
  ahead: number
}

function joined(pages: readonly Page[], queue: Queue): InvitationPlan {
  const queued = pages.flatMap((page) => page.queued).sort(byName)
  return { queued, leftOut: pages.flatMap(({ leftOut }) => leftOut).sort(byName), last: lastOf(queued, queue) }
}

function lastOf([first, ...others]: Page['queued'], { collection, kind, ahead }: Queue): InvitationPlan['last'] {
  if (!first) return null
  const leaves = lastToLeave(new Date(first.dueAt), ahead + 1 + others.length, {
    ratePerMinute: collection.ratePerMinute,
    window: windowFor(kind, collection),
  }).toISOString()
  return { leavesAt: leaves, inTime: !asksToAnswer(kind) || leaves <= collection.closesAt }
}

/** Who would get a mailing of this kind now, and why each other service would not; by name. */
export function planMailing(db: Db, collection: Collection, kind: MailingKind, now: Date): InvitationPlan {
  const ahead = countWaiting(db, collection.id)
  return joined([...queuePages(db, collection, { kind, mailing: null, now })], { collection, kind, ahead })
}

/** The same, giving way to other requests between pages. */
export async function planMailingGently(db: Db, collection: Collection, kind: MailingKind, now: Date) {
  const ahead = countWaiting(db, collection.id)
  const pages: Page[] = []
  for (const page of queuePages(db, collection, { kind, mailing: null, now })) {
    pages.push(page)
    await nextTurn()
  }
  return joined(pages, { collection, kind, ahead })
}

/** Queues a message for every service that should get one, due at the opening at the earliest; with `dryRun` only says so. Throws not_personal, not_open. */
export function queueInvitations(
  db: Db,
  collection: Collection,
  { actor, now, dryRun = false }: Who & { dryRun?: boolean },
): InvitationPlan {
  checkMailable(collection, 'invitation', now)
  if (dryRun) return planMailing(db, collection, 'invitation', now)
  const ahead = countWaiting(db, collection.id)
  const mailing = takeInvitationMailing(db, collection, now)
  const pages = [...queuePages(db, collection, { kind: 'invitation', mailing, now })]
  const plan = joined(pages, { collection, kind: 'invitation', ahead })
  finish(db, mailing, plan, { actor, now })
  return plan
}

/** The same, giving way to other requests between pages. Throws not_personal, not_open. */
export async function queueInvitationsGently(
  db: Db,
  collection: Collection,
  { actor, now, dryRun = false }: Who & { dryRun?: boolean },
): Promise<InvitationPlan> {
  checkMailable(collection, 'invitation', now)
  if (dryRun) return planMailingGently(db, collection, 'invitation', now)
  return queueMailing(db, collection, takeInvitationMailing(db, collection, now), { actor, now })
}

/** Queues a mailing as `queueInvitations` does, giving way to other requests between pages; a mailing is done once. */
export async function queueMailing(
  db: Db,
  collection: Collection,
  mailing: Mailing,
  { actor, now, signal }: Who & { signal?: AbortSignal },
): Promise<InvitationPlan> {
  const queue = { collection, kind: mailing.kind, ahead: countWaiting(db, collection.id) }
  const pages: Page[] = []
  for (const page of queuePages(db, collection, { kind: mailing.kind, mailing, now })) {
    pages.push(page)
    if (signal?.aborted) return joined(pages, queue)
    await nextTurn()
  }
  const plan = joined(pages, queue)
  finish(db, mailing, plan, { actor, now })
  return plan
}

const queueActions: Record<MailingKind, string> = {
  invitation: 'invitations.queue',
  reminder: 'reminders.queue',
  thank_you: 'thanks.queue',
  results_released: 'results_notes.queue',
}

function finish(db: Db, mailing: Mailing, plan: InvitationPlan, { actor, now }: Who): void {
  write(db, (tx) => {
    if (mailing.queuedAt === null) markMailingQueued(tx, mailing.id, now)
    if (plan.queued.length === 0) return
    recordAudit(tx, {
      actor,
      action: queueActions[mailing.kind],
      subject: mailing.collectionId,
      detail: { queued: plan.queued.length },
      at: now,
    })
  })
}

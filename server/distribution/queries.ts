import { and, asc, count, eq, getTableColumns, inArray, lte, ne, sql } from 'drizzle-orm'
import { hasEnded } from '../collections/rules/status.ts'
import { recordAudit } from '../db/audit-log.ts'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import {
  cascadeLinks,
  collections,
  frameServices,
  invitations,
  messageEvents,
  messages,
  questionSetVersions,
  responses,
  signInLinks,
  systems,
} from '../db/schema.ts'
import { conflict } from '../errors.ts'
import type { InvitationState } from './rules/dispositions.ts'
import { reasonAgainst, type Candidate } from './rules/plan-invitations.ts'
import { leaseMs } from './rules/retries.ts'
import { deriveToken, hashToken, type TokenKey } from './rules/tokens.ts'

// Taking the lock first: the server and the command line may write at the same time.
const immediate = { behavior: 'immediate' } as const

/** What a personal link leads to; undefined for an unknown or retired link, or after the end of retention. */
export const getInvitationByTokenHash = (db: Db, tokenHash: string) => invitationByTokenHash(db).get({ tokenHash })

const invitationByTokenHash = prepared((db) =>
  selectInvitations(db)
    .where(eq(invitations.tokenHash, sql.placeholder('tokenHash')))
    .prepare(),
)

export function getInvitation(db: Db, id: string) {
  return selectInvitations(db).where(eq(invitations.id, id)).get()
}

/** An invitation with its collection, its service (`category` and contact from the frame) and its system. */
export type Invited = NonNullable<ReturnType<typeof getInvitation>>

function selectInvitations(db: Db) {
  return db
    .select({ invitation: invitations, collection: collections, service: frameServices, system: systems })
    .from(invitations)
    .innerJoin(collections, eq(collections.id, invitations.collectionId))
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
}

/** What a shared link leads to: the link, its collection and its system; a withdrawn link (`withdrawnAt`) is returned too. */
export function getCascadeLinkByTokenHash(db: Db, tokenHash: string) {
  return db
    .select({ link: cascadeLinks, collection: collections, system: systems })
    .from(cascadeLinks)
    .innerJoin(collections, eq(collections.id, cascadeLinks.collectionId))
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(cascadeLinks.tokenHash, tokenHash))
    .get()
}

/** Stores what the person or an admin stated about an invitation; null takes it back. */
export function setInvitationOutcome(db: Db, id: string, outcome: Invited['invitation']['outcome'], now: Date): void {
  db.update(invitations)
    .set({ outcome, outcomeAt: outcome && now.toISOString() })
    .where(eq(invitations.id, id))
    .run()
}

export function listCascadeLinks(db: Db, collectionId: string) {
  return db
    .select({ link: cascadeLinks, system: systems })
    .from(cascadeLinks)
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(cascadeLinks.collectionId, collectionId))
    .orderBy(systems.name, cascadeLinks.organisation)
    .all()
}

interface Making {
  collectionId: string
  tokenKey: TokenKey
  now: Date
}

/** Makes an invitation with a token of its own for each service; only the hash is stored. */
export function createInvitations(
  db: Db,
  { collectionId, serviceIds, tokenKey, now }: Making & { serviceIds: readonly string[] },
) {
  return serviceIds.map((frameServiceId) => {
    const id = newId()
    const row = {
      id,
      collectionId,
      frameServiceId,
      tokenHash: hashToken(deriveToken(tokenKey, 'invitation', id)),
      createdAt: now.toISOString(),
    }
    return db.insert(invitations).values(row).returning().get()
  })
}

export function createCascadeLinks(
  db: Db,
  { collectionId, systemIds, tokenKey, now }: Making & { systemIds: readonly string[] },
) {
  return systemIds.map((systemId) => {
    const id = newId()
    const row = {
      id,
      collectionId,
      systemId,
      tokenHash: hashToken(deriveToken(tokenKey, 'cascade', id)),
      createdAt: now.toISOString(),
    }
    return db.insert(cascadeLinks).values(row).returning().get()
  })
}

/** Every service of a collection's frame with what decides whether it is invited now; by name. */
export function listCandidates(db: Db, collectionId: string): Candidate[] {
  return db
    .select({
      invitationId: invitations.id,
      locationId: frameServices.locationId,
      service: frameServices.name,
      recipient: frameServices.contactEmail,
      notEligible: sql<boolean>`${frameServices.notEligibleReason} is not null`.mapWith(Boolean),
      outcome: invitations.outcome,
      responseStatus: responses.status,
      messageStatus: messages.status,
    })
    .from(frameServices)
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .leftJoin(messages, and(eq(messages.invitationId, invitations.id), eq(messages.kind, 'invitation')))
    .where(eq(frameServices.collectionId, collectionId))
    .orderBy(frameServices.name, frameServices.locationId)
    .all()
}

export interface InvitationPlan {
  queued: { locationId: string; service: string; recipient: string; dueAt: string }[]
  leftOut: { locationId: string; service: string; reason: string }[]
}

/** Queues a message for every service that should get one, due at the opening at the earliest; with `dryRun` only says so. Throws not_personal, not_open. */
export function queueInvitations(
  db: Db,
  collection: typeof collections.$inferSelect,
  { actor, now, dryRun = false }: { actor: string; now: Date; dryRun?: boolean },
): InvitationPlan {
  if (collection.mode !== 'personal')
    throw conflict('not_personal', 'A cascade sends no invitations: pass on its links.')
  if (collection.status !== 'open' || hasEnded(collection, now))
    throw conflict('not_open', 'The collection is not open.')
  return db.transaction((tx) => {
    const dueAt = new Date(Math.max(now.getTime(), Date.parse(collection.opensAt)))
    const plan: InvitationPlan = { queued: [], leftOut: [] }
    for (const candidate of listCandidates(tx, collection.id)) {
      const { invitationId, locationId, service, recipient } = candidate
      const reason = reasonAgainst(candidate)
      if (reason !== undefined || invitationId === null || recipient === null) {
        plan.leftOut.push({ locationId, service, reason: reason ?? '' })
        continue
      }
      plan.queued.push({ locationId, service, recipient, dueAt: dueAt.toISOString() })
      if (!dryRun)
        queueMessage(tx, { kind: 'invitation', collectionId: collection.id, invitationId, recipient }, { now, dueAt })
    }
    if (!dryRun && plan.queued.length > 0)
      recordAudit(tx, {
        actor,
        action: 'invitations.queue',
        subject: collection.id,
        detail: { queued: plan.queued.length },
        at: now,
      })
    return plan
  }, immediate)
}

export type Message = typeof messages.$inferSelect
type MessageStatus = Message['status']
type MessageEvent = (typeof messageEvents.$inferInsert)['event']

function queueMessage(
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

/** Takes the message that has been due longest, for one attempt; its Message-ID is settled before it can leave. */
export function claimDueMessage(db: Db, { now, host }: { now: Date; host: string }): Message | undefined {
  return db.transaction((tx) => {
    const due = tx
      .select({ id: messages.id })
      .from(messages)
      .where(and(eq(messages.status, 'queued'), lte(messages.dueAt, now.toISOString())))
      .orderBy(asc(messages.dueAt), asc(messages.id))
      .limit(1)
    const leased = new Date(now.getTime() + leaseMs).toISOString()
    const settled = sql`case when instr(${messages.messageId}, '@') then ${messages.messageId} else ${messages.messageId} || '@' || ${host} end`
    const claimed = tx
      .update(messages)
      .set({ status: 'sending', attempts: sql`${messages.attempts} + 1`, dueAt: leased, messageId: settled })
      .where(inArray(messages.id, due))
      .returning()
      .get()
    if (claimed) addEvent(tx, claimed.id, { event: 'sending', now })
    return claimed
  }, immediate)
}

/** Puts messages back that were being sent when their worker stopped; `all`: without waiting for the lease, when no other worker can be. */
export function requeueInterrupted(db: Db, { now, all = false }: { now: Date; all?: boolean }): number {
  return db.transaction((tx) => {
    const interrupted = and(eq(messages.status, 'sending'), all ? undefined : lte(messages.dueAt, now.toISOString()))
    const rows = tx
      .update(messages)
      .set({ status: 'queued', dueAt: now.toISOString() })
      .where(interrupted)
      .returning({ id: messages.id })
      .all()
    for (const { id } of rows) addEvent(tx, id, { event: 'queued', detail: 'sending was interrupted', now })
    return rows.length
  }, immediate)
}

export interface Attempt {
  event: 'sent' | 'deferred' | 'failed' | 'cancelled'
  /** The server's reply, or the reason. */
  detail: string
  now: Date
  /** Of a deferred message. */
  dueAt?: Date
}

/** Records how an attempt ended; says nothing of a message that was deleted meanwhile. */
export function recordAttempt(db: Db, id: string, { event, detail, now, dueAt }: Attempt): void {
  const status: MessageStatus = event === 'deferred' ? 'queued' : event
  const sentAt = event === 'sent' ? now.toISOString() : undefined
  db.transaction((tx) => {
    const { changes } = tx
      .update(messages)
      .set({ status, sentAt, dueAt: dueAt?.toISOString() })
      .where(eq(messages.id, id))
      .run()
    if (changes > 0) addEvent(tx, id, { event, detail: detail.slice(0, 500), now })
  }, immediate)
}

/** What a service's message is made from; undefined once it is deleted. */
export function getInvitationForMail(db: Db, invitationId: string) {
  const invited = getInvitation(db, invitationId)
  if (!invited) return undefined
  const version = db
    .select({
      title: sql<string>`json_extract(${questionSetVersions.questions}, '$.title')`,
      minutes: sql<number>`json_extract(${questionSetVersions.plan}, '$.minutes')`,
    })
    .from(questionSetVersions)
    .where(eq(questionSetVersions.id, invited.collection.versionId))
    .get()
  const response = db
    .select({ status: responses.status })
    .from(responses)
    .where(eq(responses.invitationId, invitationId))
    .get()
  return version && { ...invited, ...version, responseStatus: response?.status ?? null }
}

export const getSignInLink = (db: Db, id: string) => db.select().from(signInLinks).where(eq(signInLinks.id, id)).get()

/** Where the invitation of each service stands, with the last word on it; by name of the service. */
export function listInvitationMessages(db: Db, collectionId: string) {
  const { id, recipient, status, attempts, dueAt, sentAt } = getTableColumns(messages)
  const detail = sql<
    string | null
  >`(select detail from message_events e where e.message_id = ${messages.id} order by e.id desc limit 1)`
  return db
    .select({
      id,
      locationId: frameServices.locationId,
      service: frameServices.name,
      recipient,
      status,
      attempts,
      dueAt,
      sentAt,
      detail,
    })
    .from(messages)
    .innerJoin(invitations, eq(invitations.id, messages.invitationId))
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .where(eq(messages.collectionId, collectionId))
    .orderBy(frameServices.name, frameServices.locationId)
    .all()
}

/** Every message of the outbox, counted by where it stands. */
export function countMessages(db: Db): Partial<Record<MessageStatus, number>> {
  const rows = db.select({ status: messages.status, count: count() }).from(messages).groupBy(messages.status).all()
  return Object.fromEntries(rows.map((row) => [row.status, row.count]))
}

export const listMessageIds = (db: Db, collectionId: string): string[] =>
  db
    .select({ messageId: messages.messageId })
    .from(messages)
    .where(eq(messages.collectionId, collectionId))
    .all()
    .map((row) => row.messageId)

export interface InvitationGroup {
  systemId: string
  category: string
  /** False for a service of the frame without an invitation. */
  invited: boolean
  state: Omit<InvitationState, 'closed'>
  messageStatus: MessageStatus | null
  count: number
}

/** The services of a collection's frame, counted by all that their disposition follows from. `leadVariable`: the question of the plan's lead indicator. */
export function countInvitationStates(
  db: Db,
  collectionId: string,
  leadVariable: string | undefined,
): InvitationGroup[] {
  const lead =
    leadVariable === undefined
      ? sql<number>`0`
      : sql<number>`json_extract(${responses.data}, ${`$."${leadVariable}"`}) is not null`
  const fields = {
    systemId: frameServices.systemId,
    category: frameServices.category,
    invited: sql`${invitations.id} is not null`.mapWith(Boolean),
    notEligible: sql`${frameServices.notEligibleReason} is not null`.mapWith(Boolean),
    outcome: invitations.outcome,
    status: responses.status,
    leadAnswered: sql`coalesce(${lead}, 0)`.mapWith(Boolean),
    anyAnswer: sql`coalesce(${responses.data} <> '{}', 0)`.mapWith(Boolean),
    messageStatus: messages.status,
  }
  const rows = db
    .select({ ...fields, count: count() })
    .from(frameServices)
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, and(eq(responses.invitationId, invitations.id), ne(responses.source, 'test')))
    .leftJoin(messages, and(eq(messages.invitationId, invitations.id), eq(messages.kind, 'invitation')))
    .where(eq(frameServices.collectionId, collectionId))
    .groupBy(sql`1, 2, 3, 4, 5, 6, 7, 8, 9`)
    .all()
  return rows.map(
    ({ systemId, category, invited, messageStatus, count, outcome, notEligible, status, leadAnswered, anyAnswer }) => {
      const response = status === null ? null : { status, leadAnswered, anyAnswer }
      return {
        systemId,
        category,
        invited,
        messageStatus,
        count,
        state: { outcome, notEligible, response, undelivered: messageStatus === 'failed' },
      }
    },
  )
}

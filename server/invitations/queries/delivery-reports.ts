import { and, count, countDistinct, desc, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { collections, deliveryReports, frameServices, invitations, messageEvents, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { reportAbout } from '../../delivery-reports/rules/classify.ts'
import { withoutAddresses, type ReportMatch } from '../../delivery-reports/rules/match.ts'
import type { RecipientReport } from '../../delivery-reports/rules/verdict.ts'
import { recordAttempt, type Message } from '../../outbox/queries/messages.ts'
import { setUnsubscribed } from './unsubscribe.ts'

export type DeliveryReport = typeof deliveryReports.$inferSelect

/** After so many messages that came back for a passing reason, an address gets no more. */
const softBounces = 3

export interface ReadReport {
  fileHash: string
  source: DeliveryReport['source']
  match: ReportMatch
  reports: readonly RecipientReport[]
}

/**
 * Stores what a report said, and what follows from it: an event of the message, and the end of mail to an address that does not work. The
 * same file again changes nothing and gives the first (`repeated`).
 */
export function storeDeliveryReport(db: Db, read: ReadReport, now: Date): DeliveryReport & { repeated: boolean } {
  return write(db, (tx) => {
    const known = tx.select().from(deliveryReports).where(eq(deliveryReports.fileHash, read.fileHash)).get()
    if (known) return { ...known, repeated: true }
    const message = findMessage(tx, read.match)
    const { status, diagnostic, verdict: said } = reportAbout(read.reports, message?.recipient)
    const verdict = verdictOn(said, read.match, message)
    const row = {
      id: newId(),
      fileHash: read.fileHash,
      source: read.source,
      verdict,
      messageId: message?.id ?? null,
      collectionId: message?.collectionId ?? null,
      status,
      // What belongs to no message would outlive every retention: nobody's words are kept of it.
      diagnostic: message && diagnostic !== null ? withoutAddresses(diagnostic) : null,
      receivedAt: now.toISOString(),
    }
    const stored = tx.insert(deliveryReports).values(row).returning().get()
    if (message) applyReport(tx, stored, message, now)
    return { ...stored, repeated: false }
  })
}

function findMessage(db: Db, { returnPath, messageIds }: ReportMatch): Message | undefined {
  if (returnPath === 'forged') return undefined
  const named = returnPath && db.select().from(messages).where(eq(messages.id, returnPath.messageId)).get()
  if (named || messageIds.length === 0) return named
  return db.select().from(messages).where(inArray(messages.messageId, messageIds)).limit(1).get()
}

// Shown as what they are, though they match nothing: providers take out of a complaint what would.
const told: readonly RecipientReport['verdict'][] = ['auto_reply', 'not_understood', 'complaint']

function verdictOn(
  said: RecipientReport['verdict'],
  { returnPath }: ReportMatch,
  message: Message | undefined,
): DeliveryReport['verdict'] {
  if (returnPath === 'forged') return 'forged'
  return message || told.includes(said) ? said : 'unmatched'
}

const eventOf = {
  hard: 'bounced_hard',
  soft: 'bounced_soft',
  policy: 'bounced_policy',
  delayed: 'delayed',
} as const

function applyReport(db: Db, { verdict, status, diagnostic }: DeliveryReport, message: Message, now: Date): void {
  if (verdict === 'complaint') return heedComplaint(db, message, now)
  if (!(verdict in eventOf)) return
  const event = eventOf[verdict as keyof typeof eventOf]
  const detail = [status, diagnostic].filter((part) => part !== null).join(' ')
  const at = now.toISOString()
  db.insert(messageEvents)
    .values({ messageId: message.id, event, detail: detail || null, at })
    .run()
  if (message.invitationId === null || message.kind === 'test') return
  if (verdict === 'hard' || (verdict === 'soft' && countSoftBounces(db, message) >= softBounces))
    stopMail(db, { invitationId: message.invitationId, recipient: message.recipient, now })
}

/** How many messages of an invitation came back from this address for a passing reason. */
function countSoftBounces(db: Db, { invitationId, recipient }: Message): number {
  const counted = db
    .select({ count: countDistinct(messages.id) })
    .from(messages)
    .innerJoin(messageEvents, eq(messageEvents.messageId, messages.id))
    .where(
      and(
        eq(messages.invitationId, invitationId!),
        eq(messages.recipient, recipient),
        eq(messageEvents.event, 'bounced_soft'),
      ),
    )
    .get()
  return counted?.count ?? 0
}

/** As if the person had unsubscribed. What is written to another since is theirs to stop. */
function heedComplaint(db: Db, { invitationId, recipient, kind }: Message, now: Date): void {
  if (invitationId === null || kind === 'test') return
  const inUse = invitationAt(db, { invitationId, recipient }).get()
  if (inUse) setUnsubscribed(db, inUse.id, { stop: true, now, detail: 'By marking a message as unwanted.' })
}

/** The invitation, where it still goes to the address. */
const invitationAt = (db: Db, { invitationId, recipient }: { invitationId: string; recipient: string }) =>
  db
    .select({ id: invitations.id })
    .from(invitations)
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .where(and(eq(invitations.id, invitationId), sql`lower(${frameServices.contactEmail}) = lower(${recipient})`))

/** Marks the address in use as one that does not work; a late report on an address that was corrected meanwhile only stops what still goes there. */
function stopMail(
  db: Db,
  { invitationId, recipient, now }: { invitationId: string; recipient: string; now: Date },
): void {
  const inUse = invitationAt(db, { invitationId, recipient })
  db.update(invitations)
    .set({ outcome: 'undelivered', outcomeAt: now.toISOString() })
    .where(and(inArray(invitations.id, inUse), sql`coalesce(${invitations.outcome}, 'contacted') = 'contacted'`))
    .run()
  const waiting = db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(eq(messages.invitationId, invitationId), eq(messages.recipient, recipient), eq(messages.status, 'queued')),
    )
    .all()
  for (const { id } of waiting) recordAttempt(db, id, { event: 'cancelled', detail: 'Its address does not work.', now })
}

/** Reports, newest first, with the collection and the service that each is about. */
export function listDeliveryReports(db: Db, limit = 500) {
  return db
    .select({
      id: deliveryReports.id,
      source: deliveryReports.source,
      verdict: deliveryReports.verdict,
      status: deliveryReports.status,
      diagnostic: deliveryReports.diagnostic,
      receivedAt: deliveryReports.receivedAt,
      kind: messages.kind,
      collection: collections.name,
      collectionId: deliveryReports.collectionId,
      invitationId: messages.invitationId,
      service: frameServices.name,
    })
    .from(deliveryReports)
    .leftJoin(messages, eq(messages.id, deliveryReports.messageId))
    .leftJoin(collections, eq(collections.id, deliveryReports.collectionId))
    .leftJoin(invitations, eq(invitations.id, messages.invitationId))
    .leftJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .orderBy(desc(deliveryReports.receivedAt), desc(deliveryReports.id))
    .limit(limit)
    .all()
}

/** How many reports said what. */
export const countDeliveryReports = (db: Db) =>
  db
    .select({ verdict: deliveryReports.verdict, count: count() })
    .from(deliveryReports)
    .groupBy(deliveryReports.verdict)
    .all()

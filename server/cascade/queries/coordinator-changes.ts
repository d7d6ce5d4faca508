import { and, eq, sql } from 'drizzle-orm'
import { requireCollection } from '../../collections/queries/collections.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, messageEvents, messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict, notFound } from '../../errors.ts'
import { organisationKey } from '../rules/check-coordinators.ts'
import { hashesOfLink } from '../../links/short-code.ts'
import type { TokenKey } from '../../links/tokens.ts'
import { dueAtForCoordinators } from './coordinator-messages.ts'
import { getCascadeLink, listOrganisationLinks, requireCascade, type CascadeLink } from './coordinators.ts'
import { queueMessage, recordAttempt } from '../../outbox/queries/messages.ts'

interface Named {
  collectionId: string
  linkId: string
}

export interface CoordinatorCorrection extends Named {
  email: string
  /** Null: as it was; '': none. */
  name: string | null
  sendAgain: boolean
}

/**
 * Puts a link's coordinator right, and with `sendAgain` queues the message at once; another address gets a page of its own, and the one
 * before leads nowhere. Throws not_found, over, withdrawn, same_address, not_open; then nothing is changed.
 */
export function correctCoordinator(
  db: Db,
  { collectionId, linkId, email, name, sendAgain }: CoordinatorCorrection,
  { actor, now, tokenKey }: Who & { tokenKey: TokenKey },
): { sentAgain: boolean } {
  return write(db, (tx) => {
    const link = findLink(tx, { collectionId, linkId })
    if (link.withdrawnAt !== null) throw conflict('withdrawn', 'The link is withdrawn. Take that back first.')
    if (cameBackFrom(tx, linkId, email))
      throw conflict('same_address', 'This is an address that did not work. Ask for another one.')
    const { coordinatorTokenHash } = hashesOfLink(tokenKey, { id: linkId, coordinatorEmail: email })
    tx.update(cascadeLinks)
      .set({
        coordinatorEmail: email,
        coordinatorName: name === null ? link.coordinatorName : name || null,
        coordinatorTokenHash,
      })
      .where(eq(cascadeLinks.id, linkId))
      .run()
    cancelWaiting(tx, linkId, now)
    recordAudit(tx, { actor, action: 'coordinator.correct', subject: linkId, at: now })
    if (!sendAgain) return { sentAgain: false }
    const dueAt = dueAtForCoordinators(requireCollection(tx, collectionId), now)
    queueMessage(tx, { kind: 'coordinator', collectionId, cascadeLinkId: linkId, recipient: email }, { now, dueAt })
    return { sentAgain: true }
  })
}

/** Whoever opens the link then sees that it does not work; answers already given, and links of people's own, stay. Throws not_found, over, withdrawn. */
export function withdrawLink(db: Db, { reason, ...named }: Named & { reason: string }, { actor, now }: Who): void {
  write(db, (tx) => {
    const { id, withdrawnAt } = findLink(tx, named)
    if (withdrawnAt !== null) throw conflict('withdrawn', 'The link is withdrawn already.')
    tx.update(cascadeLinks).set({ withdrawnAt: now.toISOString() }).where(eq(cascadeLinks.id, id)).run()
    recordAudit(tx, { actor, action: 'link.withdraw', subject: id, detail: { reason }, at: now })
  })
}

/** Takes a withdrawal back. Throws not_found, over, not_withdrawn, replaced (the organisation has got another link). */
export function restoreLink(db: Db, named: Named, { actor, now }: Who): void {
  write(db, (tx) => {
    const { id, withdrawnAt, systemId, organisation } = findLink(tx, named)
    if (withdrawnAt === null) throw conflict('not_withdrawn', 'The link is not withdrawn.')
    const key = (link: Pick<CascadeLink, 'systemId' | 'organisation'>) =>
      organisationKey(link.systemId, link.organisation ?? '')
    const others = listOrganisationLinks(tx, named.collectionId)
    if (others.some((other) => key(other) === key({ systemId, organisation })))
      throw conflict('replaced', 'The organisation has got another link meanwhile. Withdraw that one first.')
    tx.update(cascadeLinks).set({ withdrawnAt: null }).where(eq(cascadeLinks.id, id)).run()
    recordAudit(tx, { actor, action: 'link.restore', subject: id, at: now })
  })
}

function findLink(db: Db, { collectionId, linkId }: Named): CascadeLink {
  requireCascade(requireCollection(db, collectionId))
  const found = getCascadeLink(db, linkId)
  if (found?.collection.id !== collectionId) throw notFound('There is no such link.')
  return found.link
}

const cameBackFrom = (db: Db, linkId: string, address: string): boolean =>
  db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(messageEvents, eq(messageEvents.messageId, messages.id))
    .where(
      and(
        eq(messages.cascadeLinkId, linkId),
        sql`lower(${messages.recipient}) = lower(${address})`,
        eq(messageEvents.event, 'bounced_hard'),
      ),
    )
    .limit(1)
    .get() !== undefined

function cancelWaiting(db: Db, linkId: string, now: Date): void {
  const waiting = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.cascadeLinkId, linkId), eq(messages.status, 'queued')))
    .all()
  for (const { id } of waiting) recordAttempt(db, id, { event: 'cancelled', detail: 'The address was corrected.', now })
}

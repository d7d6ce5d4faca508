import { and, eq, getTableColumns, isNull, lte, ne, or } from 'drizzle-orm'
import { recordAudit, type Who } from '../db/audit-log.ts'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import {
  auditLog,
  cascadeLinks,
  collections,
  frameServices,
  invitations,
  messages,
  responses,
  textAnswers,
} from '../db/schema.ts'
import { write } from '../db/write.ts'
import { conflict } from '../errors.ts'
import { getQuestionSetVersion } from '../question-sets/queries/versions.ts'
import { categoriesToMerge, withoutCategory } from './rules/coarsen.ts'
import { mentionsAny } from './rules/forget.ts'
import { formatLondonDate } from '../time/london-dates.ts'
import { type Collection, requireCollection } from '../collections/queries/collections.ts'

/** Collections whose retention has ended and whose links still stand. */
export function listCollectionsToSever(db: Db, now: Date) {
  const at = now.toISOString()
  const over = or(eq(collections.status, 'closed'), eq(collections.status, 'released'), lte(collections.closesAt, at))
  return db
    .select()
    .from(collections)
    .where(and(isNull(collections.severedAt), lte(collections.retainUntil, at), over))
    .all()
}

export interface Severed {
  contacts: number
  invitations: number
  links: number
  responsesKept: number
  responsesDeleted: number
}

/**
 * Deletes contacts and everything that leads from an answer to a service or a person: see docs/decisions/009-retention.md.
 * Snapshots stay as they are. Throws retention_not_over, already_severed.
 */
export function severCollection(db: Db, id: string, { actor, now }: Who): Severed {
  return write(db, (tx) => {
    const collection = requireCollection(tx, id)
    if (collection.severedAt !== null)
      throw conflict('already_severed', 'The links of this collection were deleted already.')
    if (!listCollectionsToSever(tx, now).some((row) => row.id === id))
      throw conflict(
        'retention_not_over',
        `Its answers stay connected until ${formatLondonDate(collection.retainUntil)}.`,
      )
    const frame = tx.select().from(frameServices).where(eq(frameServices.collectionId, id)).all()
    const invited = tx.select({ id: invitations.id }).from(invitations).where(eq(invitations.collectionId, id)).all()
    const links = tx.select({ id: cascadeLinks.id }).from(cascadeLinks).where(eq(cascadeLinks.collectionId, id)).all()
    const sent = tx.select({ id: messages.id }).from(messages).where(eq(messages.collectionId, id)).all()
    const responseCounts = severResponses(tx, collection, frame)
    tx.delete(messages).where(eq(messages.collectionId, id)).run()
    tx.delete(cascadeLinks).where(eq(cascadeLinks.collectionId, id)).run()
    tx.delete(frameServices).where(eq(frameServices.collectionId, id)).run()
    const names = frame.flatMap((row) => [
      row.id,
      row.locationId,
      row.name,
      row.contactEmail,
      row.contactName,
      row.providerKey,
    ])
    forgetInAuditLog(tx, id, [...names, ...[...invited, ...links, ...sent].map((row) => row.id)])
    tx.update(collections).set({ severedAt: now.toISOString() }).where(eq(collections.id, id)).run()
    const counts = {
      contacts: frame.filter((row) => row.contactEmail !== null).length,
      invitations: invited.length,
      links: links.length,
      ...responseCounts,
    }
    recordAudit(tx, { actor, action: 'collection.sever', subject: id, detail: counts, at: now })
    return counts
  })
}

function severResponses(db: Db, collection: Collection, frame: readonly { systemId: string; category: string }[]) {
  const ofCollection = eq(responses.collectionId, collection.id)
  const responsesDeleted = db
    .delete(responses)
    .where(and(ofCollection, ne(responses.status, 'complete')))
    .run().changes
  const plan = getQuestionSetVersion(db, collection.versionId)?.plan
  const category = plan?.breakdowns.find(({ from }) => from === 'category')
  const merged = new Map(
    collection.systems.map((system) => [
      system.id,
      categoriesToMerge(
        countBy(
          frame.filter(({ systemId }) => systemId === system.id),
          (row) => row.category,
        ),
        collection.k,
      ),
    ]),
  )
  // When an answer came says who gave it, to whoever remembers the day.
  const times = { createdAt: collection.closesAt, savedAt: collection.closesAt, submittedAt: collection.closesAt }
  const unlinked = {
    invitationId: null,
    cascadeLinkId: null,
    resumeTokenHash: null,
    providerKey: null,
    reference: null,
    categoryDiffers: false,
    touched: {},
    revision: 0,
  }
  // Stored anew, in the order of new random identifiers: the old ones begin with a time, and rows lie in the order in which they came.
  const kept = db
    .select()
    .from(responses)
    .where(ofCollection)
    .all()
    .map((row) => ({ row, id: newId() }))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
  const texts = Map.groupBy(
    db
      .select(getTableColumns(textAnswers))
      .from(textAnswers)
      .innerJoin(responses, eq(responses.id, textAnswers.responseId))
      .where(ofCollection)
      .all(),
    (text) => text.responseId,
  )
  db.delete(responses).where(ofCollection).run()
  for (const { row, id } of kept) {
    const { stratum, data } = row
    const hidden = plan && category && merged.get(row.systemId)?.has(stratum?.[category.id] ?? '')
    const told = hidden ? withoutCategory({ stratum, data }, plan) : { stratum, data }
    db.insert(responses)
      .values({ ...row, ...times, ...unlinked, ...told, id })
      .run()
    for (const text of texts.get(row.id) ?? [])
      if (!hidden || text.question !== `${category.variable}-Comment`)
        db.insert(textAnswers)
          .values({ ...text, responseId: id })
          .run()
  }
  return { responsesKept: kept.length, responsesDeleted }
}

const countBy = <T>(rows: readonly T[], keyOf: (row: T) => string) =>
  new Map([...Map.groupBy(rows, keyOf)].map(([key, group]) => [key, group.length]))

/** What was done stays in the log; to whom is taken out. */
function forgetInAuditLog(db: Db, collectionId: string, names: readonly (string | null)[]): void {
  const mentions = mentionsAny(names)
  for (const { id, subject, detail } of db.select().from(auditLog).all()) {
    const about = mentions(subject)
    if (about || mentions(detail))
      db.update(auditLog)
        .set({ detail: null, ...(about ? { subject: collectionId } : {}) })
        .where(eq(auditLog.id, id))
        .run()
  }
}

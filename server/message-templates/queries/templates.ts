import { and, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { messageTemplates } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { badRequest, conflict } from '../../errors.ts'
import { checkTemplate } from '../rules/check-template.ts'
import type { Template } from '../rules/template.ts'
import type { TemplateKind } from '../rules/template-fields.ts'

export type SavedTemplate = typeof messageTemplates.$inferSelect

/** A collection's own words for a kind of message; undefined where it uses the shipped ones. */
export const getMessageTemplate = (db: Db, collectionId: string, kind: TemplateKind): SavedTemplate | undefined =>
  templateOf(db).get({ collectionId, kind })

const templateOf = prepared((db) =>
  db
    .select()
    .from(messageTemplates)
    .where(
      and(
        eq(messageTemplates.collectionId, sql.placeholder('collectionId')),
        eq(messageTemplates.kind, sql.placeholder('kind')),
      ),
    )
    .prepare(),
)

export const listMessageTemplates = (db: Db, collectionId: string): SavedTemplate[] =>
  db.select().from(messageTemplates).where(eq(messageTemplates.collectionId, collectionId)).all()

interface Change {
  collectionId: string
  kind: TemplateKind
  actor: string
  now: Date
}

/** Stores a collection's own words. `revision` is the one they were changed from (0: the shipped words). Throws template_faults, changed_elsewhere. */
export function saveMessageTemplate(
  db: Db,
  { collectionId, kind, actor, now, subject, body, revision }: Change & Template & { revision: number },
): SavedTemplate {
  const faults = checkTemplate(kind, { subject, body })
  if (faults[0]) throw badRequest('template_faults', faults[0].message, faults)
  return write(db, (tx) => {
    refuseIfChanged(tx, { collectionId, kind, revision })
    const words = { subject, body, revision: revision + 1, updatedAt: now.toISOString(), updatedBy: actor }
    const saved = tx
      .insert(messageTemplates)
      .values({ collectionId, kind, ...words })
      .onConflictDoUpdate({ target: [messageTemplates.collectionId, messageTemplates.kind], set: words })
      .returning()
      .get()
    recordAudit(tx, { actor, action: 'template.save', subject: collectionId, detail: { kind }, at: now })
    return saved
  })
}

/** Goes back to the shipped words. Throws changed_elsewhere. */
export function restoreMessageTemplate(
  db: Db,
  { collectionId, kind, actor, now, revision }: Change & { revision: number },
): void {
  write(db, (tx) => {
    refuseIfChanged(tx, { collectionId, kind, revision })
    const mine = and(eq(messageTemplates.collectionId, collectionId), eq(messageTemplates.kind, kind))
    const { changes } = tx.delete(messageTemplates).where(mine).run()
    if (changes > 0)
      recordAudit(tx, { actor, action: 'template.restore', subject: collectionId, detail: { kind }, at: now })
  })
}

function refuseIfChanged(
  db: Db,
  { collectionId, kind, revision }: { collectionId: string; kind: TemplateKind; revision: number },
): void {
  const stored = getMessageTemplate(db, collectionId, kind)?.revision ?? 0
  if (stored !== revision)
    throw conflict('changed_elsewhere', 'Somebody else changed these words meanwhile. Load the page again to see them.')
}

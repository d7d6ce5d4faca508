import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { recordAudit, type Who } from '../db/audit-log.ts'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { collections, frameServices, systems } from '../db/schema.ts'
import { write } from '../db/write.ts'
import { countFrame } from '../collections/queries/collections.ts'
import { conflict } from '../errors.ts'
import type { DrawnService } from './rules/drawn-service.ts'

export type FrameService = typeof frameServices.$inferSelect

export const listFrameServices = (db: Db, collectionId: string): FrameService[] =>
  db
    .select()
    .from(frameServices)
    .where(eq(frameServices.collectionId, collectionId))
    .orderBy(frameServices.name, frameServices.locationId)
    .all()

/** Eligible services with an address, by identifier. */
export function listInvitableServiceIds(db: Db, collectionId: string): string[] {
  const invitable = and(
    eq(frameServices.collectionId, collectionId),
    isNotNull(frameServices.contactEmail),
    isNull(frameServices.notEligibleReason),
  )
  return db
    .select({ id: frameServices.id })
    .from(frameServices)
    .where(invitable)
    .all()
    .map((row) => row.id)
}

/** Puts these services in the place of an earlier frame; for drafts, which have no invitations yet. */
export function replaceFrame(db: Db, collectionId: string, services: readonly FrameService[]): void {
  db.delete(frameServices).where(eq(frameServices.collectionId, collectionId)).run()
  for (const service of services) db.insert(frameServices).values(service).run()
}

export interface DrawnFrame {
  services: readonly DrawnService[]
  /** Of what day the register is: the population of every later figure. */
  registerDate: string | null
  registerFile: string
  acceptUnknown: boolean
}

/** Stores a frame that was drawn for a draft, in the place of an earlier one. Throws not_draft. */
export function storeFrame(
  db: Db,
  collectionId: string,
  { services, registerDate, registerFile, acceptUnknown }: DrawnFrame,
  { actor, now }: Who,
) {
  return write(db, (tx) => {
    const draft = tx
      .update(collections)
      .set({ registerDate, registerFile })
      .where(and(eq(collections.id, collectionId), eq(collections.status, 'draft')))
      .run()
    if (draft.changes === 0)
      throw conflict('not_draft', 'The collection is a draft no longer: its frame stays as it is.')
    const idOf = new Map(
      tx
        .select({ id: systems.id, code: systems.code })
        .from(systems)
        .all()
        .map(({ id, code }) => [code, id]),
    )
    replaceFrame(
      tx,
      collectionId,
      services.map((service) => toRow(service, collectionId, idOf.get(service.systemCode) ?? '')),
    )
    const counts = countFrame(tx, collectionId)
    recordAudit(tx, {
      actor,
      action: 'collection.frame',
      subject: collectionId,
      detail: { ...counts, registerDate, registerFile, acceptUnknown },
      at: now,
    })
    return { ...counts, registerDate, registerFile }
  })
}

function toRow(service: DrawnService, collectionId: string, systemId: string): FrameService {
  const { locationId, name, providerKey, providerName, category, postcode, telephone, contactEmail, contactName } =
    service
  return {
    id: newId(),
    collectionId,
    systemId,
    locationId,
    name,
    providerKey,
    providerName,
    category,
    postcode,
    telephone,
    contactEmail,
    contactName,
    notEligibleReason: null,
  }
}

import { eq } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { collections, collectionSystems } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { badRequest, conflict } from '../../errors.ts'
import { getPublishedVersion } from '../../question-sets/queries/versions.ts'
import { listSystemsByCode } from '../../systems/queries.ts'
import { endOfLondonDay, startOfLondonDay, yearsLater } from '../../time/london-dates.ts'
import { type Collection, requireCollection } from './collections.ts'
import { type Mode } from '../../../surveys/modes.ts'

export interface NewCollection {
  name: string
  /** The slug: its newest published version is fielded. */
  questionSet: string
  mode: Mode
  /** Codes. */
  systems: readonly string[]
  /** Days in Europe/London, `2026-06-01`: from the first instant of one to 23:59:59 of the other. */
  opens: string
  closes: string
  k: number
  notice?: string
  /** A year after the close where it is not said. */
  retainUntil?: string
}

/** Makes a draft. Throws unknown_question_set or unknown_systems. */
export function createCollection(db: Db, input: NewCollection, { actor, now }: Who): Collection {
  return write(db, (tx) => {
    const version = getPublishedVersion(tx, input.questionSet)
    if (!version) throw badRequest('unknown_question_set', `There is no published question set "${input.questionSet}".`)
    const found = listSystemsByCode(tx, input.systems)
    const unknown = input.systems.filter((code) => !found.some((system) => system.code === code))
    if (unknown.length > 0) throw badRequest('unknown_systems', `Unknown system: ${unknown.join(', ')}.`, unknown)
    const id = newId()
    tx.insert(collections)
      .values({ id, status: 'draft', versionId: version.id, createdAt: now.toISOString(), ...columnsOf(input) })
      .run()
    for (const system of found) tx.insert(collectionSystems).values({ collectionId: id, systemId: system.id }).run()
    recordAudit(tx, {
      actor,
      action: 'collection.create',
      subject: id,
      detail: {
        name: input.name,
        questionSet: input.questionSet,
        version: version.version,
        mode: input.mode,
        systems: input.systems,
        k: input.k,
      },
      at: now,
    })
    return requireCollection(tx, id)
  })
}

function columnsOf({ name, mode, opens, closes, k, notice, retainUntil = yearsLater(closes, 1) }: NewCollection) {
  return {
    name,
    notice,
    mode,
    k,
    opensAt: startOfLondonDay(opens).toISOString(),
    closesAt: endOfLondonDay(closes).toISOString(),
    retainUntil: endOfLondonDay(retainUntil).toISOString(),
  }
}

/** Closes an open collection for good. */
export function closeCollection(db: Db, id: string, { actor, now }: Who): Collection {
  return write(db, (tx) => {
    const collection = requireCollection(tx, id)
    if (collection.status !== 'open') throw conflict('not_open', `The collection is ${collection.status}, not open.`)
    tx.update(collections).set({ status: 'closed', closedAt: now.toISOString() }).where(eq(collections.id, id)).run()
    recordAudit(tx, { actor, action: 'collection.close', subject: id, at: now })
    return requireCollection(tx, id)
  })
}

import { eq } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { collections, collectionSystems } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { createInvitations } from '../../invitations/queries/invitations.ts'
import { createCascadeLinks } from '../../invitations/queries/links.ts'
import type { TokenKey } from '../../links/tokens.ts'
import { badRequest, conflict } from '../../errors.ts'
import { countFrameServices, listInvitableServiceIds } from '../../frame/queries.ts'
import { getPublishedVersion } from '../../question-sets/queries/versions.ts'
import { listSystemsByCode } from '../../systems/queries.ts'
import { endOfLondonDay, startOfLondonDay, yearsLater } from '../../time/london-dates.ts'
import { problemsBeforeOpening } from '../../fielding/rules.ts'
import { load, type Collection } from './collections.ts'
import { modeOf, type Mode } from '../../../surveys/modes.ts'

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
    return load(tx, id)
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

/** Opens a draft: invitations for every service with a contact, or a link for each system; k is frozen from here. Sends nothing. */
export function openCollection(db: Db, id: string, { actor, now, tokenKey }: Who & { tokenKey: TokenKey }): Collection {
  return write(db, (tx) => {
    const collection = load(tx, id)
    if (collection.status !== 'draft') throw conflict('not_draft', `The collection is ${collection.status} already.`)
    const serviceIds = listInvitableServiceIds(tx, id)
    const problems = problemsBeforeOpening(
      {
        ...collection,
        invitable: serviceIds.length,
        services: countFrameServices(tx, id),
        systems: collection.systems.length,
      },
      now,
    )
    if (problems.length > 0) throw conflict('not_ready', `The collection cannot open: ${problems.join(' ')}`, problems)
    const links = modeOf(collection).invites
      ? createInvitations(tx, { collectionId: id, serviceIds, tokenKey, now })
      : createCascadeLinks(tx, {
          collectionId: id,
          systemIds: collection.systems.map((system) => system.id),
          tokenKey,
          now,
        })
    tx.update(collections).set({ status: 'open', openedAt: now.toISOString() }).where(eq(collections.id, id)).run()
    recordAudit(tx, {
      actor,
      action: 'collection.open',
      subject: id,
      detail: { links: links.length, k: collection.k },
      at: now,
    })
    return load(tx, id)
  })
}

/** Closes an open collection for good. */
export function closeCollection(db: Db, id: string, { actor, now }: Who): Collection {
  return write(db, (tx) => {
    const collection = load(tx, id)
    if (collection.status !== 'open') throw conflict('not_open', `The collection is ${collection.status}, not open.`)
    tx.update(collections).set({ status: 'closed', closedAt: now.toISOString() }).where(eq(collections.id, id)).run()
    recordAudit(tx, { actor, action: 'collection.close', subject: id, at: now })
    return load(tx, id)
  })
}

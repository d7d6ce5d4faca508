import { and, asc, count, desc, eq, getTableColumns, isNull, lte, ne, or, sql } from 'drizzle-orm'
import { recordAudit, type Who } from '../db/audit-log.ts'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import {
  auditLog,
  cascadeLinks,
  collections,
  collectionSystems,
  frameServices,
  invitations,
  messages,
  questionSets,
  questionSetVersions,
  responses,
  systems,
  textAnswers,
} from '../db/schema.ts'
import { countInvitationStates, createCascadeLinks, createInvitations } from '../distribution/queries.ts'
import type { TokenKey } from '../distribution/rules/tokens.ts'
import { badRequest, conflict, notFound } from '../errors.ts'
import { countFrameServices, listInvitableServiceIds } from '../frame/queries.ts'
import { categoryLabels, serviceCategories } from '../frame/rules/categories.ts'
import { getPublishedVersion, getQuestionSetVersion } from '../question-sets/queries.ts'
import { listSystemsByCode } from '../systems/queries.ts'
import { categoriesToMerge, withoutCategory } from './rules/coarsen.ts'
import { mentionsAny } from './rules/forget.ts'
import { endOfLondonDay, formatLondonDate, startOfLondonDay, yearsLater } from './rules/london-dates.ts'
import { problemsBeforeOpening } from './rules/opening.ts'
import { countProgress, type ProgressGroup } from './rules/progress.ts'
import { isOpen } from './rules/status.ts'
import type { Progress } from './schema.ts'

// Taking the lock first: the server and the command line may write at the same time.
const immediate = { behavior: 'immediate' } as const

/** A collection's row, with its question set (`questionSet`: the slug), version number and the region, code and name of its systems. */
export type Collection = NonNullable<ReturnType<typeof getCollection>>

export function getCollection(db: Db, id: string) {
  const row = selectCollections(db).where(eq(collections.id, id)).get()
  return row && { ...row.collection, ...row.version, systems: listCollectionSystems(db, id) }
}

/** Newest first. */
export function listCollections(db: Db): Collection[] {
  const rows = selectCollections(db).orderBy(desc(collections.createdAt), desc(collections.id)).all()
  return rows.map((row) => ({
    ...row.collection,
    ...row.version,
    systems: listCollectionSystems(db, row.collection.id),
  }))
}

/** By identifier, or by a name that only one collection has; throws not_found or ambiguous_collection. */
export function findCollection(db: Db, idOrName: string): Collection {
  const byName = () => db.select({ id: collections.id }).from(collections).where(eq(collections.name, idOrName)).all()
  const known = getCollection(db, idOrName)
  if (known) return known
  const named = byName()
  if (named.length > 1)
    throw conflict(
      'ambiguous_collection',
      `${named.length} collections are called "${idOrName}": give the identifier.`,
      named.map((row) => row.id),
    )
  const found = named[0] && getCollection(db, named[0].id)
  if (!found) throw notFound(`There is no collection "${idOrName}".`)
  return found
}

function selectCollections(db: Db) {
  const version = {
    questionSet: questionSets.slug,
    questionSetTitle: questionSets.title,
    version: questionSetVersions.version,
    versionSha256: questionSetVersions.sha256,
  }
  return db
    .select({ collection: collections, version })
    .from(collections)
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .innerJoin(questionSets, eq(questionSets.id, questionSetVersions.questionSetId))
}

export function listCollectionSystems(db: Db, collectionId: string) {
  return db
    .select({ id: systems.id, code: systems.code, name: systems.name, region: systems.region })
    .from(collectionSystems)
    .innerJoin(systems, eq(systems.id, collectionSystems.systemId))
    .where(eq(collectionSystems.collectionId, collectionId))
    .orderBy(systems.name)
    .all()
}

export interface NewCollection {
  name: string
  /** The slug: its newest published version is fielded. */
  questionSet: string
  mode: 'personal' | 'cascade'
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
  return db.transaction((tx) => {
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
  }, immediate)
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

/** Throws not_found. */
export function load(db: Db, id: string): Collection {
  const collection = getCollection(db, id)
  if (!collection) throw notFound('There is no such collection.')
  return collection
}

/** Opens a draft: invitations for every service with a contact, or a link for each system; k is frozen from here. Sends nothing. */
export function openCollection(db: Db, id: string, { actor, now, tokenKey }: Who & { tokenKey: TokenKey }): Collection {
  return db.transaction((tx) => {
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
    const links =
      collection.mode === 'personal'
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
  }, immediate)
}

/** Closes an open collection for good. */
export function closeCollection(db: Db, id: string, { actor, now }: Who): Collection {
  return db.transaction((tx) => {
    const collection = load(tx, id)
    if (collection.status !== 'open') throw conflict('not_open', `The collection is ${collection.status}, not open.`)
    tx.update(collections).set({ status: 'closed', closedAt: now.toISOString() }).where(eq(collections.id, id)).run()
    recordAudit(tx, { actor, action: 'collection.close', subject: id, at: now })
    return load(tx, id)
  }, immediate)
}

/** How far a collection has come: invitations, messages, responses by system and type of service. */
export function getProgress(db: Db, collection: Collection, now: Date): Progress {
  const plan = getQuestionSetVersion(db, collection.versionId)?.plan
  const lead = plan?.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]
  const idOf = (from: string) => plan?.breakdowns.find((breakdown) => breakdown.from === from)?.id ?? from
  const groups =
    collection.mode === 'personal' ? countInvitationStates(db, collection.id, lead) : countResponses(db, collection.id)
  return countProgress(groups, {
    mode: collection.mode,
    closed: !isOpen(collection, now),
    k: collection.k,
    systems: collection.systems,
    categories: serviceCategories.map((code) => ({ code, label: categoryLabels[code] })),
    breakdowns: { system: idOf('system'), category: idOf('category') },
  })
}

function countResponses(db: Db, collectionId: string): ProgressGroup[] {
  const { systemId, status } = getTableColumns(responses)
  const real = and(eq(responses.collectionId, collectionId), sql`${responses.source} <> 'test'`)
  return db.select({ systemId, status, count: count() }).from(responses).where(real).groupBy(systemId, status).all()
}

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
  return db.transaction((tx) => {
    const collection = load(tx, id)
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
  }, immediate)
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
  const kept = db.select().from(responses).where(ofCollection).orderBy(asc(responses.id)).all()
  const texts = db
    .select(getTableColumns(textAnswers))
    .from(textAnswers)
    .innerJoin(responses, eq(responses.id, textAnswers.responseId))
    .where(ofCollection)
    .orderBy(asc(textAnswers.id))
    .all()
  // Stored anew in the order of their random identifiers: the order in which rows came is gone with the times.
  db.delete(responses).where(ofCollection).run()
  const untold = new Set<string>()
  for (const { stratum, data, ...row } of kept) {
    const hidden = plan && category && merged.get(row.systemId)?.has(stratum?.[category.id] ?? '')
    if (hidden) untold.add(row.id)
    db.insert(responses)
      .values({
        ...row,
        ...times,
        ...unlinked,
        ...(hidden ? withoutCategory({ stratum, data }, plan) : { stratum, data }),
      })
      .run()
  }
  const told = texts.filter(
    ({ responseId, question }) => !untold.has(responseId) || question !== `${category?.variable}-Comment`,
  )
  for (const text of told) db.insert(textAnswers).values(text).run()
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

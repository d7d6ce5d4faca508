import { count, desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  collections,
  collectionSystems,
  frameServices,
  questionSets,
  questionSetVersions,
  systems,
} from '../../db/schema.ts'
import { conflict, notFound } from '../../errors.ts'
import { versionTitle } from '../../question-sets/queries/versions.ts'

/** A collection's row, with its question set (`questionSet`: the slug), version number and the region, code and name of its systems. */
export type Collection = NonNullable<ReturnType<typeof getCollection>>

export function getCollection(db: Db, id: string) {
  const row = selectCollections(db).where(eq(collections.id, id)).get()
  return row && { ...row.collection, ...row.version, systems: listCollectionSystems(db, id) }
}

/** Throws not_found. */
export function requireCollection(db: Db, id: string): Collection {
  const collection = getCollection(db, id)
  if (!collection) throw notFound('There is no such collection.')
  return collection
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
    questionSetTitle: versionTitle,
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

/** How many services a frame holds, and how many of them have a contact. */
export function countFrame(db: Db, collectionId: string): { services: number; withContact: number } {
  const counts = { services: count(), withContact: count(frameServices.contactEmail) }
  return (
    db.select(counts).from(frameServices).where(eq(frameServices.collectionId, collectionId)).get() ?? {
      services: 0,
      withContact: 0,
    }
  )
}

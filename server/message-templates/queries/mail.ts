import { asc, eq, and, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { collections, collectionSystems, frameServices, questionSetVersions, systems } from '../../db/schema.ts'

/** What every message of a collection tells: select it, and join collections, questionSetVersions and systems. */
export const messageAbout = {
  collection: collections,
  system: systems,
  title: sql<string>`json_extract(${questionSetVersions.questions}, '$.title')`,
  minutes: sql<number>`json_extract(${questionSetVersions.plan}, '$.minutes')`,
}

/** What a message of a collection would be made from, whoever it goes to; undefined for an unknown collection. */
export function getCollectionForMail(db: Db, collectionId: string) {
  const { collection, title, minutes } = messageAbout
  return db
    .select({ collection, title, minutes })
    .from(collections)
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .where(eq(collections.id, collectionId))
    .get()
}

/** A service of the frame, to make an example of: the one asked for, else the first by name that has an address, else the first. */
export function getExampleService(db: Db, collectionId: string, locationId?: string) {
  return db
    .select({ service: frameServices, system: systems })
    .from(frameServices)
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .where(
      and(
        eq(frameServices.collectionId, collectionId),
        locationId === undefined ? undefined : eq(frameServices.locationId, locationId),
      ),
    )
    .orderBy(sql`${frameServices.contactEmail} is null`, asc(frameServices.name), asc(frameServices.locationId))
    .limit(1)
    .get()
}

export const listCollectionSystemNames = (db: Db, collectionId: string): string[] =>
  db
    .select({ name: systems.name })
    .from(collectionSystems)
    .innerJoin(systems, eq(systems.id, collectionSystems.systemId))
    .where(eq(collectionSystems.collectionId, collectionId))
    .orderBy(asc(systems.name))
    .all()
    .map((row) => row.name)

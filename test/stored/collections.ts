import { asc, eq } from 'drizzle-orm'
import type { Db } from '../../server/db/open.ts'
import { cascadeLinks, collections, responseFlags } from '../../server/db/schema.ts'

export const storedCollections = (db: Db) => db.select().from(collections).all()

/** Every collection, past all rules of its life. */
export const changeCollections = (db: Db, values: Partial<typeof collections.$inferInsert>) =>
  db.update(collections).set(values).run()

export const storedCascadeLinks = (db: Db) =>
  db.select().from(cascadeLinks).orderBy(asc(cascadeLinks.organisation)).all()

/** One link, or all. */
export const changeCascadeLinks = (db: Db, values: Partial<typeof cascadeLinks.$inferInsert>, id?: string) =>
  db
    .update(cascadeLinks)
    .set(values)
    .where(id === undefined ? undefined : eq(cascadeLinks.id, id))
    .run()

/** By kind. */
export const storedFlags = (db: Db) => db.select().from(responseFlags).orderBy(asc(responseFlags.kind)).all()

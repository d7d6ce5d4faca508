import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { questionSetVersions } from '../../db/schema.ts'
import { notFound } from '../../errors.ts'

/** Throws not_found. */
export function getVersion(db: Db, id: string) {
  const version = db.select().from(questionSetVersions).where(eq(questionSetVersions.id, id)).get()
  if (!version) throw notFound('There is no such version of a question set.')
  return version
}

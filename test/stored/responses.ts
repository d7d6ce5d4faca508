import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../server/db/open.ts'
import { responses, textAnswers } from '../../server/db/schema.ts'
import { newId } from '../../server/db/ids.ts'

export type StoredResponse = typeof responses.$inferSelect

/** As they came. */
export const storedResponses = (db: Db): StoredResponse[] =>
  db.select().from(responses).orderBy(asc(responses.createdAt), asc(responses.id)).all()

export const submittedResponses = (db: Db): StoredResponse[] =>
  storedResponses(db).filter(({ status }) => status === 'complete')

type Needed = 'collectionId' | 'versionId' | 'systemId'
type NewResponse = Partial<typeof responses.$inferInsert> & Pick<StoredResponse, Needed>

/** Past the respondent's pages and every check: by default an empty, complete response from the web. */
export const storeResponse = (db: Db, values: NewResponse): void => {
  const times = { createdAt: '', savedAt: '' }
  db.insert(responses)
    .values({ id: newId(), source: 'web', status: 'complete', data: {}, touched: {}, ...times, ...values })
    .run()
}

/** One response, or all. */
export const changeResponses = (db: Db, values: Partial<typeof responses.$inferInsert>, id?: string) =>
  db
    .update(responses)
    .set(values)
    .where(id === undefined ? undefined : eq(responses.id, id))
    .run()

/** In the order in which they lie in the file. */
export const responseIdsAsTheyLie = (db: Db): string[] =>
  db
    .select({ id: responses.id })
    .from(responses)
    .orderBy(sql`rowid`)
    .all()
    .map(({ id }) => id)

export const textsOf = (db: Db, responseId: string) =>
  db.select().from(textAnswers).where(eq(textAnswers.responseId, responseId)).all()

/** The free text of all submitted responses. */
export const storedTexts = (db: Db): string[] =>
  db
    .select({ text: textAnswers.text })
    .from(textAnswers)
    .all()
    .map(({ text }) => text)

// What the database of a server holds that runs in a process of its own.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { and, asc, count, eq, isNull, ne } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from '../../server/db/open.ts'
import * as schema from '../../server/db/schema.ts'
import type { Answers } from '../../surveys/question-set.ts'

const { mailings, messageEvents, messages, responses, textAnswers } = schema

/** Reads the database of a data folder, and closes it again: the next to open it must find it as it was left. */
export async function withStored<T>(folder: string, use: (db: Db) => T | Promise<T>): Promise<T> {
  const client = new BetterSqlite3(join(folder, 'footbridge.sqlite'), { readonly: true })
  try {
    return await use(drizzle(client, { schema, casing: 'snake_case' }))
  } finally {
    client.close()
  }
}

export const countMessages = (db: Db): number => db.select({ n: count() }).from(messages).get()!.n

type Status = (typeof messages.$inferSelect)['status']
export const countMessagesThatAre = (db: Db, status: Status): number =>
  db.select({ n: count() }).from(messages).where(eq(messages.status, status)).get()!.n
export const countMessagesThatAreNot = (db: Db, status: Status): number =>
  db.select({ n: count() }).from(messages).where(ne(messages.status, status)).get()!.n

export const countEvents = (db: Db, detail: string): number =>
  db.select({ n: count() }).from(messageEvents).where(eq(messageEvents.detail, detail)).get()!.n

/** Mailings of a kind, and how many of them are not in the outbox in full. */
export const countMailings = (db: Db, kind: (typeof mailings.$inferSelect)['kind']) => ({
  all: db.select().from(mailings).where(eq(mailings.kind, kind)).all().length,
  open: db
    .select()
    .from(mailings)
    .where(and(eq(mailings.kind, kind), isNull(mailings.queuedAt)))
    .all().length,
})

export const countResponses = (db: Db) => {
  const invited = db.select({ invitationId: responses.invitationId }).from(responses).all()
  return { all: invited.length, invitations: new Set(invited.map(({ invitationId }) => invitationId)).size }
}

export interface StoredResponse {
  reference: string | null
  data: Answers
  /** By question. */
  texts: Record<string, string>
}

export const listComplete = (db: Db): StoredResponse[] =>
  db
    .select()
    .from(responses)
    .where(eq(responses.status, 'complete'))
    .all()
    .map(({ id, reference, data }) => ({
      reference,
      data,
      texts: Object.fromEntries(
        db
          .select()
          .from(textAnswers)
          .where(eq(textAnswers.responseId, id))
          .orderBy(asc(textAnswers.question))
          .all()
          .map(({ question, text }) => [question, text]),
      ),
    }))

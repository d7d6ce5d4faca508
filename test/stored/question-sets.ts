import { eq, sql } from 'drizzle-orm'
import type { Db, OpenDatabase } from '../../server/db/open.ts'
import {
  questionSetDraftChanges,
  questionSetDrafts,
  questionSets,
  questionSetVersions,
} from '../../server/db/schema.ts'
import { rowsOf } from './everything.ts'

/** Everything of question sets, to be compared with what it is later. */
export const everyQuestionSetStored = (db: Db) =>
  rowsOf(db, questionSets, questionSetVersions, questionSetDrafts, questionSetDraftChanges)

/** Throws where it is published. */
export const changeVersion = (db: Db, id: string, values: Partial<typeof questionSetVersions.$inferInsert>) =>
  db.update(questionSetVersions).set(values).where(eq(questionSetVersions.id, id)).run()

/** As if the shipped files had been other ones when this database was made. */
export function makeVersionsOlderThanShipped(db: OpenDatabase): void {
  db.$client.exec('drop trigger question_set_versions_published_update')
  db.update(questionSetVersions)
    .set({ sha256: sql`'older' || ${questionSetVersions.version}` })
    .run()
}

/** As if every draft had been started from a version that nobody knows. */
export function baseDraftsOnAnother(db: OpenDatabase): void {
  db.$client.pragma('foreign_keys = OFF')
  db.update(questionSetDrafts).set({ basedOn: 'older' }).run()
}

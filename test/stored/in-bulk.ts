import type { Db } from '../../server/db/open.ts'
import { frameServices, invitations, responses, textAnswers } from '../../server/db/schema.ts'

// SQLite takes 32,766 values in a statement.
const atOnce = 500

function* inParts<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += atOnce) yield rows.slice(start, start + atOnce)
}

/** Past every check, as are the others here: for measuring beside a hundred thousand. */
export function storeServices(db: Db, rows: readonly (typeof frameServices.$inferInsert)[]): void {
  for (const part of inParts(rows)) db.insert(frameServices).values(part).run()
}

export function storeInvitations(db: Db, rows: readonly (typeof invitations.$inferInsert)[]): void {
  for (const part of inParts(rows)) db.insert(invitations).values(part).run()
}

export function storeResponses(db: Db, rows: readonly (typeof responses.$inferInsert)[]): void {
  for (const part of inParts(rows)) db.insert(responses).values(part).run()
}

export function storeTexts(db: Db, rows: readonly (typeof textAnswers.$inferInsert)[]): void {
  for (const part of inParts(rows)) db.insert(textAnswers).values(part).run()
}

/** Takes every response out again. */
export function deleteResponses(db: Db): void {
  db.delete(textAnswers).run()
  db.delete(responses).run()
}

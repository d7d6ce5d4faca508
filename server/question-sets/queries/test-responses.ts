import { and, count, desc, eq, isNull } from 'drizzle-orm'
import type { Answers } from '../../../surveys/question-set.ts'
import type { Who } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { testResponses } from '../../db/schema.ts'
import { badRequest, notFound } from '../../errors.ts'
import { definitionOf } from '../../../surveys/definition/definition.ts'
import type { ContentToTry } from '../rules/draft/content.ts'

export type TestResponse = typeof testResponses.$inferSelect

const mostShown = 100

/** Keeps answers given to try the content out. Throws invalid_answers where a respondent could not submit them. */
export function addTestResponse(
  db: Db,
  { content, answers, actor, now }: { content: ContentToTry; answers: Answers } & Who,
): TestResponse {
  const problems = definitionOf(content).check(answers, { complete: true })
  const whole = problems.find(({ question }) => question === '')
  if (whole) throw badRequest('invalid_answers', whole.message)
  if (problems.length > 0) throw badRequest('invalid_answers', 'A respondent could not submit these answers.', problems)
  const { slug, version, sha256 } = content
  return db
    .insert(testResponses)
    .values({ id: newId(), slug, version, sha256, data: answers, createdBy: actor, createdAt: now.toISOString() })
    .returning()
    .get()
}

/** Of a set's versions and its draft, newest first, at most 100; `total` is how many there are. */
export function listTestResponses(db: Db, slug: string): { total: number; list: TestResponse[] } {
  const ofSet = eq(testResponses.slug, slug)
  return {
    total: db.select({ total: count() }).from(testResponses).where(ofSet).get()?.total ?? 0,
    list: db
      .select()
      .from(testResponses)
      .where(ofSet)
      .orderBy(desc(testResponses.createdAt), desc(testResponses.id))
      .limit(mostShown)
      .all(),
  }
}

/** Throws not_found. */
export function deleteTestResponse(db: Db, slug: string, id: string): void {
  const { changes } = db
    .delete(testResponses)
    .where(and(eq(testResponses.slug, slug), eq(testResponses.id, id)))
    .run()
  if (changes === 0) throw notFound('There is no such test response.')
}

export function deleteTestResponses(db: Db, slug: string): void {
  db.delete(testResponses).where(eq(testResponses.slug, slug)).run()
}

const toDraft = (slug: string) => and(eq(testResponses.slug, slug), isNull(testResponses.version))

export function deleteTestResponsesOfDraft(tx: Db, slug: string): void {
  tx.delete(testResponses).where(toDraft(slug)).run()
}

/** Those that answered the draft as it was published answered the version. */
export function keepTestResponses(
  tx: Db,
  { slug, version, sha256 }: { slug: string; version: number; sha256: string },
) {
  tx.update(testResponses)
    .set({ version })
    .where(and(toDraft(slug), eq(testResponses.sha256, sha256)))
    .run()
}

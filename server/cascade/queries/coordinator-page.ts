import { and, count, eq, ne, sql } from 'drizzle-orm'
import { recordAudit } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, questionSetVersions, responses } from '../../db/schema.ts'
import { write } from '../../db/write.ts'

/** Submitted answers that came through a link. */
export function countAnswersThrough(db: Db, cascadeLinkId: string): number {
  const submitted = and(
    eq(responses.cascadeLinkId, cascadeLinkId),
    eq(responses.status, 'complete'),
    ne(responses.source, 'test'),
  )
  return db.select({ answers: count() }).from(responses).where(submitted).get()?.answers ?? 0
}

/** The title of the questionnaire, and how many minutes it takes. */
export function getSurveyWords(db: Db, versionId: string): { title: string; minutes: number } {
  const words = db
    .select({
      title: sql<string>`json_extract(${questionSetVersions.questions}, '$.title')`,
      minutes: sql<number>`json_extract(${questionSetVersions.plan}, '$.minutes')`,
    })
    .from(questionSetVersions)
    .where(eq(questionSetVersions.id, versionId))
    .get()
  if (!words) throw new Error(`The question set version ${versionId} is missing.`)
  return words
}

/** Stores how many people a coordinator says that the link was passed to. */
export function declareReach(db: Db, cascadeLinkId: string, reach: number, now: Date): void {
  write(db, (tx) => {
    tx.update(cascadeLinks)
      .set({ declaredReach: reach, declaredAt: now.toISOString() })
      .where(eq(cascadeLinks.id, cascadeLinkId))
      .run()
    const detail = { reach }
    recordAudit(tx, { actor: 'coordinator', action: 'reach.declare', subject: cascadeLinkId, detail, at: now })
  })
}

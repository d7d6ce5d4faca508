import { and, desc, eq, getTableColumns, isNotNull, max } from 'drizzle-orm'
import type { AnalysisPlan, Questions } from '../../surveys/question-set.ts'
import { canonicalJson, sha256 } from '../db/canonical-json.ts'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { questionSets, questionSetVersions } from '../db/schema.ts'

const versionColumns = { ...getTableColumns(questionSetVersions), slug: questionSets.slug, title: questionSets.title }

const selectVersions = (db: Db) =>
  db
    .select(versionColumns)
    .from(questionSetVersions)
    .innerJoin(questionSets, eq(questionSets.id, questionSetVersions.questionSetId))

export type QuestionSetVersion = NonNullable<ReturnType<typeof getQuestionSetVersion>>

export const getQuestionSetVersion = (db: Db, versionId: string) =>
  selectVersions(db).where(eq(questionSetVersions.id, versionId)).get()

/** The newest published version of a question set. */
export const getPublishedVersion = (db: Db, slug: string) =>
  selectVersions(db)
    .where(and(eq(questionSets.slug, slug), isNotNull(questionSetVersions.publishedAt)))
    .orderBy(desc(questionSetVersions.version))
    .get()

export const getVersionByNumber = (db: Db, slug: string, version: number) =>
  selectVersions(db)
    .where(and(eq(questionSets.slug, slug), eq(questionSetVersions.version, version)))
    .get()

/** Every question set by title, each with its versions, newest first; without their content. */
export function listQuestionSets(db: Db) {
  const { id, questionSetId, version, sha256, comparability, publishedAt } = getTableColumns(questionSetVersions)
  const versions = db
    .select({ id, questionSetId, version, sha256, comparability, publishedAt })
    .from(questionSetVersions)
    .orderBy(desc(questionSetVersions.version))
    .all()
  const sets = db.select().from(questionSets).orderBy(questionSets.title).all()
  return sets.map((set) => ({ ...set, versions: versions.filter((version) => version.questionSetId === set.id) }))
}

export interface PublishedContent {
  slug: string
  questions: Questions
  plan: AnalysisPlan
  /** What changed and whether results may be compared with the version before, in the publisher's words. */
  comparability?: string
}

/** Adds a published version, and the question set where the slug is new; content that was published before gives its old version back. */
export function publishVersion(db: Db, { slug, questions, plan, comparability }: PublishedContent, now: Date) {
  const hash = sha256(canonicalJson({ questions, plan }))
  return (
    getVersionByHash(db, slug, hash) ??
    db.transaction((tx) => getVersionByHash(tx, slug, hash) ?? addVersion(tx), { behavior: 'immediate' })
  )

  function addVersion(tx: Db) {
    const at = now.toISOString()
    const set = { id: newId(), slug, title: questions.title, createdAt: at }
    const { id: questionSetId } = tx
      .insert(questionSets)
      .values(set)
      .onConflictDoUpdate({ target: questionSets.slug, set: { title: set.title } })
      .returning()
      .get()
    const last = tx
      .select({ version: max(questionSetVersions.version) })
      .from(questionSetVersions)
      .where(eq(questionSetVersions.questionSetId, questionSetId))
      .get()
    const row = {
      id: newId(),
      questionSetId,
      version: (last?.version ?? 0) + 1,
      questions,
      plan,
      sha256: hash,
      planSha256: sha256(canonicalJson(plan)),
      comparability,
      createdAt: at,
      publishedAt: at,
    }
    tx.insert(questionSetVersions).values(row).run()
    return { ...row, comparability: comparability ?? null, slug, title: set.title }
  }
}

const getVersionByHash = (db: Db, slug: string, hash: string) =>
  selectVersions(db)
    .where(
      and(
        eq(questionSets.slug, slug),
        eq(questionSetVersions.sha256, hash),
        isNotNull(questionSetVersions.publishedAt),
      ),
    )
    .get()

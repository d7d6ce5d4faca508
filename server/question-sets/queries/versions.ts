import { and, asc, desc, eq, getTableColumns, isNotNull, max, sql } from 'drizzle-orm'
import type { AnalysisPlan, Questions } from '../../../surveys/question-set.ts'
import { canonicalJson, sha256 } from '../../canonical-json.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { questionSetDrafts, questionSets, questionSetVersions } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import type { Change, StatedChange } from '../../../surveys/stated-change.ts'
import { listChangesAlong } from '../rules/difference/changes-along.ts'
import { listChanges } from '../rules/difference/list-changes.ts'

/** A version keeps the title that it was published with, whatever its set is called later. */
export const versionTitle = sql<string>`json_extract(${questionSetVersions.questions}, '$.title')`

const versionColumns = { ...getTableColumns(questionSetVersions), slug: questionSets.slug, title: versionTitle }

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

/** The published versions of a question set, oldest first. */
export const listPublishedVersions = (db: Db, slug: string) =>
  selectVersions(db)
    .where(and(eq(questionSets.slug, slug), isNotNull(questionSetVersions.publishedAt)))
    .orderBy(asc(questionSetVersions.version))
    .all()

export interface Step {
  before: QuestionSetVersion
  after: QuestionSetVersion
  changes: readonly Change[]
}

/** Each step from one published version to a later one, and last the way as a whole; none where `to` is no later published version. */
export function listSteps(db: Db, slug: string, from: number, to: number): Step[] {
  const versions = listPublishedVersions(db, slug).filter(({ version }) => version >= from && version <= to)
  if (versions.length < 2 || versions.at(-1)?.version !== to) return []
  const ways = [...versions.slice(1).map((after, place) => [versions[place]!, after]), versions]
  return ways.map((way) => ({ before: way[0]!, after: way.at(-1)!, changes: listChangesAlong(way) }))
}

/** From one published version to another; by the way between them where it is the later. */
export const compareVersions = (db: Db, before: QuestionSetVersion, after: QuestionSetVersion): readonly Change[] =>
  listSteps(db, before.slug, before.version, after.version).at(-1)?.changes ?? listChanges(before, after)

/** Whether an admin has taken a question set over: with a version of their own, or a draft. */
export const isInAdminsHands = (db: Db, slug: string): boolean =>
  db.select({ slug: questionSetDrafts.slug }).from(questionSetDrafts).where(eq(questionSetDrafts.slug, slug)).get() !==
    undefined ||
  selectVersions(db)
    .where(and(eq(questionSets.slug, slug), isNotNull(questionSetVersions.publishedBy)))
    .get() !== undefined

/** Every question set by title, each with its versions, newest first; without their content. */
export function listQuestionSets(db: Db) {
  const columns = getTableColumns(questionSetVersions)
  const { id, questionSetId, version, sha256, comparability, comparable, publishedAt, publishedBy } = columns
  const versions = db
    .select({ id, questionSetId, version, sha256, comparability, comparable, publishedAt, publishedBy })
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
  /** What may be compared with the version before, in the publisher's words. */
  comparability?: string | undefined
  comparable?: boolean | null
  /** From the version before. */
  changes?: StatedChange[]
  /** Nobody where the software ships it. */
  publishedBy?: string
}

/** Adds a published version of what the software ships; content that was published before gives its old version back. */
export function publishVersion(db: Db, content: PublishedContent, now: Date): QuestionSetVersion {
  const { slug, questions, plan } = content
  const hash = sha256(canonicalJson({ questions, plan }))
  return (
    getVersionByHash(db, slug, hash) ??
    write(db, (tx) => getVersionByHash(tx, slug, hash) ?? addVersion(tx, content, now))
  )
}

/** Adds the next published version, and the question set where the slug is new. */
export function addVersion(tx: Db, { slug, ...content }: PublishedContent, now: Date): QuestionSetVersion {
  const { questions, plan } = content
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
  const row = tx
    .insert(questionSetVersions)
    .values({
      ...content,
      id: newId(),
      questionSetId,
      version: (last?.version ?? 0) + 1,
      sha256: sha256(canonicalJson({ questions, plan })),
      planSha256: sha256(canonicalJson(plan)),
      createdAt: at,
      publishedAt: at,
    })
    .returning()
    .get()
  return { ...row, slug, title: questions.title }
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

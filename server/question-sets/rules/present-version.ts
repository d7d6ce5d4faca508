import type { listQuestionSets, QuestionSetVersion } from '../queries/versions.ts'
import type { QuestionSetSummary, QuestionSetVersionDetail } from '../schema/versions.ts'

type ListedSet = ReturnType<typeof listQuestionSets>[number]

const presentSummary = (row: ListedSet['versions'][number]) => ({
  id: row.id,
  version: row.version,
  sha256: row.sha256,
  comparability: row.comparability,
  comparable: row.comparable,
  publishedAt: row.publishedAt,
  publishedBy: row.publishedBy,
})

/** A question set and its versions, without their content. */
export const presentSet = ({ id, slug, title, versions }: ListedSet): QuestionSetSummary => ({
  id,
  slug,
  title,
  versions: versions.map(presentSummary),
})

/** A version with its content. */
export const presentVersion = (row: QuestionSetVersion): QuestionSetVersionDetail => ({
  ...presentSummary(row),
  slug: row.slug,
  title: row.title,
  planSha256: row.planSha256,
  changes: row.changes,
  questions: row.questions,
  plan: row.plan,
})

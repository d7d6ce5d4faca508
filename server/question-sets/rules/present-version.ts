import type { QuestionSetSummary, QuestionSetVersionDetail } from '../schema/versions.ts'

type Summary = QuestionSetSummary['versions'][number]

const presentSummary = (row: Summary): Summary => ({
  id: row.id,
  version: row.version,
  sha256: row.sha256,
  comparability: row.comparability,
  comparable: row.comparable,
  publishedAt: row.publishedAt,
  publishedBy: row.publishedBy,
})

/** A question set and its versions, without their content. */
export const presentSet = ({ id, slug, title, versions }: QuestionSetSummary): QuestionSetSummary => ({
  id,
  slug,
  title,
  versions: versions.map(presentSummary),
})

/** A version with its content. */
export const presentVersion = (row: QuestionSetVersionDetail): QuestionSetVersionDetail => ({
  ...presentSummary(row),
  slug: row.slug,
  title: row.title,
  planSha256: row.planSha256,
  changes: row.changes,
  questions: row.questions,
  plan: row.plan,
})

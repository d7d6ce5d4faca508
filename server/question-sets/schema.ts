import { z } from 'zod'
import { analysisPlanSchema, questionsSchema } from '../../surveys/question-set.ts'

const versionSummarySchema = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Of the questions and the plan in canonical JSON. */
  sha256: z.string(),
  comparability: z.string().nullable(),
  publishedAt: z.string().nullable(),
})

const questionSetSchema = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  /** Newest first. */
  versions: z.array(versionSummarySchema),
})
export type QuestionSetSummary = z.infer<typeof questionSetSchema>
export const questionSetListSchema = z.array(questionSetSchema)

export const versionParamsSchema = z.object({
  slug: analysisPlanSchema.shape.slug,
  version: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be the number of a version')
    .transform(Number),
})

export const questionSetVersionSchema = versionSummarySchema.extend({
  slug: z.string(),
  title: z.string(),
  planSha256: z.string(),
  /** With the provenance of every question. */
  questions: questionsSchema,
  plan: analysisPlanSchema,
})
export type QuestionSetVersionDetail = z.infer<typeof questionSetVersionSchema>

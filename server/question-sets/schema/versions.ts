import { z } from 'zod'
import { analysisPlanSchema, questionsSchema } from '../../../surveys/question-set.ts'

export const changeSchema = z.object({
  class: z.enum(['correction', 'wording', 'codes', 'plan', 'structure']),
  kind: z.enum(['added', 'removed', 'moved', 'changed']),
  place: z.string(),
  what: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
  /** Whoever publishes it may declare it a correction of spelling. */
  respelt: z.literal(true).optional(),
})

export const versionSummarySchema = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Of the questions and the plan in canonical JSON. */
  sha256: z.string(),
  /** Of results with those of the version before, in words; null for the first and for what the software ships. */
  comparability: z.string().nullable(),
  /** True where it only corrects the version before; null where the words have to be read. */
  comparable: z.boolean().nullable(),
  publishedAt: z.string().nullable(),
  /** Null for what the software ships. */
  publishedBy: z.string().nullable(),
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

const versionNumberSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'must be the number of a version')
  .transform(Number)

export const slugParamsSchema = z.object({ slug: analysisPlanSchema.shape.slug })
export const versionParamsSchema = slugParamsSchema.extend({ version: versionNumberSchema })
export const compareQuerySchema = z.strictObject({ from: versionNumberSchema, to: versionNumberSchema })

/** What changed from a version to a later one, or to the draft; `from` is null where the set is new. */
export const comparisonSchema = z.object({
  from: z.number().int().nullable(),
  to: z.union([z.number().int(), z.literal('draft')]),
  /** Each with the key that a statement on it names. */
  changes: z.array(changeSchema.extend({ key: z.string() })),
})
export type Comparison = z.infer<typeof comparisonSchema>

export const questionSetFileSchema = z.object({
  footbridge: z.literal(1),
  version: z.number().int().optional(),
  sha256: z.string().optional(),
  questions: z.record(z.string(), z.unknown()),
  plan: z.record(z.string(), z.unknown()),
})

/** Of a preview to pass on: whoever has it sees the questions, and nothing is kept of what they answer. */
export const previewLinkSchema = z.object({ url: z.string() })

export const questionSetVersionSchema = versionSummarySchema.extend({
  slug: z.string(),
  title: z.string(),
  planSha256: z.string(),
  /** From the version before, each with what its publisher says of comparing across it, or who declared it a correction. */
  changes: z
    .array(changeSchema.extend({ statement: z.string().optional(), declaredBy: z.string().optional() }))
    .nullable(),
  /** With the provenance of every question. */
  questions: questionsSchema,
  plan: analysisPlanSchema,
})
export type QuestionSetVersionDetail = z.infer<typeof questionSetVersionSchema>

import { z } from 'zod'
import type { IndicatorResult } from '../../../surveys/counting/count-answer.ts'
import { slugParamsSchema } from './versions.ts'

/** Checked against the questions, not here. Not z.record: it drops a `__proto__` in silence. */
const answersSchema = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
)

export const fillTestResponseSchema = z.strictObject({
  /** As a respondent would submit them: without those to questions that they hide. */
  answers: answersSchema,
})

export const testResponseParamsSchema = slugParamsSchema.extend({ id: z.string().regex(/^[0-9a-z]{20}$/) })

const results = [
  'counts',
  'in_base',
  'dont_know',
  'not_applicable',
  'not_asked',
  'missing',
] as const satisfies readonly IndicatorResult[]

const readingSchema = z.object({
  /** Every question that was asked, in order; no line where it was not answered, a label on each line of a matrix. */
  words: z.array(
    z.object({
      question: z.string(),
      title: z.string(),
      lines: z.array(z.object({ label: z.string().optional(), text: z.string() })),
    }),
  ),
  /** See surveys/count-answer.ts. */
  indicators: z.array(z.object({ id: z.string(), label: z.string(), result: z.enum(results) })),
  scales: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      mean: z.number().nullable(),
      answered: z.number().int(),
      of: z.number().int(),
    }),
  ),
})

export const testResponseSchema = z.object({
  id: z.string(),
  /** Null for the draft. */
  version: z.number().int().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  answers: answersSchema,
  /** Whether the draft was changed since it was answered: the reading is by the draft as it is now. */
  changedSince: z.boolean(),
  /** Null where the answers do not fit the draft any more, or the draft is not complete: `unread` says which. */
  reading: readingSchema.nullable(),
  unread: z.string().nullable(),
})
export type TestResponseView = z.infer<typeof testResponseSchema>

export const testResponsesSchema = z.object({
  /** Of the set. */
  title: z.string(),
  /** More than are listed where there are over 100. */
  total: z.number().int(),
  /** Newest first. */
  testResponses: z.array(testResponseSchema),
})
export type TestResponseList = z.infer<typeof testResponsesSchema>

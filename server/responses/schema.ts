// What the respondent's JSON endpoints take and give. Answers are checked against the published definition, not here.
import { z } from 'zod'

// Not z.record: it drops a `__proto__` in silence, and the check refuses every name that is no question.
const answersSchema = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
)
const revisionSchema = z.number().int().min(0)
/** From the questionnaire of a shared link: the same first save, sent twice, makes one response. */
const beginSchema = z.string().regex(/^[\w-]{43}$/)

export const saveSchema = z.strictObject({
  /** The revision that the changes were made from. */
  revision: revisionSchema,
  /** The changed answers; null takes one back. */
  answers: answersSchema,
  begin: beginSchema.optional(),
})
export type SaveRequest = z.infer<typeof saveSchema>

export const submitSchema = z.strictObject({
  /** The complete set; where it is left out, what was saved is submitted. */
  answers: answersSchema.optional(),
  /** Where it is given, the submission is refused if others changed these answers later. */
  revision: revisionSchema.optional(),
  begin: beginSchema.optional(),
})
export type SubmitRequest = z.infer<typeof submitSchema>

export const savedSchema = z.object({
  revision: revisionSchema,
  savedAt: z.iso.datetime(),
  /** Answers that others saved since that revision, where there are any; null: taken back. */
  elsewhere: answersSchema.optional(),
  /** The personal address to go on at, after a first save through a shared link. */
  link: z.string().optional(),
})

export const receiptSchema = z.object({ reference: z.string(), link: z.string().optional() })

export const questionnaireSchema = z.object({
  title: z.string(),
  questions: z.record(z.string(), z.unknown()),
  answers: answersSchema,
  revision: revisionSchema,
  closesAt: z.iso.datetime(),
  hints: z.record(z.string(), z.string()),
  /** The codes that "or" stands before. */
  states: z.object({ dontKnow: z.array(z.string()), notApplicable: z.array(z.string()) }),
  begin: z.string().optional(),
})

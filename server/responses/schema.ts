// What the respondent's JSON endpoints take and give. Answers are checked against the published definition, not here.
import { z } from 'zod'
import { analysisPlanSchema, questionsSchema } from '../../surveys/question-set.ts'

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

export const savedSchema = z.object({
  revision: revisionSchema,
  savedAt: z.iso.datetime(),
  /** Answers that others saved since that revision, where there are any; null: taken back. */
  elsewhere: answersSchema.optional(),
  /** The personal address to go on at, after a first save through a shared link. */
  link: z.string().optional(),
})
export type Saved = z.infer<typeof savedSchema>

/** Of the refusal `changed_elsewhere`: what is stored, and the names of the answers that differ. */
export const changedElsewhereSchema = z.object({
  answers: answersSchema,
  revision: revisionSchema,
  questions: z.array(z.string()),
})
export type ChangedElsewhere = z.infer<typeof changedElsewhereSchema>

export const questionnaireSchema = z.object({
  title: z.string(),
  questions: questionsSchema,
  answers: answersSchema,
  revision: revisionSchema,
  closesAt: z.iso.datetime(),
  hints: z.record(z.string(), z.string()),
  /** The codes that "or" stands before. */
  states: analysisPlanSchema.shape.states,
  /** Names the response that a first save through a shared link makes. */
  begin: beginSchema.optional(),
})
export type Questionnaire = z.infer<typeof questionnaireSchema>

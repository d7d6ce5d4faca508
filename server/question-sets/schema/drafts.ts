import { z } from 'zod'
import { analysisPlanSchema } from '../../../surveys/question-set.ts'
import { faultOfJson, isObject } from '../rules/draft/content.ts'
import { type JsonObject } from '../../../surveys/draft-content.ts'

/** JSON of any shape, within what can be kept. */
const looseSchema = z.custom<JsonObject>(isObject, 'must be an object').superRefine((value, context) => {
  const fault = faultOfJson(value)
  if (fault) context.addIssue({ code: 'custom', message: `it cannot be kept: ${fault}` })
})

const revisionSchema = z.number().int().min(1)

export const startDraftSchema = z.strictObject({
  /** Of a set that is new; without it the draft starts from the newest version. */
  newSet: z
    .strictObject({ title: z.string().trim().min(1, 'is blank').max(200), mode: analysisPlanSchema.shape.mode })
    .optional(),
})

export const updateDraftSchema = z.strictObject({
  /** The revision that the content was made from. */
  revision: revisionSchema,
  questions: looseSchema,
  plan: looseSchema,
})

/** In the address, where the body is a file or, as with DELETE, not every client sends one. */
export const seenRevisionSchema = z.strictObject({
  revision: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be the revision that you saw')
    .transform(Number),
})

export const publishDraftSchema = z.strictObject({
  revision: revisionSchema,
  /** On comparing results: for a change by its key, or for every other change of a class. */
  statements: z
    .array(
      z.strictObject({
        for: z.string().min(1).max(40),
        text: z.string().trim().min(1, 'is blank').max(2000),
      }),
    )
    .max(2000)
    .refine((list) => new Set(list.map((one) => one.for)).size === list.length, 'states something twice')
    .default([]),
  /** Keys of respelt texts that the sender declares to be corrected in their spelling and nothing more. */
  corrections: z.array(z.string().min(1).max(40)).max(2000).default([]),
})

const draftSummarySchema = z.object({
  slug: z.string(),
  title: z.string(),
  /** The number of the version it was started from; null for a new set. */
  basedOn: z.number().int().nullable(),
  revision: z.number().int(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
})
export type DraftSummary = z.infer<typeof draftSummarySchema>
export const draftsSchema = z.object({ drafts: z.array(draftSummarySchema) })

export const draftSchema = draftSummarySchema.extend({
  questions: z.record(z.string(), z.unknown()),
  plan: z.record(z.string(), z.unknown()),
  /** Who changed what in the drafts of this set, newest first, at most 50. */
  changes: z.array(z.object({ revision: z.number().int(), by: z.string(), at: z.string(), what: z.array(z.string()) })),
})
export type DraftView = z.infer<typeof draftSchema>
export const importedDraftSchema = draftSchema.extend({
  /** What was not taken over as it stood in the file, in sentences. */
  notes: z.array(z.string()),
})

export const draftCheckSchema = z.object({
  revision: z.number().int(),
  /** Whether no problem is left. */
  ready: z.boolean(),
  problems: z.array(
    z.object({
      /** The path into the draft, counted from 0: `questions.pages.0.elements.2.title`. */
      place: z.string(),
      /** The same in words. */
      where: z.string(),
      message: z.string(),
      /** Advice does not keep a draft from being published. */
      severity: z.enum(['problem', 'advice']),
    }),
  ),
  /** Seconds with everything answered, and with one open question answered; null while the draft has problems. */
  estimate: z
    .object({ words: z.number(), closed: z.number(), open: z.number(), longest: z.number(), usual: z.number() })
    .nullable(),
})
export type DraftCheck = z.infer<typeof draftCheckSchema>

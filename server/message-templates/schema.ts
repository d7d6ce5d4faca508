import { z } from 'zod'
import { templateKinds } from './rules/template-fields.ts'

const kindSchema = z.enum(templateKinds)

export const templateParamsSchema = z.object({ id: z.string().max(100), kind: kindSchema })

/** Longer words than a message may have are refused by the check, in plain words. */
const wordsSchema = { subject: z.string().max(2000), body: z.string().max(100_000) }

/** `revision`: the one that the words were changed from; 0 for the shipped words. */
export const saveTemplateSchema = z.strictObject({ ...wordsSchema, revision: z.number().int().min(0) })
export const restoreTemplateSchema = z.strictObject({ revision: z.number().int().min(0) })

/** Without words: those that would be sent now. Without a location: the first service of the frame. */
export const previewBodySchema = z.strictObject({
  subject: wordsSchema.subject.optional(),
  body: wordsSchema.body.optional(),
  locationId: z.string().max(100).optional(),
})

/** Without an address it goes to who asks. */
export const testBodySchema = z.strictObject({ to: z.string().max(300).optional() })

const faultSchema = z.object({ place: z.enum(['subject', 'body']), message: z.string() })

export const templateSchema = z.object({
  kind: kindSchema,
  subject: z.string(),
  body: z.string(),
  /** 0: the shipped words. */
  revision: z.number(),
  updatedAt: z.string().nullable(),
  updatedBy: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), meaning: z.string(), required: z.boolean() })),
  faults: z.array(faultSchema),
})

export const templatesSchema = z.object({ templates: z.array(templateSchema) })

export const previewSchema = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  faults: z.array(faultSchema),
  recipient: z
    .object({ locationId: z.string(), service: z.string(), name: z.string().nullable(), email: z.string().nullable() })
    .nullable(),
})

export const testSentSchema = z.object({ to: z.string() })

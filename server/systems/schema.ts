import { z } from 'zod'

// `not_stated` is every breakdown's code for no answer.
const systemCodeSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'use letters, digits, - and _, at most 64')
  .refine((code) => code !== 'not_stated', 'not_stated has a meaning of its own')

const lineSchema = z
  .string()
  .trim()
  .min(1, 'is blank')
  .max(200, 'is longer than 200 characters')
  .regex(/^[^\x00-\x1f\x7f]*$/, 'has characters that cannot be printed')

export const systemInputSchema = z.strictObject({
  code: systemCodeSchema,
  name: lineSchema,
  region: lineSchema,
  /** Names of local authorities; none means the system's own name. */
  authorities: z.array(lineSchema).max(50, 'are more than 50').default([]),
})
export type SystemInput = z.infer<typeof systemInputSchema>

export const systemsInputSchema = z.strictObject({ systems: z.array(z.unknown()).min(1).max(1000) })

const systemSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  region: z.string(),
  authorities: z.array(z.string()),
})
export type SystemView = z.infer<typeof systemSchema>

export const systemsSchema = z.object({ systems: z.array(systemSchema) })

/** What an import did, and what somebody should look at. `row` as the file or the list counts. */
export const systemsSavedSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  warnings: z.array(z.object({ row: z.number().int(), column: z.string(), message: z.string() })),
})
export type SystemsSaved = z.infer<typeof systemsSavedSchema>

import { z } from 'zod'

const whole = z.number().int()
const text = z.string().nullable()

export const coordinatorsQuerySchema = z.object({
  name: z.string().max(300).optional(),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
})

export const coordinatorsSavedSchema = z.object({
  dryRun: z.boolean(),
  added: whole,
  changed: whole,
  unchanged: whole,
})

export const coordinatedLinksSchema = z.object({
  links: z.array(
    z.object({
      id: z.string(),
      system: z.object({ code: z.string(), name: z.string() }),
      organisation: text,
      sector: text,
      coordinatorName: text,
      coordinatorEmail: text,
      /** Of the message to the coordinator's present address; null: none yet. */
      messageStatus: z.enum(['queued', 'sending', 'sent', 'failed', 'cancelled']).nullable(),
      /** What became of that message where it did not arrive, and what the mail server said. */
      problem: z.enum(['bounced_hard', 'bounced_soft', 'bounced_policy', 'failed', 'not_understood']).nullable(),
      problemDetail: text,
      declaredReach: whole.nullable(),
      url: z.string(),
      shortUrl: z.string(),
      posterUrl: z.string(),
      coordinatorUrl: z.string(),
      withdrawnAt: text,
      withdrawnReason: text,
    }),
  ),
})

export const linkParamsSchema = z.object({ id: z.string().max(100), link: z.string().max(100) })

export const withdrawLinkSchema = z.strictObject({
  reason: z.string().trim().min(1, 'Say why.').max(500, 'The reason is too long: 500 characters at most.'),
})

export const coordinatorMessagesBodySchema = z.strictObject({ dryRun: z.boolean().default(false) })

export const coordinatorPlanSchema = z.object({
  dryRun: z.boolean(),
  queued: z.array(z.object({ id: z.string(), system: z.string(), organisation: text, recipient: z.string() })),
  leftOut: z.array(z.object({ id: z.string(), system: z.string(), organisation: text, reason: z.string() })),
})

/** As typed by a coordinator: a whole number of people. */
export const reachSchema = z
  .string()
  .trim()
  .regex(/^\d{1,15}$/, 'Enter a whole number, such as 40')
  .transform(Number)
  .refine((reach) => reach > 0 && reach <= 100_000, 'Enter a number from 1 to 100,000')

export const participationSchema = z.object({
  k: whole,
  cells: z.array(
    z.object({
      cell: z.record(z.string(), z.string()),
      label: z.string(),
      declared: whole,
      reach: whole,
      suppressed: z.boolean(),
      /** Whole percent. */
      low: whole.nullable(),
      high: whole.nullable(),
    }),
  ),
})

export const linksSchema = z.object({
  links: z.array(
    z.object({
      id: z.string(),
      system: z.object({ code: z.string(), name: z.string() }),
      organisation: z.string().nullable(),
      url: z.string(),
      withdrawnAt: z.string().nullable(),
    }),
  ),
})

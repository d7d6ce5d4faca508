import { z } from 'zod'

export const flagParamsSchema = z.object({ id: z.string().max(100), flag: z.string().max(100) })
export const flagReviewSchema = z.strictObject({ note: z.string().trim().min(1, 'Say what you found').max(500) })

export const flagsSchema = z.object({
  flags: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['burst', 'repeat']),
      /** burst: within ten minutes; repeat: from what looks like one browser within the day. */
      count: z.number().int(),
      /** In Europe/London. */
      day: z.string(),
      system: z.string().nullable(),
      organisation: z.string().nullable(),
      reviewedAt: z.string().nullable(),
      reviewedBy: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
})

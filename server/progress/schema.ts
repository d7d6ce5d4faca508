import { z } from 'zod'

const whole = z.number().int()
const count = whole.nullable()
const rate = z.number().nullable()
export const progressCellSchema = z.object({
  /** {} is the whole. */
  cell: z.record(z.string(), z.string()),
  label: z.string(),
  /** Hidden by the same rules as results, but for admins: then every count is null. */
  suppressed: z.boolean(),
  /** Services of the frame and of those invited; null in a cascade, as all but `responses`. */
  services: count,
  invited: count,
  /** A mail server took a message; the address is known not to work. */
  handedOver: count,
  bounced: count,
  /** Answered something, submitted or not. */
  begun: count,
  declined: count,
  /** Where the invitations' messages stand. */
  messages: z.object({ waiting: whole, sent: whole, failed: whole, cancelled: whole }).nullable(),
  responses: z.object({ complete: whole, partial: whole }).nullable(),
  /** AAPOR. */
  dispositions: z.record(z.string(), whole).nullable(),
  /** In percent, to one decimal. */
  rates: z.object({ RR1: rate, RR2: rate, RR3: rate, RR4: rate, RR5: rate, RR6: rate }).nullable(),
})
export type ProgressCell = z.infer<typeof progressCellSchema>

export const progressSchema = z.object({
  k: whole,
  /** Whether small counts are hidden from who asked. */
  gated: z.boolean(),
  at: z.string(),
  cells: z.array(progressCellSchema),
  /** By the end of each day in Europe/London. Where gated, from the day on which k had answered. */
  days: z.array(
    z.object({ day: z.string(), handedOver: whole, begun: whole, complete: whole, declined: whole, bounced: whole }),
  ),
  /** For admins, while answers are taken: systems in need of another message. */
  push: z.array(
    z.object({
      system: z.object({ code: z.string(), name: z.string() }),
      complete: whole,
      /** Services that have not answered and can be reached; null in a cascade. */
      reachable: count,
      reasons: z.array(z.enum(['under_threshold', 'behind'])),
    }),
  ),
})
export type Progress = z.infer<typeof progressSchema>
export const progressQuerySchema = z.strictObject({
  format: z.enum(['json', 'csv']).default('json'),
  /** Of the csv: counts by group, or over time. */
  of: z.enum(['groups', 'days']).default('groups'),
})

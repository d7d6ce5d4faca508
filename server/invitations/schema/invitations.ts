import { z } from 'zod'

const whole = z.number().int()

export const queueBodySchema = z.strictObject({ dryRun: z.boolean().default(false) })
export const invitationPlanSchema = z.object({
  dryRun: z.boolean(),
  counts: z.object({ queued: whole, leftOut: whole }),
  /** When the last message leaves at the earliest, and whether that is before the close; null where there is none. */
  last: z.object({ leavesAt: z.string(), inTime: z.boolean() }).nullable(),
  /** Why services are left out, and how many for each reason. */
  reasons: z.array(z.object({ reason: z.string(), count: whole })),
  /** Both lists by name, the first 500 of each: the recipients of the schedule give a file of all. */
  queued: z.array(z.object({ locationId: z.string(), service: z.string(), recipient: z.string(), dueAt: z.string() })),
  leftOut: z.array(z.object({ locationId: z.string(), service: z.string(), reason: z.string() })),
})

const messageStatusSchema = z.enum(['queued', 'sending', 'sent', 'failed', 'cancelled'])

export const messagesQuerySchema = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  status: messageStatusSchema.optional(),
  /** A part of the service's name, its Location ID or the address. */
  find: z.string().max(200).optional(),
})
export type MessagesQuery = z.infer<typeof messagesQuerySchema>

export const messagesSchema = z.object({
  /** Of all messages to invited services, whatever is asked for. */
  counts: z.record(messageStatusSchema, whole),
  /** Messages that match what is asked for, and how many of them a page holds. */
  total: whole,
  pageSize: whole,
  messages: z.array(
    z.object({
      id: z.string(),
      kind: z.enum([
        'invitation',
        'reminder',
        'thank_you',
        'results_released',
        'link_again',
        'passed_on',
        'finish_later',
      ]),
      invitationId: z.string(),
      locationId: z.string(),
      service: z.string(),
      recipient: z.string(),
      status: messageStatusSchema,
      attempts: whole,
      dueAt: z.string(),
      sentAt: z.string().nullable(),
      /** A report said, last of all, that it was not delivered. */
      cameBack: z.boolean(),
      /** The mail server's last reply, or the reason. */
      detail: z.string().nullable(),
    }),
  ),
})

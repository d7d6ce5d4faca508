import { z } from 'zod'
import { historyEvents } from '../rules/history.ts'
import { faultOfAddress } from '../../outbox/rules/mail-address.ts'

export const invitationParamsSchema = z.object({ id: z.string().max(100), invitation: z.string().max(100) })

export const verdictSchema = z.enum([
  'hard',
  'soft',
  'policy',
  'delayed',
  'delivered',
  'complaint',
  'auto_reply',
  'not_understood',
  'unmatched',
  'forged',
])

export const takenReportSchema = z.object({
  id: z.string(),
  verdict: verdictSchema,
  /** RFC 3463. */
  status: z.string().nullable(),
  /** The same file was taken in before: nothing was changed. */
  repeated: z.boolean(),
})
export type TakenReport = z.infer<typeof takenReportSchema>

export const deliveryReportsSchema = z.object({
  counts: z.array(z.object({ verdict: verdictSchema, count: z.number().int() })),
  /** The newest 500. */
  reports: z.array(
    z.object({
      id: z.string(),
      source: z.enum(['spool', 'upload']),
      verdict: verdictSchema,
      status: z.string().nullable(),
      diagnostic: z.string().nullable(),
      receivedAt: z.string(),
      kind: z.string().nullable(),
      collection: z.string().nullable(),
      collectionId: z.string().nullable(),
      invitationId: z.string().nullable(),
      service: z.string().nullable(),
    }),
  ),
})
export type DeliveryReports = z.infer<typeof deliveryReportsSchema>

export const undeliveredSchema = z.object({
  services: z.array(
    z.object({
      invitationId: z.string(),
      locationId: z.string(),
      service: z.string(),
      system: z.string(),
      telephone: z.string().nullable(),
      contactName: z.string().nullable(),
      contactEmail: z.string().nullable(),
      event: z.enum(['bounced_hard', 'bounced_soft', 'failed']).nullable(),
      detail: z.string().nullable(),
      at: z.string().nullable(),
    }),
  ),
  /** What came back and changed nothing by itself: a person reads it. */
  reports: z.array(
    z.object({
      invitationId: z.string(),
      locationId: z.string(),
      service: z.string(),
      telephone: z.string().nullable(),
      contactEmail: z.string().nullable(),
      verdict: z.enum(['policy', 'not_understood', 'failed']),
      status: z.string().nullable(),
      diagnostic: z.string().nullable(),
      receivedAt: z.string(),
    }),
  ),
})
export const retriedSchema = z.object({ queued: z.number().int() })
export type Undelivered = z.infer<typeof undeliveredSchema>

/** An address that a message can go to, as a person types it. */
const addressSchema = z
  .string()
  .trim()
  .min(1, 'Enter an email address.')
  .max(254, 'The address is too long.')
  .superRefine((address, context) => {
    const fault = address === '' ? undefined : faultOfAddress(address)
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
  })

/** Of a service's contact or of a coordinator. */
export const correctionSchema = z.strictObject({
  email: addressSchema,
  /** Left out: as it was; blank: none. */
  name: z.string().trim().max(200, 'The name is too long.').optional(),
  sendAgain: z.boolean().default(true),
})
export const correctedSchema = z.object({ sentAgain: z.boolean() })

export const historySchema = z.object({
  service: z.object({
    name: z.string(),
    locationId: z.string(),
    telephone: z.string().nullable(),
    contactName: z.string().nullable(),
    contactEmail: z.string().nullable(),
  }),
  history: z.array(
    z.object({
      at: z.string(),
      event: z.enum(historyEvents),
      detail: z.string().nullable(),
      kind: z.string().nullable(),
      recipient: z.string().nullable(),
      actor: z.string().nullable(),
    }),
  ),
})
export type History = z.infer<typeof historySchema>

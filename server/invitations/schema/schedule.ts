import { z } from 'zod'
import { daySchema } from '../../collections/schema.ts'
import { invitationPlanSchema } from './invitations.ts'
import { mailingKinds } from '../rules/schedule.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')
const whole = z.number().int()
const mailingKindSchema = z.enum(mailingKinds)

export const windowSchema = z.object({
  /** 1 Monday to 7 Sunday. */
  days: z.array(whole.min(1).max(7)),
  /** In Europe/London; `until` is no part of the window. */
  from: z.string(),
  until: z.string(),
})

export const newScheduleSchema = z
  .strictObject({
    days: z
      .array(whole.min(1).max(7))
      .min(1, 'must hold at least one weekday')
      .transform((days) => [...new Set(days)].sort()),
    from: time,
    until: z.union([time, z.literal('24:00')]),
    /** Null: as fast as the mail server takes them. */
    ratePerMinute: whole.min(1, 'must be at least 1').max(100_000).nullable().default(null),
    /** The day on which invitations leave by themselves; null: an admin sends them. */
    invitation: daySchema.nullable().default(null),
    reminders: z.array(daySchema).max(10, 'are ten at most').default([]),
    /** The day of a thank-you to everybody whose answers are complete by then; null: none. */
    thankYou: daySchema.nullable().default(null),
    /** The day of a note to everybody who completed; it waits until the results are released. Null: none. */
    resultsReleased: daySchema.nullable().default(null),
    /** Of the schedule that was changed: refused where somebody else has changed it since. Left out: not asked. */
    revision: z.string().max(64).optional(),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'must be later than the beginning' })
export type NewSchedule = z.infer<typeof newScheduleSchema>

const countsSchema = z.object({ queued: whole, sending: whole, sent: whole, failed: whole, cancelled: whole })

export const scheduleSchema = z.object({
  /** Says which schedule it is: another once it was changed. */
  revision: z.string(),
  opens: z.string(),
  closes: z.string(),
  /** What mailings keep to. Invitations sent by hand leave at once while `windowSet` is false. */
  window: windowSchema,
  windowSet: z.boolean(),
  ratePerMinute: whole.nullable(),
  pausedAt: z.string().nullable(),
  /** The last moment of a message, where the server's clock has not reached it: it was put back, and what waits may wait until then. */
  aheadOfClock: z.string().nullable(),
  /** False: what is shown is the default, which begins with the first invitations. */
  planned: z.boolean(),
  mailings: z.array(
    z.object({
      /** Null while it is only the default. */
      id: z.string().nullable(),
      kind: mailingKindSchema,
      dueOn: z.string(),
      /** When its first message leaves at the earliest. */
      startsAt: z.string(),
      /** When its recipients were put into the outbox. */
      queuedAt: z.string().nullable(),
      messages: countsSchema,
    }),
  ),
  /** Every message of the collection. */
  outbox: countsSchema,
  /** When the last message that waits now leaves at the earliest, and whether that is before the close; null where none waits. */
  last: z.object({ leavesAt: z.string(), inTime: z.boolean() }).nullable(),
})
export type Schedule = z.infer<typeof scheduleSchema>

export const mailingPlanSchema = invitationPlanSchema.extend({ kind: mailingKindSchema })
export const recipientsQuerySchema = z.strictObject({
  kind: mailingKindSchema.default('reminder'),
  /** A csv has every service. */
  format: z.enum(['json', 'csv']).default('json'),
})
export const extendSchema = z.strictObject({ closes: daySchema })
export const invitationParamsSchema = z.object({ id: z.string().max(100), invitationId: z.string().max(100) })
export const queuedMessageSchema = z.object({ messageId: z.string(), recipient: z.string() })

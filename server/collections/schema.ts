import { z } from 'zod'
import { isCalendarDate } from '../time/london-dates.ts'
import { modeSchema } from '../../surveys/modes.ts'

/** A day in Europe/London: `2026-06-01`. Within two centuries: the calendar's arithmetic ends at the year 9999, and begins at 1. */
export const daySchema = z
  .string()
  .refine((day) => isCalendarDate(day) && /^2[01]/.test(day), 'must be a day such as 2026-06-01')

export const collectionParamsSchema = z.object({ id: z.string().max(100) })

export const moveSchema = z.strictObject({
  /** The number of a later version that only corrects the collection's. */
  version: z.number().int().min(1).max(999_999),
})

export const newCollectionSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'is blank').max(200),
    /** A slug; the newest published version is fielded. */
    questionSet: z.string().max(100),
    mode: modeSchema,
    /** Codes of systems. */
    systems: z
      .array(z.string().max(100))
      .min(1, 'must name a system')
      .max(500)
      .refine((codes) => new Set(codes).size === codes.length, 'names a system twice'),
    opens: daySchema,
    /** The last day: answers are taken until 23:59:59 in London. */
    closes: daySchema,
    k: z.number().int().min(3, 'must be at least 3').max(1000).default(10),
    /** A year after the close where it is left out. */
    retainUntil: daySchema.optional(),
    /** Said on every page and export: that the data are synthetic, for one. */
    notice: z.string().trim().min(1).max(300).optional(),
  })
  .refine(({ opens, closes }) => opens <= closes, { path: ['closes'], message: 'is before the opening' })
  .refine(({ closes, retainUntil }) => retainUntil === undefined || retainUntil > closes, {
    path: ['retainUntil'],
    message: 'must be after the close',
  })

export const collectionSchema = z.object({
  id: z.string(),
  name: z.string(),
  questionSet: z.string(),
  questionSetTitle: z.string(),
  version: z.number().int(),
  mode: modeSchema,
  status: z.enum(['draft', 'open', 'closed', 'released']),
  systems: z.array(z.object({ code: z.string(), name: z.string(), region: z.string() })),
  /** Days in Europe/London. */
  opens: z.string(),
  closes: z.string(),
  retainUntil: z.string(),
  opensAt: z.string(),
  closesAt: z.string(),
  /** Whether a respondent can answer at this moment. */
  takesAnswers: z.boolean(),
  k: z.number().int(),
  /** Of a personal collection: the services drawn, and how many have a contact. */
  frame: z
    .object({
      services: z.number().int(),
      withContact: z.number().int(),
      registerDate: z.string().nullable(),
      registerFile: z.string().nullable(),
    })
    .nullable(),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  severedAt: z.string().nullable(),
  /** Since when every message of it waits; null: they leave. */
  pausedAt: z.string().nullable(),
  createdAt: z.string(),
  notice: z.string().nullable(),
})
export type CollectionView = z.infer<typeof collectionSchema>
export const collectionsSchema = z.object({ collections: z.array(collectionSchema) })

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

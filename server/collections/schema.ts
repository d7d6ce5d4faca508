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

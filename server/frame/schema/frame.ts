import { z } from 'zod'
import { daySchema } from '../../collections/schema.ts'
import { reasonCodes, rowOutcomes } from './reasons.ts'

export const uploadParamsSchema = z.object({ id: z.string().max(100), part: z.enum(['register', 'contacts']) })

/** `name`: what the file is called on its owner's computer; it may hold the register's date. */
export const uploadQuerySchema = z.object({ name: z.string().trim().min(1).max(200).optional() })

const truth = z.enum(['true', 'false']).transform((text) => text === 'true')
export const reportQuerySchema = z.object({ acceptUnknown: truth.default(false) })

export const frameBodySchema = z.strictObject({
  /** Draw services although the file does not say whether they meet every criterion. */
  acceptUnknown: z.boolean().default(false),
  /** Where the file does not say of what day it is. */
  registerDate: daySchema.optional(),
})

export const uploadedSchema = z.object({ name: z.string(), bytes: z.number().int() })

const whole = z.number().int()
const counts = z.record(z.string(), whole)
const outcomeSchema = z.enum(rowOutcomes)

const registerKinds = ['monthly', 'weekly'] as const
export const registerWords: Record<(typeof registerKinds)[number], string> = {
  monthly: 'CQC care directory with filters (monthly)',
  weekly: 'CQC directory (weekly)',
}

export const frameReportSchema = z.object({
  source: z.object({
    kind: z.enum(registerKinds),
    format: z.enum(['ods', 'xlsx', 'csv']),
    sheet: z.string(),
    headerRow: whole,
    registerDate: z.string().nullable(),
    registerDateFrom: z.enum(['content', 'file_name']).nullable(),
    absentColumns: z.array(z.string()),
  }),
  /** True when something is wrong: nothing may be written. */
  blocked: z.boolean(),
  acceptUnknown: z.boolean(),
  rowsRead: whole,
  outcomes: z.record(outcomeSchema, whole),
  withContact: whole.nullable(),
  systems: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      region: z.string(),
      drawn: whole,
      notKnown: whole,
      withContact: whole,
      byCategory: counts,
    }),
  ),
  byCategory: counts,
  leftOut: counts,
  notKnown: counts,
  problems: z.array(
    z.object({
      kind: z.string(),
      severity: z.enum(['error', 'warning', 'note']),
      file: z.enum(['register', 'contacts', 'systems']),
      row: whole.nullable(),
      locationId: z.string().nullable(),
      detail: z.string(),
    }),
  ),
  /** Every row but those of authorities in no system of the collection, which are only counted. */
  rows: z.array(
    z.object({
      row: whole,
      locationId: z.string(),
      name: z.string(),
      outcome: outcomeSchema,
      reasons: z.array(z.object({ code: z.enum(reasonCodes), detail: z.string().optional() })),
    }),
  ),
  rowsElsewhere: whole,
})
export type FrameReportView = z.infer<typeof frameReportSchema>

export const frameStoredSchema = z.object({
  services: whole,
  withContact: whole,
  registerDate: z.string().nullable(),
  registerFile: z.string(),
})

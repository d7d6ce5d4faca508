// What goes in and out of the results' addresses. Free of server code: the console takes its types from here.
import { z } from 'zod'

export const collectionParams = z.object({ id: z.string() })
export const snapshotParams = z.object({ id: z.string(), sid: z.string() })

export const resultsQuery = z.strictObject({
  /** One of the plan's. */
  breakdown: z.string().max(64).optional(),
  /** `true`: the plan's cross instead. */
  cross: z.enum(['true', 'false']).optional(),
  format: z.enum(['json', 'csv']).optional(),
})

/** Without a version: the collection's own. */
export const takeBody = z.strictObject({ version: z.number().int().min(1).optional() })

const cellName = { cell: z.record(z.string(), z.string()), label: z.string() }
const integer = z.number().int().min(0)
const number = z.number().nullable()
/** All that is said of a hidden cell. */
const suppressedCellSchema = z.strictObject({ ...cellName, suppressed: z.literal(true) })
const shown = { ...cellName, suppressed: z.literal(false) }

const shownIndicatorCellSchema = z.strictObject({
  ...shown,
  base: integer,
  count: integer,
  percent: z.number(),
  low: number,
  high: number,
  population: integer.nullable(),
  dontKnow: integer,
  notApplicable: integer,
  notAsked: integer,
  missing: integer,
  /** Whether the group differs from the rest; null where it is not tested. */
  differs: z.boolean().nullable(),
  weighted: z.strictObject({ percent: z.number(), low: number, high: number, effectiveBase: z.number() }).nullable(),
})

const shownScaleCellSchema = z.strictObject({
  ...shown,
  base: integer,
  mean: z.number(),
  low: number,
  high: number,
  distribution: z.tuple([integer, integer, integer, integer, integer]),
})

const shownRateCellSchema = z.strictObject({
  ...shown,
  /** Null in a cascade, which has no denominator: its only disposition is I, the responses. */
  invited: integer.nullable(),
  dispositions: z.record(z.string(), integer),
  RR1: number,
  RR2: number,
  RR3: number,
  RR4: number,
  RR5: number,
  RR6: number,
})

const indicatorCellSchema = z.discriminatedUnion('suppressed', [shownIndicatorCellSchema, suppressedCellSchema])
const scaleCellSchema = z.discriminatedUnion('suppressed', [shownScaleCellSchema, suppressedCellSchema])
const rateCellSchema = z.discriminatedUnion('suppressed', [shownRateCellSchema, suppressedCellSchema])

export const resultsSchema = z.strictObject({
  collection: z.strictObject({ id: z.string(), name: z.string(), questionSet: z.string(), version: integer }),
  snapshot: z.strictObject({
    id: z.string(),
    sha256: z.string(),
    takenAt: z.string(),
    responses: integer,
    k: integer,
    released: z.boolean(),
  }),
  breakdown: z.array(z.string()),
  indicators: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      source: z.array(z.string()),
      cells: z.array(indicatorCellSchema),
    }),
  ),
  scales: z.array(
    z.strictObject({ id: z.string(), label: z.string(), alpha: number, cells: z.array(scaleCellSchema) }),
  ),
  responseRates: z.array(rateCellSchema),
})

export const snapshotSchema = z.strictObject({
  id: z.string(),
  /** Of the question set: under whose plan the responses were counted. */
  version: integer,
  sha256: z.string(),
  takenAt: z.string(),
  takenBy: z.string(),
  responses: integer,
  k: integer,
  releasedAt: z.string().nullable(),
  releasedBy: z.string().nullable(),
})

/** The versions under which a snapshot can be taken, oldest first: the collection's own, and later ones that change no more than the plan. */
export const versionsToTakeSchema = z.array(
  z.strictObject({
    version: integer,
    /** Of its results with those of the version before, in its publisher's words. */
    comparability: z.string().nullable(),
  }),
)

export const verificationSchema = z.strictObject({
  id: z.string(),
  sha256: z.string(),
  /** The hash of what is stored, or of what was taken again; the same as `sha256` where all is well. */
  found: z.string(),
  same: z.boolean(),
  /** `retaken` from the responses; after the end of retention only what is `stored` can be checked. */
  against: z.enum(['retaken', 'stored']),
  /** Which parts differ: settings, labels, responses, counts, sums, dispositions, providers. */
  differs: z.array(z.string()),
})

export type SuppressedCell = z.infer<typeof suppressedCellSchema>
export type ShownIndicatorCell = z.infer<typeof shownIndicatorCellSchema>
export type ShownScaleCell = z.infer<typeof shownScaleCellSchema>
export type ShownRateCell = z.infer<typeof shownRateCellSchema>
export type IndicatorCell = z.infer<typeof indicatorCellSchema>
export type ScaleCell = z.infer<typeof scaleCellSchema>
export type RateCell = z.infer<typeof rateCellSchema>
export type Results = z.infer<typeof resultsSchema>
export type Snapshot = z.infer<typeof snapshotSchema>
export type VersionsToTake = z.infer<typeof versionsToTakeSchema>
export type Verification = z.infer<typeof verificationSchema>

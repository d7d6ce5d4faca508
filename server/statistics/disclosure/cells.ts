// What the gate looks at: every cell of every linked table of one indicator, scale or table of rates, and the sums that tie them together.

export interface LinkedCell {
  /** From `cellKey`; unique over all tables. */
  key: string
  /** Responses that the figure rests on; for a table of rates, the complete responses (I). */
  base: number
  /** An indicator's count; null for scales and rates. */
  count: number | null
  /** A scale's five counts. */
  distribution?: readonly number[]
  /** The frame count, if known. */
  population: number | null
  /** A table of rates: everyone invited. */
  invited?: number
  /** A personal collection: distinct providers in the base, and the responses in the base of the one with most. */
  providers?: { providers: number; largest: number } | null
}

/** The total is the sum of its parts, and everybody knows it. */
export interface Line {
  total: string
  parts: readonly string[]
}

export interface LinkedTables {
  cells: readonly LinkedCell[]
  lines: readonly Line[]
}

/** A cell by its groups ({} is the whole; a cell of the cross has two), as in the results' JSON. */
export type Groups = Readonly<Record<string, string>>

/** One key for one cell, in whatever order its groups are named. */
export function cellKey(groups: Groups): string {
  return JSON.stringify(Object.entries(groups).sort(([one], [other]) => (one < other ? -1 : 1)))
}

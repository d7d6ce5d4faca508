// Response rates of a personal collection. Source of all six: AAPOR, Standard Definitions, 10th ed. (2023), "Response rates".

/** I complete, P partial, R refusal, NC non-contact, O other, U unknown eligibility, NE not eligible. */
export const dispositions = ['I', 'P', 'R', 'NC', 'O', 'U', 'NE'] as const
export type Disposition = (typeof dispositions)[number]
export type DispositionCounts = Record<Disposition, number>

export interface ResponseRates {
  RR1: number | null
  RR2: number | null
  RR3: number | null
  RR4: number | null
  RR5: number | null
  RR6: number | null
}

/**
 * All six rates as proportions 0–1, null where nothing is there to divide by. D, the known eligible, is (I+P)+(R+NC+O); e, the share of the
 * unknown taken to be eligible, is D/(D+NE): RR1, RR2 over D+U, RR3, RR4 over D+e·U, RR5, RR6 over D; odd ones count I, even ones I+P.
 */
export function responseRates(counts: DispositionCounts): ResponseRates {
  const { I, P, R, NC, O, U, NE } = counts
  const eligible = I + P + (R + NC + O)
  const share = divide(eligible, eligible + NE)
  // Where nothing is known of anybody's eligibility, e and with it RR3 and RR4 are undefined, unless there is nobody to apply it to.
  const estimated = U === 0 ? eligible : share === null ? 0 : eligible + share * U
  return {
    RR1: divide(I, eligible + U),
    RR2: divide(I + P, eligible + U),
    RR3: divide(I, estimated),
    RR4: divide(I + P, estimated),
    RR5: divide(I, eligible),
    RR6: divide(I + P, eligible),
  }
}

/** The rates as results show them: RR5 and RR6 assume that nobody unknown is eligible, so they are null where anybody is unknown. */
export function publishedResponseRates(counts: DispositionCounts): ResponseRates {
  const rates = responseRates(counts)
  return counts.U > 0 ? { ...rates, RR5: null, RR6: null } : rates
}

/** Everyone invited: the sum of all dispositions, the not eligible included. */
export function countInvited(counts: DispositionCounts): number {
  return dispositions.reduce((sum, disposition) => sum + counts[disposition], 0)
}

function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

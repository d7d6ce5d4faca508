// A response's place in the full cross of the plan's breakdowns, fixed at submission.
import type { AnalysisPlan, Answers, Breakdown } from '../../../surveys/question-set.ts'

/** The code of a breakdown that nothing is known of. */
export const notStated = 'not_stated'

/** A code for every breakdown of the plan. */
export type Stratum = Record<string, string>

export interface StratumSource {
  /** The system's code. */
  system: string
  /** The region's name, as the system has it. */
  region: string
  /** The register's service type; null in a cascade: then the answer counts. */
  category: string | null
  answers: Answers
}

/** The code of a region in results: `Yorkshire and the Humber` is `yorkshire_and_the_humber`. */
export function regionCode(region: string): string {
  const code = region.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')
  return code || notStated
}

/**
 * The code of every breakdown, derived ones too. A breakdown answered with *don't know* or *not applicable*, not answered, or of no
 * group is `not_stated`.
 */
export function stratumOf(plan: Pick<AnalysisPlan, 'breakdowns' | 'states'>, source: StratumSource): Stratum {
  const stratum: Stratum = {}
  // A derived breakdown may stand before the one it is derived from.
  const waiting = [...plan.breakdowns]
  for (let turns = waiting.length ** 2; waiting.length > 0 && turns > 0; turns -= 1) {
    const breakdown = waiting.shift()!
    if (breakdown.from === 'derived' && breakdown.of !== undefined && waiting.some((other) => other.id === breakdown.of)) waiting.push(breakdown)
    else stratum[breakdown.id] = codeOf(plan, breakdown, source, stratum)
  }
  for (const { id } of waiting) stratum[id] = notStated
  return stratum
}

function codeOf(plan: Pick<AnalysisPlan, 'states'>, breakdown: Breakdown, source: StratumSource, known: Stratum): string {
  switch (breakdown.from) {
    case 'system':
      return source.system
    case 'region':
      return regionCode(source.region)
    case 'category':
      return source.category ?? answered(plan, source.answers[breakdown.variable ?? breakdown.id])
    case 'variable':
      return answered(plan, source.answers[breakdown.variable ?? breakdown.id])
    case 'derived':
      return breakdown.groups?.find((group) => group.codes.includes(known[breakdown.of ?? ''] ?? ''))?.code ?? notStated
  }
}

function answered({ states }: Pick<AnalysisPlan, 'states'>, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return notStated
  const code = String(value)
  return states.dontKnow.includes(code) || states.notApplicable.includes(code) ? notStated : code
}

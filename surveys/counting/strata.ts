// A response's place in the full cross of the plan's breakdowns, fixed at submission.
import type { AnalysisPlan, Answers, Breakdown } from '../question-set.ts'

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
  const code = region
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  return code || notStated
}

/**
 * The code of every breakdown, derived ones too. A breakdown answered with *don't know* or *not applicable*, not answered, or of no
 * group is `not_stated`.
 */
export function stratumOf(plan: Pick<AnalysisPlan, 'breakdowns' | 'states'>, source: StratumSource): Stratum {
  const stated = plan.breakdowns.map((breakdown) => [breakdown.id, statedCode(plan, breakdown, source)] as const)
  return completeStratum(plan, Object.fromEntries(stated.filter(([, code]) => code !== undefined)) as Stratum)
}

/** The stratum with its derived breakdowns worked out anew, and `not_stated` for every breakdown of the plan that it lacks. */
export function completeStratum({ breakdowns }: Pick<AnalysisPlan, 'breakdowns'>, codes: Stratum): Stratum {
  const byId = new Map(breakdowns.map((breakdown) => [breakdown.id, breakdown]))
  const codeOf = (breakdown: Breakdown | undefined, depth = 0): string => {
    if (!breakdown || depth > breakdowns.length) return notStated
    if (breakdown.from !== 'derived') return codes[breakdown.id] ?? notStated
    const code = codeOf(byId.get(breakdown.of ?? ''), depth + 1)
    return breakdown.groups?.find((group) => group.codes.includes(code))?.code ?? notStated
  }
  return Object.fromEntries(breakdowns.map((breakdown) => [breakdown.id, codeOf(breakdown)]))
}

/** Whether the register alone says to which group of a breakdown a service belongs, so that the population of its cells is known. */
export function isOfFrame({ breakdowns }: Pick<AnalysisPlan, 'breakdowns'>, id: string): boolean {
  const breakdown = breakdowns.find((candidate) => candidate.id === id)
  if (breakdown?.from === 'derived') return breakdown.of !== id && isOfFrame({ breakdowns }, breakdown.of ?? '')
  return breakdown !== undefined && breakdown.from !== 'variable'
}

function statedCode(
  plan: Pick<AnalysisPlan, 'states'>,
  { id, from, variable }: Breakdown,
  source: StratumSource,
): string | undefined {
  if (from === 'system') return source.system
  if (from === 'region') return regionCode(source.region)
  if (from === 'derived') return undefined
  if (from === 'category' && source.category !== null) return source.category
  return answered(plan, source.answers[variable ?? id])
}

function answered({ states }: Pick<AnalysisPlan, 'states'>, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const code = String(value)
  return states.dontKnow.includes(code) || states.notApplicable.includes(code) ? undefined : code
}

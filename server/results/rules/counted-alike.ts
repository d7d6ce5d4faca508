// Under which plans the same answers can be counted, and which plans count them into the same cells.
import type { AnalysisPlan } from '../../../surveys/question-set.ts'
import { canonicalJson } from '../../canonical-json.ts'
import type { Change } from '../../../surveys/stated-change.ts'

type Groups = Pick<AnalysisPlan, 'breakdowns' | 'cross'>

/** The first change that keeps answers to the one version from being counted under the plan of the other; undefined: nothing does. */
export const obstacleAmong = (changes: readonly Change[]): Change | undefined =>
  changes.find((change) =>
    change.class === 'plan' ? change.place === 'plan' && change.what === 'mode' : change.class !== 'correction',
  )

/** What differs, in words, of all that says into which cell a response falls and what is counted beside a base; labels say nothing. */
export function countedOtherwise(one: AnalysisPlan, other: AnalysisPlan): string[] {
  const [a, b] = [partsOf(one), partsOf(other)]
  return (Object.keys(a) as (keyof typeof a)[]).filter((part) => canonicalJson(a[part]) !== canonicalJson(b[part]))
}

const partsOf = (plan: AnalysisPlan) => ({
  breakdowns: breakdownsOf(plan),
  cross: plan.cross,
  'what means don’t know or not applicable': [
    plan.states.dontKnow.toSorted(),
    plan.states.notApplicable.toSorted(),
    plan.notApplicableWhen ?? null,
  ],
  'the lead question': leadQuestion(plan) ?? null,
})

const breakdownsOf = ({ breakdowns }: Groups) =>
  breakdowns.map(({ id, from, variable, of, groups }) => ({
    id,
    from,
    variable,
    of,
    groups: groups?.map(({ code, codes }) => ({ code, codes: codes.toSorted() })),
  }))

/** The question of the plan's lead indicator. */
export const leadQuestion = (plan: Pick<AnalysisPlan, 'indicators' | 'leadIndicator'>): string | undefined =>
  plan.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]

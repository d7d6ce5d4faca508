import type { AnalysisPlan } from '../../../../surveys/question-set.ts'
import { changeOf } from './change.ts'
import { type Change } from '../../../../surveys/stated-change.ts'
import { matchLists } from './match-lists.ts'
import { textChange } from './text-change.ts'

type Part = Record<string, unknown> & { id: string; label: string }

const lists = ['breakdowns', 'indicators', 'scales'] as const
const values = ['slug', 'mode', 'notApplicableWhen', 'cross', 'leadIndicator'] as const
const sets = ['counted', 'narrative'] as const

/** What is computed otherwise than before, and what respondents are told of the time it takes. */
export function listPlanChanges(before: AnalysisPlan, after: AnalysisPlan): Change[] {
  return [
    ...changeOf('plan', 'minutes', 'wording', before.minutes, after.minutes),
    ...values.flatMap((name) => changeOf('plan', name, 'plan', before[name], after[name])),
    ...(['dontKnow', 'notApplicable'] as const).flatMap((state) =>
      listSetChanges(`states.${state}`, before.states[state], after.states[state]),
    ),
    ...lists.flatMap((list) => listPartChanges(list, before[list] as readonly Part[], after[list] as readonly Part[])),
    ...sets.flatMap((name) => listSetChanges(name, before[name], after[name])),
  ]
}

/** Names whose order says nothing. */
function listSetChanges(what: string, before: readonly string[], after: readonly string[]): Change[] {
  const { added, removed } = matchLists(before, after, (name) => name)
  return [
    ...removed.flatMap((name) => changeOf('plan', what, 'plan', name, undefined)),
    ...added.flatMap((name) => changeOf('plan', what, 'plan', undefined, name)),
  ]
}

function listPartChanges(list: string, before: readonly Part[], after: readonly Part[]): Change[] {
  const { added, removed, kept } = matchLists(before, after, ({ id }) => id)
  const placeOf = ({ id }: Part) => `plan.${list}.${id}`
  const one = list.slice(0, -1)
  return [
    ...removed.flatMap((part) => changeOf(placeOf(part), one, 'plan', part.label, undefined)),
    ...added.flatMap((part) => changeOf(placeOf(part), one, 'plan', undefined, part.label)),
    ...kept.flatMap(({ before: was, after: is, moved }): Change[] => {
      const place = placeOf(is)
      const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
        (name) => name !== 'id' && name !== 'label',
      )
      return [
        ...(moved
          ? [{ class: 'plan', kind: 'moved', place, what: one, before: was.label, after: is.label } as const]
          : []),
        ...textChange(place, 'label', was.label, is.label).map((change) =>
          change.class === 'wording' ? { ...change, class: 'plan' as const } : change,
        ),
        ...names.flatMap((name) => changeOf(place, name, 'plan', was[name], is[name])),
      ]
    }),
  ]
}

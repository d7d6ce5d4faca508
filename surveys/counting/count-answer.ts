// What one set of answers does to each figure of the plan: for whoever writes the plan, to see it at once. It reads answers by the same
// functions as a snapshot does.
import { compileStates, type Routed, type State } from './answer-states.ts'
import type { AnalysisPlan, Answers, Code } from '../question-set.ts'
import { scoreOf, scoreUnit, turnedAnswers } from './scale-score.ts'

/** In an indicator: it counts; it is in the base and does not count; or it is out of the base, and why. */
export type IndicatorResult = 'counts' | 'in_base' | Exclude<State, 'answered'>

export interface AnswerFigures {
  indicators: { id: string; label: string; result: IndicatorResult }[]
  /** `mean` from 1 to 5, unrounded; null where fewer than half of the items (`of`) are answered, so that the answers are not in the scale. */
  scales: { id: string; label: string; mean: number | null; answered: number; of: number }[]
}

/** Whether a variable in this state, and where answered with this code, counts in an indicator that counts `codes`. */
export function countsAmong(codes: readonly Code[]): (state: State, value: string) => boolean {
  const counted = new Set(codes.map(String))
  return (state, value) => state === 'answered' && counted.has(value)
}

/**
 * Compiles a plan for reading one set of answers after another: checked ones, without those to hidden questions. An indicator or item whose
 * variable the questions do not have reads as not asked.
 */
export function compileFigures(definition: Routed, plan: AnalysisPlan): (answers: Answers) => AnswerFigures {
  const reader = compileStates(definition, plan)
  return (answers) => {
    const read = new Map<string, { state: State; value: string }>()
    reader.read(answers, (index, state, value) => read.set(reader.variables[index]!.name, { state, value }))
    const find = (variable: string) => read.get(variable) ?? { state: 'not_asked' as const, value: '' }
    return {
      indicators: plan.indicators.map(({ id, label, variable, counts }) => {
        const { state, value } = find(variable)
        const inBase = countsAmong(counts)(state, value) ? 'counts' : 'in_base'
        return { id, label, result: state === 'answered' ? inBase : state }
      }),
      scales: plan.scales.map(({ id, label, items }) => {
        const turned = turnedAnswers(
          items.map(({ variable }) => find(variable).value),
          items.map(({ reversed }) => reversed === true),
        )
        const score = scoreOf(turned)
        const answered = turned.filter((answer) => answer !== null).length
        return { id, label, mean: score === null ? null : score / scoreUnit, answered, of: items.length }
      }),
    }
  }
}

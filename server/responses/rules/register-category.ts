import type { Definition } from '../../../surveys/definition/definition.ts'
import type { AnalysisPlan, Answers } from '../../../surveys/question-set.ts'
import { wordsOf } from '../../../surveys/definition/choice-words.ts'

/** The question whose answer the register knows already: the service type; undefined where the plan has none. */
export function categoryQuestion(plan: Pick<AnalysisPlan, 'breakdowns'>): string | undefined {
  const breakdown = plan.breakdowns.find(({ from }) => from === 'category')
  return breakdown && (breakdown.variable ?? breakdown.id)
}

/** Hints that depend on who answers, by question: what the register says, to be confirmed and not preselected. */
export function registerHints(
  definition: Definition,
  plan: Pick<AnalysisPlan, 'breakdowns'>,
  category: string | null,
): Record<string, string> {
  const name = categoryQuestion(plan)
  const question = name === undefined ? undefined : definition.question(name)
  if (!name || !question || category === null) return {}
  const words = wordsOf(question, category)
  if (words === category) return {}
  return { [name]: `The register lists your service as: ${words}. Please confirm this, or choose what fits better.` }
}

/** Whether the respondent states another type than the register has. */
export function differsFromRegister(
  plan: Pick<AnalysisPlan, 'breakdowns'>,
  category: string | null,
  answers: Answers,
): boolean {
  const name = categoryQuestion(plan)
  const answer = name === undefined ? undefined : answers[name]
  return category !== null && answer !== undefined && answer !== category
}

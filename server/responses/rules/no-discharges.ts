import type { Definition } from '../../../surveys/definition/definition.ts'
import type { AnalysisPlan, Answers } from '../../../surveys/question-set.ts'

/** The answer that says that nobody was discharged to the service. */
export interface NoDischarges {
  question: string
  /** Its title, as people are asked it. */
  title: string
  answers: Answers
}

/** That answer, read from what the plan calls not applicable (`{question} = 'code'`); undefined where no such answer is a complete response. */
export function noDischargesOf(
  definition: Definition,
  { notApplicableWhen }: Pick<AnalysisPlan, 'notApplicableWhen'>,
): NoDischarges | undefined {
  const [, name = '', code = ''] = /^\s*\{(\w+)\}\s*=\s*'([^']*)'\s*$/.exec(notApplicableWhen ?? '') ?? []
  const question = definition.question(name)
  const answers = { [name]: code }
  if (!question || definition.check(answers, { complete: true }).length > 0) return undefined
  return { question: name, title: question.title, answers }
}

/** Questions that were answered already and would not be asked of such a service: those answers are not thrown away in passing. */
export function answersAgainst(definition: Definition, { answers }: NoDischarges, stored: Answers): string[] {
  const together = { ...stored, ...answers }
  const kept = definition.withoutHidden(together)
  return Object.keys(together).filter((name) => !Object.hasOwn(kept, name))
}

import type { Definition } from '../../../surveys/definition/definition.ts'
import { stratumOf, type Stratum } from '../../../surveys/counting/strata.ts'
import type { AnalysisPlan, Answers, Question } from '../../../surveys/question-set.ts'
import { differsFromRegister } from './register-category.ts'

/** What submitting fixes for ever. */
export interface Submission {
  /** Without free text. */
  data: Answers
  /** Free text by answer, kept apart for those who are cleared to read it. */
  texts: Record<string, string>
  stratum: Stratum
  categoryDiffers: boolean
}

export interface SubmissionSource {
  definition: Definition
  plan: AnalysisPlan
  system: { code: string; region: string }
  /** The register's service type; null in a cascade. */
  category: string | null
  /** Checked and complete: nothing hidden among them. */
  answers: Answers
}

const isFreeText = (question: Question | undefined): boolean =>
  question?.type === 'comment' || (question?.type === 'text' && (question.inputType ?? 'text') === 'text')

/** Prepares checked answers for storing as a complete response. */
export function prepareSubmission({ definition, plan, system, category, answers }: SubmissionSource): Submission {
  const stratum = stratumOf(plan, { system: system.code, region: system.region, category, answers })
  const apart = ([name, value]: [string, unknown]) =>
    typeof value === 'string' && (name.endsWith('-Comment') || isFreeText(definition.question(name)))
  const entries = Object.entries(answers)
  return {
    data: Object.fromEntries(entries.filter((entry) => !apart(entry))),
    texts: Object.fromEntries(entries.filter(apart)) as Record<string, string>,
    stratum,
    categoryDiffers: differsFromRegister(plan, category, answers),
  }
}

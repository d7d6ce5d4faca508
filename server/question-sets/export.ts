import type { DraftContent } from '../../surveys/draft-content.ts'

/** A question set as one JSON object: a published version with its number and hash, a draft without. */
export interface QuestionSetFile {
  footbridge: 1
  questions: object
  plan: object
  version?: number
  /** Of the questions and the plan in canonical JSON. */
  sha256?: string
}

export const versionToFile = (version: {
  questions: object
  plan: object
  version: number
  sha256: string
}): QuestionSetFile => ({
  footbridge: 1,
  version: version.version,
  sha256: version.sha256,
  questions: version.questions,
  plan: version.plan,
})

export const draftToFile = ({ questions, plan }: DraftContent): QuestionSetFile => ({ footbridge: 1, questions, plan })

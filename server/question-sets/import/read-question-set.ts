import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analysisPlanSchema, questionsSchema } from '../../../surveys/question-set.ts'
import type { QuestionSet } from '../../../surveys/question-set.ts'

const readJson = (directory: string, file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'))

/** Reads `questions.json` and `analysis.json` of a folder. Throws a SyntaxError or ZodError when either is not what the contract says. */
export function readQuestionSet(directory: string): QuestionSet {
  return {
    questions: questionsSchema.parse(readJson(directory, 'questions.json')),
    plan: analysisPlanSchema.parse(readJson(directory, 'analysis.json')),
  }
}

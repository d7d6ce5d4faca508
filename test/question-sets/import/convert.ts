import { Model } from 'survey-core'
import { expect } from 'vitest'
import { readQuestionSetFile, type SurveyRead } from '../../../server/question-sets/import/read-question-set-file.ts'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import { analysisPlanSchema, questionsSchema } from '../../../surveys/question-set.ts'

/** Reads a SurveyJS questionnaire, and proves of whatever it becomes that it keeps the contract, compiles and loads in survey-core. */
export function convert(survey: object): SurveyRead {
  const read = readQuestionSetFile(JSON.stringify(survey))
  if (!read.ok || read.kind !== 'surveyjs') throw new Error(JSON.stringify(read))
  expect(questionsSchema.parse(read.questions)).toEqual(read.questions)
  expect(analysisPlanSchema.parse(read.plan)).toEqual(read.plan)
  compileDefinition(read.questions)
  const names = read.questions.pages.flatMap((page) => page.elements.map(({ name }) => name))
  expect(new Model(structuredClone(read.questions)).getAllQuestions().map(({ name }) => name)).toEqual(names)
  return read
}

import { ConditionRunner, Model } from 'survey-core'
import { join } from 'node:path'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'
import { compileDefinition } from '../../surveys/definition/definition.ts'
import { syntheticResponses } from './synthetic-answers.ts'

export interface ValidationFigures {
  /** Microseconds for one condition, compiled before. */
  condition: number
  /** Microseconds for the strict check of one complete response: types, codes, lengths, visibility, what is required. */
  check: number
  /** Microseconds to compile a definition, once per version. */
  compile: number
  /** Microseconds to build a full survey-core model. */
  modelBuild: number
  /** Microseconds to set, validate and clear a model that is kept. */
  modelCached: number
}

/** Microseconds that one call takes on average, after a tenth of the calls to warm up. */
function microsecondsPer(calls: number, call: (index: number) => unknown): number {
  for (let index = 0; index < calls / 10; index += 1) call(index)
  const start = performance.now()
  for (let index = 0; index < calls; index += 1) call(index)
  return ((performance.now() - start) / calls) * 1000
}

/** What validating a response to the longer shipped question set costs, beside survey-core's model doing less of it. */
export function measureValidation(): ValidationFigures {
  const { questions } = readQuestionSet(join(import.meta.dirname, '../../surveys/discharge-information-flow'))
  const responses = syntheticResponses(questions, 1_000).map(({ answers }) => answers)
  const responseAt = (index: number) => responses[index % responses.length] ?? {}
  const definition = compileDefinition(questions)
  const refused = responses.filter((answers) => definition.check(answers, { complete: true }).length > 0)
  if (refused.length > 0) throw new Error(`${refused.length} of the benchmark's own responses are refused`)

  const condition = new ConditionRunner(questions.pages.find((page) => page.visibleIf)?.visibleIf ?? 'true')
  const model = new Model(questions)
  return {
    condition: microsecondsPer(100_000, (index) => condition.runValues(responseAt(index), {})),
    check: microsecondsPer(50_000, (index) => definition.check(responseAt(index), { complete: true })),
    compile: microsecondsPer(200, () => compileDefinition(questions)),
    modelBuild: microsecondsPer(50, () => new Model(questions).dispose()),
    modelCached: microsecondsPer(100, (index) => {
      model.data = responseAt(index)
      const valid = model.validate(false)
      model.clear()
      return valid
    }),
  }
}

import { ConditionRunner, ConditionsParser } from 'survey-core'
import type { Answers, Question } from '../question-set.ts'

/** A compiled `visibleIf`. `holds` takes answers that are all of the declared types; the same expression has the same slot. */
export interface Condition {
  slot: number
  holds: (values: Answers) => boolean
}

/**
 * Compiles an expression, once per questionnaire (`known`, by expression); undefined where there is none. `earlier`: the questions of the
 * pages before. Throws an Error where it is not an expression, calls a function, or looks at anything but an earlier answer (`{question}`,
 * `{matrix.row}`).
 */
export function compileCondition(
  expression: string | undefined,
  place: string,
  earlier: ReadonlyMap<string, Question>,
  known: Map<string, Condition>,
): Condition | undefined {
  if (expression === undefined) return undefined
  const compiled = known.get(expression)
  if (compiled) return compiled
  // The runner only warns on the console about what it cannot parse.
  if (!new ConditionsParser().parseExpression(expression)) throw new Error(`${place}: ${expression} is not a condition`)
  const runner = new ConditionRunner(expression)
  if (runner.hasFunction()) throw new Error(`${place}: the condition ${expression} calls a function`)
  for (const variable of runner.getVariables()) {
    if (!isAnswerOf(variable, earlier))
      throw new Error(`${place}: the condition ${expression} looks at ${variable}, which no earlier page asks`)
  }
  const condition: Condition = { slot: known.size, holds: (values) => runner.runValues(values, {}) }
  known.set(expression, condition)
  return condition
}

function isAnswerOf(variable: string, questions: ReadonlyMap<string, Question>): boolean {
  const [name = '', row, ...rest] = variable.split('.')
  const question = questions.get(name)
  if (!question || rest.length > 0) return false
  return row === undefined || (question.type === 'matrix' && question.rows.some(({ value }) => String(value) === row))
}

// A condition of the file in our names and codes. It is kept whole or not at all: half a condition would ask the wrong people.
import { ArrayOperand, BinaryOperand, ConditionsParser, Const, UnaryOperand, Variable } from 'survey-core'
import { quote, type Converted } from './source.ts'

const longest = 500

const signs: Record<string, string> = {
  equal: '=',
  notequal: '<>',
  less: '<',
  greater: '>',
  lessorequal: '<=',
  greaterorequal: '>=',
}

export type ConvertedCondition = { expression: string; asks: Set<string> } | { reason: string }

class NotKept extends Error {}

/** `questions`: what became of each question, by its name in the file. `asks` are our names of those that it looks at. */
export function convertCondition(expression: string, questions: ReadonlyMap<string, Converted>): ConvertedCondition {
  const asks = new Set<string>()
  // `{#name}` is another way to write `{name}`.
  let changed = expression.includes('{#')
  const parsed: unknown = new ConditionsParser().createCondition(expression)
  if (!parsed) return { reason: 'it cannot be read' }
  try {
    const written = write(parsed)
    const kept = changed ? written : expression.trim()
    if (kept.length > longest) return { reason: `it has more than ${longest} characters` }
    return { expression: kept, asks }
  } catch (error) {
    if (error instanceof NotKept) return { reason: error.message }
    throw error
  }

  function write(operand: unknown): string {
    if (operand instanceof UnaryOperand) {
      if (operand.operator === 'negate') return `!(${write(operand.expression)})`
      return `${askedBy(operand.expression).written} ${operand.operator}`
    }
    if (!(operand instanceof BinaryOperand)) throw more(operand)
    const { leftOperand: left, rightOperand: right, operator } = operand as unknown as Record<string, unknown>
    if (operand.isConjunction) return `(${write(left)}) ${String(operator)} (${write(right)})`
    const turned = !(left instanceof Variable) && (operator === 'equal' || operator === 'notequal')
    changed ||= turned
    const asked = askedBy(turned ? right : left)
    return `${asked.written} ${signs[String(operator)] ?? String(operator)} ${valueOf(turned ? left : right, asked.question)}`
  }

  function askedBy(operand: unknown): { written: string; question: Converted } {
    if (!(operand instanceof Variable)) throw more(operand)
    const given = operand.variable
    const whole = questions.get(given)
    if (whole) return ask(given, whole, whole.question.name)
    for (let dot = given.indexOf('.'); dot >= 0; dot = given.indexOf('.', dot + 1)) {
      const question = questions.get(given.slice(0, dot))
      const row = question?.rows.get(given.slice(dot + 1))
      if (question && row !== undefined) return ask(given, question, `${question.question.name}.${row}`)
    }
    throw new NotKept(`it looks at ${quote(given)}, which is no question of this set`)
  }

  function ask(given: string, question: Converted, name: string) {
    changed ||= given !== name
    asks.add(question.question.name)
    return { written: `{${name}}`, question }
  }

  function valueOf(operand: unknown, asked: Converted): string {
    if (operand instanceof ArrayOperand)
      return `[${(operand.values as unknown[]).map((value) => valueOf(value, asked)).join(', ')}]`
    if (!(operand instanceof Const) || operand instanceof Variable) throw more(operand)
    const value: unknown = operand.correctValue
    const isNumber = 'inputType' in asked.question && asked.question.inputType === 'number'
    const code = isNumber ? Number(value) : asked.codes.get(String(value))
    if (code === undefined || Number.isNaN(code))
      throw new NotKept(`${quote(value)} is no answer to ${asked.question.title.slice(0, 60)}`)
    changed ||= code !== value
    return typeof code === 'number' ? String(code) : `'${code}'`
  }
}

const more = (operand: unknown) =>
  new NotKept(`it is more than comparing questions with values: ${quote(String(operand))}`)

// A condition of the file in our names and codes. It is kept whole or not at all: half a condition would ask the wrong people.
import {
  ArrayOperand,
  BinaryOperand,
  ConditionsParser,
  Const,
  FunctionOperand,
  UnaryOperand,
  Variable,
} from 'survey-core'
import type { Converted } from './convert-question.ts'
import { quote } from './source.ts'

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
  const parsed: unknown = new ConditionsParser().createCondition(expression)
  if (!parsed) return { reason: 'it cannot be read' }
  const writer = new Writer(questions)
  try {
    const written = writer.write(parsed)
    // `{#name}` is another way to write `{name}`.
    const kept = writer.changed || expression.includes('{#') ? written : expression.trim()
    return kept.length > longest
      ? { reason: `it has more than ${longest} characters` }
      : { expression: kept, asks: writer.asks }
  } catch (error) {
    if (error instanceof NotKept) return { reason: error.message }
    throw error
  }
}

class Writer {
  readonly asks = new Set<string>()
  changed = false
  readonly #questions: ReadonlyMap<string, Converted>

  constructor(questions: ReadonlyMap<string, Converted>) {
    this.#questions = questions
  }

  write(operand: unknown): string {
    if (operand instanceof UnaryOperand) {
      if (operand.operator === 'negate') return `!(${this.write(operand.expression)})`
      return `${this.#variable(operand.expression).written} ${operand.operator}`
    }
    if (!(operand instanceof BinaryOperand)) throw new NotKept(`it is more than comparisons: ${quote(String(operand))}`)
    const { leftOperand, rightOperand, operator } = operand as unknown as Record<string, unknown> & { operator: string }
    if (operand.isConjunction) return `(${this.write(leftOperand)}) ${operator} (${this.write(rightOperand)})`
    const turned = leftOperand instanceof Const && !(leftOperand instanceof Variable)
    if (turned && operator !== 'equal' && operator !== 'notequal')
      throw new NotKept('a comparison starts with a question')
    this.changed ||= turned
    const asked = this.#variable(turned ? rightOperand : leftOperand)
    const value = this.#value(turned ? leftOperand : rightOperand, asked.question)
    return `${asked.written} ${signs[operator] ?? operator} ${value}`
  }

  #variable(operand: unknown): { written: string; question: Converted } {
    if (operand instanceof FunctionOperand || !(operand instanceof Variable))
      throw new NotKept(`it is more than comparisons: ${quote(String(operand))}`)
    const name = operand.variable
    const whole = this.#questions.get(name)
    if (whole) return this.#asking(name, whole, whole.question.name)
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const question = this.#questions.get(name.slice(0, dot))
      const row = question?.rows.get(name.slice(dot + 1))
      if (question && row !== undefined) return this.#asking(name, question, `${question.question.name}.${row}`)
    }
    throw new NotKept(`it looks at ${quote(name)}, which is no question of this set`)
  }

  #asking(given: string, question: Converted, name: string) {
    this.changed ||= given !== name
    this.asks.add(question.question.name)
    return { written: `{${name}}`, question }
  }

  #value(operand: unknown, asked: Converted): string {
    if (operand instanceof ArrayOperand) {
      const values = operand.values as unknown[]
      return `[${values.map((value) => this.#value(value, asked)).join(', ')}]`
    }
    if (!(operand instanceof Const) || operand instanceof Variable)
      throw new NotKept(`it compares with more than a value: ${quote(String(operand))}`)
    const value: unknown = operand.correctValue
    const code =
      'inputType' in asked.question && asked.question.inputType === 'number'
        ? Number(value)
        : asked.codes.get(String(value))
    if (code === undefined || Number.isNaN(code))
      throw new NotKept(`${quote(value)} is no answer to ${asked.question.title.slice(0, 60)}`)
    this.changed ||= code !== value
    return typeof code === 'number' ? String(code) : `'${code}'`
  }
}

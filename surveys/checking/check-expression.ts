// Routing expressions: the small part of SurveyJS's language that the plain HTML way, SurveyJS and the validator evaluate alike.
import {
  ArrayOperand,
  BinaryOperand,
  ConditionsParser,
  Const,
  FunctionOperand,
  UnaryOperand,
  Variable,
} from 'survey-core'
import type { Question } from '../question-set.ts'
import { codesOf, isOneChoice } from '../variables.ts'
import type { QuestionsByName } from '../variables.ts'

const equality = ['equal', 'notequal']
const order = ['less', 'greater', 'lessorequal', 'greaterorequal']
const ofOneAnswer = [...equality, 'anyof', 'noneof']
const ofSeveralAnswers = ['contains', 'notcontains', 'anyof', 'allof', 'noneof']

/** What is wrong with an expression over these questions, as sentences; empty when nothing is. */
export function checkExpression(expression: string, questions: QuestionsByName): string[] {
  const parsed: unknown = new ConditionsParser().createCondition(expression)
  if (!parsed) return [`this is not an expression: ${expression}`]
  return checkCondition(parsed, questions)
}

function checkCondition(operand: unknown, questions: QuestionsByName): string[] {
  if (operand instanceof FunctionOperand) return [`functions are not allowed: ${operand.functionName}()`]
  if (operand instanceof UnaryOperand) {
    if (operand.operator === 'negate') return checkCondition(operand.expression, questions)
    if (['empty', 'notempty'].includes(operand.operator)) return withAsked(operand.expression, questions, () => [])
  }
  if (operand instanceof BinaryOperand) {
    const { leftOperand, rightOperand } = operand as { leftOperand: unknown; rightOperand: unknown }
    if (operand.isConjunction)
      return [...checkCondition(leftOperand, questions), ...checkCondition(rightOperand, questions)]
    return withAsked(leftOperand, questions, (asked) => checkComparison(asked, operand.operator, rightOperand))
  }
  return [`only comparisons joined by and, or and ! are allowed: ${String(operand)}`]
}

interface Asked {
  name: string
  question: Question
  /** A matrix's row is named. */
  row: boolean
}

/** Looks up the question on the left of a comparison, and goes on with it. */
function withAsked(operand: unknown, questions: QuestionsByName, next: (asked: Asked) => string[]): string[] {
  if (operand instanceof FunctionOperand) return [`functions are not allowed: ${operand.functionName}()`]
  if (!(operand instanceof Variable))
    return [`a comparison starts with a question in braces, not with ${String(operand)}`]
  const name = operand.variable
  const [questionName = '', part] = name.split('.')
  const question = questions.get(questionName)
  if (!question)
    return [
      questions.notes?.has(questionName)
        ? `{${name}} is a heading or paragraph: nobody answers it`
        : `{${name}} is not a question of an earlier page`,
    ]
  const rows = question.type === 'matrix' ? question.rows.map((row) => String(row.value)) : []
  if (part !== undefined && !rows.includes(part)) return [`{${name}} names no row of a matrix`]
  return next({ name, question, row: part !== undefined })
}

function operatorsFor({ question, row }: Asked): string[] {
  if (isOneChoice(question) || row)
    return codesOf(question).some((code) => typeof code === 'number') ? [...ofOneAnswer, ...order] : ofOneAnswer
  if (question.type === 'checkbox') return ofSeveralAnswers
  return question.type === 'text' && 'min' in question ? [...equality, ...order] : []
}

function checkComparison(asked: Asked, operator: string, right: unknown): string[] {
  const { name, question } = asked
  if (!operatorsFor(asked).includes(operator)) return [`{${name}} cannot be compared by ${operator}`]
  const operands: unknown[] = right instanceof ArrayOperand ? right.values : [right]
  const several = ['anyof', 'allof', 'noneof'].includes(operator)
  if (right instanceof ArrayOperand && !several)
    return [`${operator} compares {${name}} with one value, not with a list`]
  return operands.flatMap((operand) => {
    if (!(operand instanceof Const) || operand instanceof Variable)
      return [`{${name}} can be compared with codes only, not with ${String(operand)}`]
    const value: unknown = operand.correctValue
    if (question.type === 'text' || order.includes(operator))
      return typeof value === 'number' ? [] : [`{${name}} is compared with ${String(value)}, not a number`]
    return codesOf(question).some((code) => code === value) ? [] : [`${name} has no code ${String(value)}`]
  })
}

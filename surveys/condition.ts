// A condition as an editor builds it: tests of earlier answers, all or any of which must hold. Kept in a question set as an expression.
import { ArrayOperand, BinaryOperand, ConditionsParser, Const, UnaryOperand, Variable } from 'survey-core'
import { questionsOf } from './notes.ts'
import type { Code, Question, Questions } from './question-set.ts'
import { codesOf, isOneChoice } from './variables.ts'
import type { QuestionsByName } from './variables.ts'

export type Comparison =
  'is' | 'isNot' | 'isOneOf' | 'includes' | 'doesNotInclude' | 'isAnswered' | 'isNotAnswered' | 'isAtLeast' | 'isAtMost'

export interface ConditionTest {
  /** `question`, or `question.row` of a matrix. */
  question: string
  comparison: Comparison
  /** One for most comparisons, one or more for isOneOf, none for isAnswered and isNotAnswered. */
  values: Code[]
}

export type Condition = { all: ConditionTest[] } | { any: ConditionTest[] }

const operators: Record<Comparison, string> = {
  is: 'equal',
  isNot: 'notequal',
  isOneOf: 'anyof',
  includes: 'contains',
  doesNotInclude: 'notcontains',
  isAnswered: 'notempty',
  isNotAnswered: 'empty',
  isAtLeast: 'greaterorequal',
  isAtMost: 'lessorequal',
}
const symbols: Record<Comparison, string> = {
  is: '=',
  isNot: '<>',
  isOneOf: 'anyof',
  includes: 'contains',
  doesNotInclude: 'notcontains',
  isAnswered: 'notempty',
  isNotAnswered: 'empty',
  isAtLeast: '>=',
  isAtMost: '<=',
}
const withoutValue: Comparison[] = ['isAnswered', 'isNotAnswered']

const testsOf = (condition: Condition) => ('all' in condition ? condition.all : condition.any)

/** Whether the test has as many values as its comparison needs: in an editor one may not have been chosen yet. */
export function isComplete({ comparison, values }: ConditionTest): boolean {
  if (withoutValue.includes(comparison)) return values.length === 0
  return comparison === 'isOneOf' ? values.length > 0 : values.length === 1
}

// A draft may hold a code as it was typed, with an apostrophe.
const literal = (code: Code) => (typeof code === 'number' ? String(code) : `'${code.replaceAll(/['"]/g, '\\$&')}'`)

function testExpression({ question, comparison, values }: ConditionTest): string {
  const left = `{${question}} ${symbols[comparison]}`
  if (withoutValue.includes(comparison)) return left
  const codes = values.map(literal).join(', ')
  return comparison === 'isOneOf' ? `${left} [${codes}]` : `${left} ${codes}`
}

/** The expression to store as visibleIf; undefined while there is no test, or one has not got its value yet. */
export function toExpression(condition: Condition): string | undefined {
  const tests = testsOf(condition)
  if (tests.length === 0 || !tests.every(isComplete)) return undefined
  return tests.map(testExpression).join('all' in condition ? ' and ' : ' or ')
}

/** The condition that an expression states; undefined where it is none of ours (mixed and/or, negation), to be shown but not edited. */
export function fromExpression(expression: string): Condition | undefined {
  const parsed: unknown = new ConditionsParser().createCondition(expression)
  if (!parsed) return undefined
  const join = parsed instanceof BinaryOperand && parsed.isConjunction ? parsed.operator : 'and'
  const tests = listOperands(parsed, join).map(readTest)
  if (tests.some((test) => test === undefined)) return undefined
  return join === 'or' ? { any: tests as ConditionTest[] } : { all: tests as ConditionTest[] }
}

function listOperands(operand: unknown, join: string): unknown[] {
  if (!(operand instanceof BinaryOperand) || !operand.isConjunction || operand.operator !== join) return [operand]
  const { leftOperand, rightOperand } = operand as { leftOperand: unknown; rightOperand: unknown }
  return [...listOperands(leftOperand, join), ...listOperands(rightOperand, join)]
}

function readTest(operand: unknown): ConditionTest | undefined {
  if (operand instanceof UnaryOperand) {
    const comparison = comparisonOf(operand.operator)
    if (!comparison || !(operand.expression instanceof Variable)) return undefined
    return { question: operand.expression.variable, comparison, values: [] }
  }
  if (!(operand instanceof BinaryOperand)) return undefined
  const { leftOperand: left, rightOperand: right } = operand as { leftOperand: unknown; rightOperand: unknown }
  if (!(left instanceof Variable)) return undefined
  const values = readValues(right)
  const test = values && compare(left.variable, operand.operator, values)
  // A list beside any other comparison, or one value beside anyof, means something that a test cannot say.
  return test && isComplete(test) && right instanceof ArrayOperand === (test.comparison === 'isOneOf')
    ? test
    : undefined
}

function compare(question: string, operator: string, values: Code[]): ConditionTest | undefined {
  const [value] = values
  // Answers that are numbers are whole numbers: more than 3 is at least 4.
  if (operator === 'greater' && typeof value === 'number')
    return { question, comparison: 'isAtLeast', values: [Math.floor(value) + 1] }
  if (operator === 'less' && typeof value === 'number')
    return { question, comparison: 'isAtMost', values: [Math.ceil(value) - 1] }
  const comparison = comparisonOf(operator)
  return comparison && { question, comparison, values }
}

const comparisonOf = (operator: string) =>
  (Object.keys(operators) as Comparison[]).find((comparison) => operators[comparison] === operator)

function readValues(operand: unknown): Code[] | undefined {
  const constants: unknown[] = operand instanceof ArrayOperand ? operand.values : [operand]
  const values = constants.map((constant): unknown =>
    constant instanceof Const && !(constant instanceof Variable) ? constant.correctValue : undefined,
  )
  return values.every((value): value is Code => isCode(value)) ? values : undefined
}

const isCode = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && !value.includes('\\'))

/** As they stand in a sentence, and in a list to choose from. */
export const comparisonWords: Record<Comparison, string> = {
  is: 'is',
  isNot: 'is not',
  isOneOf: 'is',
  includes: 'includes',
  doesNotInclude: 'does not include',
  isAnswered: 'is answered',
  isNotAnswered: 'is not answered',
  isAtLeast: 'is at least',
  isAtMost: 'is at most',
}

/** In plain English: *Ask when ‘Did anyone come from hospital?’ is not ‘No’.* `opening` replaces *Ask*. */
export function conditionSentence(condition: Condition, questions: QuestionsByName, opening = 'Ask when'): string {
  const tests = testsOf(condition).map((test) => testPhrase(test, questions))
  if (tests.length === 0) return `${opening} … (no condition has been chosen yet).`
  return `${opening} ${tests.join('all' in condition ? ', and ' : ', or ')}.`
}

function testPhrase({ question: variable, comparison, values }: ConditionTest, questions: QuestionsByName): string {
  const [name = '', part] = variable.split('.')
  const question = questions.get(name)
  const subject = question ? titleOf(question, part) : `a question that is not there (${variable})`
  const several = question?.type === 'checkbox' && comparison === 'isOneOf'
  const verb = several ? 'includes' : comparisonWords[comparison]
  if (withoutValue.includes(comparison)) return `${subject} ${verb}`
  const named = values.map((value) => (question ? valueText(question, value) : `‘${value}’`))
  return `${subject} ${verb} ${named.length > 0 ? joinWords(named, 'or') : '…'}`
}

function titleOf(question: Question, part: string | undefined): string {
  if (part === undefined || question.type !== 'matrix') return `‘${question.title}’`
  const row = question.rows.find(({ value }) => String(value) === part)
  return row
    ? `‘${row.text}’ (in ‘${question.title}’)`
    : `a statement that is not there (${part}, in ‘${question.title}’)`
}

/** The text of a code in inverted commas; a number stands for itself where numbers are entered. */
export function valueText(question: Question, value: Code): string {
  if (question.type === 'text') return String(value)
  const text = listValues(question).find((choice) => choice.value === value)?.text
  return text === undefined ? `‘${value}’ (which is not one of its answers)` : `‘${text}’`
}

/** *a*, *a or b*, *a, b or c*. */
export function joinWords(items: string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}

/** Codes and texts of what may be answered; empty for text, numbers and dates. */
export function listValues(question: Question): { value: Code; text: string }[] {
  if (question.type === 'matrix') return question.columns
  if (!('choices' in question)) return []
  const choices = question.choices.map(({ value, text }) => ({ value, text }))
  return question.showOtherItem ? [...choices, { value: 'other', text: question.otherText ?? 'Other' }] : choices
}

/** What a condition may ask about: an earlier question, or a statement of an earlier matrix. */
export interface ConditionChoice {
  /** As ConditionTest names it. */
  question: string
  title: string
  comparisons: Comparison[]
  /** To choose from; empty where a number is entered or there is nothing to compare with. */
  values: { value: Code; text: string }[]
}

/**
 * What the condition of a page, or of a question on it, may ask about: the questions of the pages before it (`page` is counted from 0; the
 * plan's notApplicableWhen may ask about all: give the number of pages). Plain HTML shows a page at a time, so its own are not among them.
 */
export function listConditionChoices(questions: Questions, page: number): ConditionChoice[] {
  return questions.pages.slice(0, page).flatMap(questionsOf).flatMap(choicesOf)
}

function choicesOf(question: Question): ConditionChoice[] {
  const { name, title } = question
  const comparisons = comparisonsFor(question)
  const values = listValues(question)
  if (question.type !== 'matrix') return [{ question: name, title, comparisons, values }]
  return question.rows.map((row) => ({
    question: `${name}.${row.value}`,
    title: `${title} – ${row.text}`,
    comparisons,
    values,
  }))
}

function comparisonsFor(question: Question): Comparison[] {
  const ordered: Comparison[] = ['isAtLeast', 'isAtMost']
  if (question.type === 'checkbox') return ['includes', 'doesNotInclude', 'isOneOf', ...withoutValue]
  if (question.type === 'text' && 'min' in question) return ['is', 'isNot', ...ordered, ...withoutValue]
  if (!isOneChoice(question) && question.type !== 'matrix') return withoutValue
  const scale = codesOf(question).some((code) => typeof code === 'number')
  return ['is', 'isNot', 'isOneOf', ...(scale ? ordered : []), ...withoutValue]
}

import fc from 'fast-check'
import { ConditionRunner } from 'survey-core'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkExpression } from '../../surveys/checking/check-expression.ts'
import { conditionSentence, fromExpression, listConditionChoices, toExpression } from '../../surveys/condition.ts'
import type { Condition, ConditionTest } from '../../surveys/condition.ts'
import type { Answers, Code, Questions } from '../../surveys/question-set.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'
import { questionsByName } from '../../surveys/variables.ts'
import { questionnaires, rightAnswers } from './definition/arbitrary-questionnaires.ts'

const shipped = (slug: string) => readQuestionSet(join(import.meta.dirname, '../../surveys', slug))
const informationFlow = shipped('discharge-information-flow')
const audit = shipped('relational-audit')
const named = (questions: Questions) => questionsByName(questions.pages.flatMap((page) => page.elements))
const runs = (expression: string, answers: Answers) => new ConditionRunner(expression).runValues(answers, {})

/** Any condition that listConditionChoices offers at the end of these questions. */
function conditionsOver(questions: Questions): fc.Arbitrary<Condition> {
  const tests = listConditionChoices(questions, questions.pages.length).map((choice) =>
    fc.constantFrom(...choice.comparisons).chain((comparison): fc.Arbitrary<ConditionTest> => {
      const scale = choice.values.map(({ value }) => value).filter((value) => typeof value === 'number')
      const ordered = comparison === 'isAtLeast' || comparison === 'isAtMost'
      const codes = ordered ? scale : choice.values.map(({ value }) => value)
      const value: fc.Arbitrary<Code> = codes.length > 0 ? fc.constantFrom(...codes) : fc.integer({ min: -6, max: 26 })
      const values: fc.Arbitrary<Code[]> =
        comparison === 'isAnswered' || comparison === 'isNotAnswered'
          ? fc.constant([])
          : fc.uniqueArray(value, { minLength: 1, maxLength: comparison === 'isOneOf' ? 3 : 1 })
      return values.map((chosen) => ({ question: choice.question, comparison, values: chosen }))
    }),
  )
  const several = fc.array(fc.oneof(...tests), { minLength: 1, maxLength: 4 })
  return fc
    .tuple(several, fc.boolean())
    .map(([list, all]) => (all || list.length === 1 ? { all: list } : { any: list }))
}

const answerTo = (answer: unknown, row: string | undefined) =>
  row === undefined ? answer : (answer as Record<string, unknown> | undefined)?.[row]

/** What a condition says, worked out from its parts alone. */
function holdsByItsParts(condition: Condition, answers: Answers): boolean {
  const test = ({ question, comparison, values }: ConditionTest): boolean => {
    const [name = '', row] = question.split('.')
    const answer = answerTo(answers[name], row)
    const has = (value: Code | undefined) => (Array.isArray(answer) ? answer.includes(value) : answer === value)
    const [value = NaN] = values
    switch (comparison) {
      case 'is':
      case 'includes':
        return has(value)
      case 'isNot':
      case 'doesNotInclude':
        return !has(value)
      case 'isOneOf':
        return values.some(has)
      case 'isAnswered':
        return answer !== undefined
      case 'isNotAnswered':
        return answer === undefined
      case 'isAtLeast':
        return typeof answer === 'number' && answer >= Number(value)
      case 'isAtMost':
        return typeof answer === 'number' && answer <= Number(value)
    }
  }
  return 'all' in condition ? condition.all.every(test) : condition.any.some(test)
}

const withCondition = questionnaires.chain((questions) =>
  fc.record({
    questions: fc.constant(questions),
    condition: conditionsOver(questions),
    answers: rightAnswers(questions),
  }),
)

describe('a condition and its expression', () => {
  it('comes back from its expression as it was, and the validator allows it', () => {
    fc.assert(
      fc.property(withCondition, ({ questions, condition }) => {
        const expression = toExpression(condition) ?? ''
        expect(fromExpression(expression)).toEqual(condition)
        expect(checkExpression(expression, named(questions))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it.each(["it's", 'say "yes"', ''])('keeps a code of a draft that is none: %s', (code) => {
    const condition: Condition = { all: [{ question: 'gate', comparison: 'is', values: [code] }] }
    const expression = toExpression(condition) ?? ''
    expect(fromExpression(expression)).toEqual(condition)
    if (code !== '') expect(runs(expression, { gate: code })).toBe(true)
  })

  it('means in SurveyJS what its parts say', () => {
    fc.assert(
      fc.property(withCondition, ({ condition, answers }) => {
        expect(runs(toExpression(condition) ?? '', answers)).toBe(holdsByItsParts(condition, answers))
      }),
      { numRuns: 1000 },
    )
  })

  it('means the same after it was read from any expression of a questionnaire', () => {
    const withExpressions = questionnaires.chain((questions) =>
      fc.record({ questions: fc.constant(questions), answers: rightAnswers(questions) }),
    )
    let read = 0
    fc.assert(
      fc.property(withExpressions, ({ questions, answers }) => {
        const owners = [...questions.pages, ...questions.pages.flatMap((page) => page.elements)]
        for (const { visibleIf } of owners) {
          const condition = visibleIf === undefined ? undefined : fromExpression(visibleIf)
          if (visibleIf === undefined || !condition) continue
          read += 1
          expect(runs(toExpression(condition) ?? '', answers), visibleIf).toBe(runs(visibleIf, answers))
        }
      }),
      { numRuns: 500 },
    )
    expect(read).toBeGreaterThan(200)
  })

  it.each([
    ["{a} = 'yes' and {b} = 'no' or {c} notempty", 'and beside or'],
    ["!({a} = 'yes')", 'a negation'],
    ["{a} noneof ['yes']", 'a comparison that is not offered'],
    ["{a} = ['yes']", 'a list beside is'],
    ["{a} anyof 'yes'", 'one value beside is one of'],
    ['{a} = {b}', 'two questions compared'],
    ["'yes' = {a}", 'a value first'],
    ['{a} > today()', 'a function'],
    ['{a} =', 'no expression'],
    ['{a} = "it\'s"', 'what no code can be'],
  ])('does not read %s: %s', (expression) => {
    expect(fromExpression(expression)).toBeUndefined()
  })

  it('reads more than and less than as the whole numbers next to them', () => {
    expect(fromExpression('{n} > 3 and {n} < 9')).toEqual({
      all: [
        { question: 'n', comparison: 'isAtLeast', values: [4] },
        { question: 'n', comparison: 'isAtMost', values: [8] },
      ],
    })
  })

  it('keeps a code that reads like a word of the language', () => {
    for (const code of ['true', 'null', 'and', 'empty', 'e5', 0]) {
      const condition = { all: [{ question: 'q', comparison: 'is' as const, values: [code] }] }
      expect(fromExpression(toExpression(condition) ?? '')).toEqual(condition)
    }
  })

  it('is no expression while nothing has been chosen', () => {
    expect(toExpression({ all: [] })).toBeUndefined()
    expect(toExpression({ all: [{ question: 'a', comparison: 'is', values: [] }] })).toBeUndefined()
    expect(toExpression({ all: [{ question: 'a', comparison: 'isAnswered', values: ['yes'] }] })).toBeUndefined()
  })
})

describe('the conditions of the shipped question sets', () => {
  const expressions = [informationFlow, audit].flatMap(({ questions, plan }) =>
    [
      ...questions.pages.flatMap((page) => [page.visibleIf, ...page.elements.map((question) => question.visibleIf)]),
      plan.notApplicableWhen,
    ].flatMap((expression) => (expression === undefined ? [] : [{ questions, expression }])),
  )

  it('are all read, and mean the same after', () => {
    expect(expressions.length).toBeGreaterThan(8)
    for (const { questions, expression } of expressions) {
      const condition = fromExpression(expression)
      expect(condition, expression).toBeDefined()
      const back = condition && toExpression(condition)
      expect(back).toBe(expression)
      fc.assert(
        fc.property(rightAnswers(questions), (answers) => runs(expression, answers) === runs(back ?? '', answers)),
        { numRuns: 20 },
      )
    }
  })

  it('read as sentences', () => {
    const sentences = expressions.map(({ questions, expression }) => {
      const condition = fromExpression(expression)
      return condition && conditionSentence(condition, named(questions))
    })
    expect(sentences[0]).toBe(
      'Ask when ‘In the last three months, did anyone aged 65 or over come to your service, or come back to it, from hospital?’ is not ‘No’.',
    )
    expect(sentences).toContain('Ask when ‘In the last three months, did you use a trusted assessor?’ is not ‘No’.')
  })
})

describe('a condition as a sentence', () => {
  const questions = named(informationFlow.questions)
  const say = (condition: Condition, opening?: string) => conditionSentence(condition, questions, opening)

  it('names choices, statements and joins', () => {
    expect(
      say({
        any: [
          { question: 'before_discharge.told_date', comparison: 'isOneOf', values: ['rarely', 'never', 'dont_know'] },
          { question: 'summary_route', comparison: 'includes', values: ['paper'] },
          { question: 'works_well', comparison: 'isAnswered', values: [] },
        ],
      }),
    ).toBe(
      'Ask when ‘We are told the expected date’ (in ‘How often do these happen before discharge?’) is ‘Rarely’, ‘Never’ or ' +
        "‘Don't know’, or ‘How do summaries usually reach you?’ includes ‘On paper, with the person’, or ‘What works well when " +
        'people leave hospital?’ is answered.',
    )
  })

  it('says includes where several choices are compared with a list', () => {
    expect(say({ all: [{ question: 'summary_route', comparison: 'isOneOf', values: ['paper', 'post'] }] })).toContain(
      'includes ‘On paper, with the person’ or ‘Post’.',
    )
  })

  it('takes another opening, and says what is gone or not chosen yet', () => {
    expect(say({ all: [] }, 'Not applicable when')).toBe('Not applicable when … (no condition has been chosen yet).')
    expect(say({ all: [{ question: 'gone', comparison: 'is', values: ['yes'] }] })).toBe(
      'Ask when a question that is not there (gone) is ‘yes’.',
    )
    expect(say({ all: [{ question: 'summary_timing', comparison: 'is', values: ['gone'] }] })).toBe(
      'Ask when ‘When does the summary usually reach you?’ is ‘gone’ (which is not one of its answers).',
    )
    expect(say({ all: [{ question: 'summary_timing', comparison: 'isNot', values: [] }] })).toBe(
      'Ask when ‘When does the summary usually reach you?’ is not ….',
    )
  })
})

describe('what a condition may ask about', () => {
  it('is the questions and statements of the pages before, never of the same page', () => {
    const { questions } = informationFlow
    expect(listConditionChoices(questions, 0)).toEqual([])
    expect(listConditionChoices(questions, 1).map(({ question }) => question)).toEqual([
      'service_type',
      'older_people_discharged',
    ])
    const all = listConditionChoices(questions, questions.pages.length).map(({ question }) => question)
    expect(all).toContain('before_discharge.told_date')
    expect(all).not.toContain('before_discharge')
  })

  it('offers at least and at most for numbers and numbered answers only, and no value for text', () => {
    const choices = listConditionChoices(audit.questions, audit.questions.pages.length)
    const offered = (name: string) => choices.find(({ question }) => question === name)?.comparisons
    expect(offered('open_honest')).toContain('isAtLeast')
    expect(offered('grade')).not.toContain('isAtLeast')
    expect(offered('sectors')).toEqual(['includes', 'doesNotInclude', 'isOneOf', 'isAnswered', 'isNotAnswered'])
    expect(offered('helps')).toEqual(['isAnswered', 'isNotAnswered'])
  })
})

import fc from 'fast-check'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { walk } from '../../surveys/checking/paths.ts'
import type { Questions } from '../../surveys/question-set.ts'
import { questionsSchema } from '../../surveys/question-set.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'
import { findUnreachable } from '../../surveys/checking/unreachable.ts'
import { questionnaires, rightAnswers } from './definition/arbitrary-questionnaires.ts'

const coded = (...values: (string | number)[]) => values.map((value) => ({ value, text: `Text of ${value}` }))
const one = (name: string, visibleIf?: string, isRequired?: boolean) => ({
  type: 'radiogroup',
  name,
  title: `Title of ${name}`,
  choices: coded('yes', 'no', 'maybe', 'never'),
  ...(visibleIf === undefined ? {} : { visibleIf }),
  ...(isRequired ? { isRequired } : {}),
})
const several = (name: string, change: object = {}) => ({
  type: 'checkbox',
  name,
  title: `Title of ${name}`,
  choices: [...coded('a', 'b', 'c'), { value: 'none', text: 'None', isExclusive: true }],
  ...change,
})
const grid = { type: 'matrix', name: 'grid', title: 'Grid', rows: coded('r', 's', 't'), columns: coded(1, 2, 3) }
const amount = { type: 'text', inputType: 'number', name: 'amount', title: 'Amount', min: 0, max: 9 }
const words = { type: 'comment', name: 'words', title: 'Words', maxLength: 99 }

/** Pages of these elements; a string is the condition of the page that follows. */
function paged(...parts: (string | object[])[]): Questions {
  const pages = parts.flatMap((part, at) => {
    if (typeof part === 'string') return []
    const before = parts[at - 1]
    return [{ title: 'Page', elements: part, ...(typeof before === 'string' ? { visibleIf: before } : {}) }]
  })
  return questionsSchema.parse({ title: 'Set', pages: pages.map((page, at) => ({ ...page, name: `page_${at}` })) })
}
const first = [one('gate'), several('ticks'), grid, amount, words]
const findingsWith = (visibleIf: string) => findUnreachable(paged(first, [one('last', visibleIf)]))

describe('what can never be reached', () => {
  it('is nothing in the shipped question sets', () => {
    for (const slug of ['discharge-information-flow', 'relational-audit']) {
      expect(findUnreachable(readQuestionSet(join(import.meta.dirname, '../../surveys', slug)).questions)).toEqual([])
    }
  })

  it.each([
    "{gate} = 'yes' and {gate} = 'no'",
    "{gate} = 'yes' and {gate} empty",
    "{gate} anyof ['yes', 'no'] and {gate} = 'maybe'",
    "{ticks} contains 'none' and {ticks} contains 'a'",
    "{ticks} contains 'a' and {ticks} empty",
    '{amount} > 9',
    '{amount} >= 4 and {amount} < 4',
    '{grid.r} = 1 and {grid.r} = 2',
    '{grid.r} notempty and {grid} empty',
    "!({gate} = 'yes' or {gate} <> 'yes')",
  ])('is a question asked when %s', (visibleIf) => {
    expect(findingsWith(visibleIf)).toMatchObject([{ place: 'pages.1.elements.0.visibleIf', kind: 'never' }])
  })

  it.each([
    "{gate} <> 'yes' and {gate} <> 'no' and {gate} <> 'maybe' and {gate} <> 'never'",
    "{ticks} contains 'a' and {ticks} contains 'b' and {ticks} notcontains 'c'",
    "{ticks} contains 'c' and {ticks} notcontains 'a' and {ticks} notcontains 'b'",
    "{ticks} notempty and {ticks} notcontains 'a' and {ticks} notcontains 'b' and {ticks} notcontains 'c'",
    '{amount} = 5',
    '{amount} > 8',
    '{amount} <> 0 and {amount} <> 9 and {amount} notempty',
    '{grid.r} = 1 and {grid.s} = 3 and {grid.t} empty',
    '{grid.r} empty and {grid} notempty',
    '{words} notempty and {gate} empty',
    "!({gate} = 'yes')",
  ])('is not a question asked when %s', (visibleIf) => {
    expect(findingsWith(visibleIf)).toEqual([])
  })

  it('knows that a required question is answered, unless it is not asked', () => {
    expect(findUnreachable(paged([one('must', undefined, true)], [one('last', '{must} empty')]))).toHaveLength(1)
    const behind = paged([one('gate')], [one('must', "{gate} = 'yes'", true)], [one('last', '{must} empty')])
    expect(findUnreachable(behind)).toEqual([])
  })

  it('knows how many choices may be made', () => {
    const both = "{ticks} contains 'a' and {ticks} contains 'b'"
    expect(findUnreachable(paged([several('ticks', { maxSelectedChoices: 1 })], [one('last', both)]))).toHaveLength(1)
    expect(findUnreachable(paged([several('ticks', { maxSelectedChoices: 2 })], [one('last', both)]))).toEqual([])
  })

  it('knows the answer “other”', () => {
    const withOther = { ...one('gate'), showOtherItem: true }
    expect(findUnreachable(paged([withOther], [one('last', "{gate} = 'other'")]))).toEqual([])
  })
})

describe('the reason', () => {
  it('is the condition itself', () => {
    expect(findingsWith("{gate} = 'yes' and {gate} = 'no'")[0]?.message).toBe(
      'This question can never be asked: no answers meet its condition. Ask when ‘Title of gate’ is ‘Text of yes’, and ‘Title of ' +
        'gate’ is ‘Text of no’.',
    )
  })

  it('is the page’s condition against the question’s', () => {
    const questions = paged([one('gate')], "{gate} = 'yes'", [one('last', "{gate} = 'no'"), one('other_one')])
    expect(findUnreachable(questions)).toEqual([
      {
        place: 'pages.1.elements.0.visibleIf',
        kind: 'never',
        message:
          'This question can never be asked: its condition and its page’s exclude each other. The page is shown when ‘Title of gate’ ' +
          'is ‘Text of yes’. Ask when ‘Title of gate’ is ‘Text of no’.',
      },
    ])
  })

  it('is the way to what the condition looks at, and a page that is never shown stands for its questions', () => {
    const questions = paged([one('gate')], [one('middle', "{gate} = 'yes'")], "{middle} notempty and {gate} = 'no'", [
      one('last'),
      one('other_one', "{gate} = 'no'"),
    ])
    expect(findUnreachable(questions)).toEqual([
      {
        place: 'pages.2.visibleIf',
        kind: 'never',
        message:
          'This page can never be shown: what it depends on is never answered so. Ask when ‘Title of middle’ is answered, and ‘Title ' +
          'of gate’ is ‘Text of no’. ‘Title of middle’ is asked only when ‘Title of gate’ is ‘Text of yes’.',
      },
    ])
  })

  it('is left to the validator where the condition is wrong, and waits for it further on', () => {
    const questions = paged([one('gate')], [one('middle', "{nothing} = 'yes'")], [one('last', '{middle} notempty')])
    expect(findUnreachable(questions)).toEqual([
      {
        place: 'pages.2.elements.0.visibleIf',
        kind: 'undecided',
        message: 'It could not be worked out whether any answers lead here: put right the conditions before it first.',
      },
    ])
  })

  it('is left open beyond the bound, in bounded time', () => {
    const gates = Array.from({ length: 12 }, (_, at) => one(`gate_${at}`))
    const all = gates.map(({ name }) => `{${name}} = 'yes'`).join(' and ')
    expect(findUnreachable(paged(gates, [one('last', all)]))).toEqual([])
    const [finding] = findUnreachable(paged(gates, [one('last', `${all} and {gate_0} = 'no'`)]))
    expect(finding).toMatchObject({ kind: 'undecided' })
    expect(finding?.message).toContain('‘Title of gate_10’ and ‘Title of gate_11’, too many answers to try')
  })
})

describe('over random questionnaires', () => {
  it('never says never of what some answers reach', () => {
    let never = 0
    fc.assert(
      fc.property(
        questionnaires.chain((questions) =>
          fc.tuple(fc.constant(questions), fc.array(rightAnswers(questions), { minLength: 5, maxLength: 5 })),
        ),
        ([questions, tried]) => {
          const places = findUnreachable(questions).filter(({ kind }) => kind === 'never')
          never += places.length
          // The walk knows no required questions: their answers are there or the respondent cannot go on.
          const complete = tried.filter((answers) =>
            walk(questions, answers).pages.every((page) =>
              page.questions.every(({ name, isRequired }) => !isRequired || answers[name] !== undefined),
            ),
          )
          const shown = complete.flatMap((answers) => walk(questions, answers).pages)
          for (const { place } of places) {
            const [, p = '', , q] = place.split('.')
            const page = questions.pages[Number(p)]
            const reached = shown.filter(({ page: { name } }) => name === page?.name)
            const question = q === undefined ? undefined : page?.elements[Number(q)]?.name
            expect(reached.some(({ questions: on }) => !question || on.some(({ name }) => name === question))).toBe(
              false,
            )
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(never).toBeGreaterThan(20)
  })
})

// The places where survey-core's model is known to be wrong: it accepts, the strict check refuses and says why.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import { questionsSchema, type Answers } from '../../../surveys/question-set.ts'
import { modelRefuses } from './survey-model.ts'

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

const items = (...values: (string | number)[]) => values.map((value) => ({ value, text: `Text of ${value}` }))

const questions = questionsSchema.parse({
  title: 'Gaps',
  pages: [
    {
      name: 'first',
      title: 'First',
      elements: [
        { type: 'radiogroup', name: 'one', title: 'One', choices: items('yes', 'no', 3) },
        {
          type: 'radiogroup',
          name: 'one_other',
          title: 'One or other',
          choices: items('yes', 'no'),
          showOtherItem: true,
          otherText: 'Something else',
        },
        {
          type: 'checkbox',
          name: 'several',
          title: 'Several',
          choices: [...items('a', 'b', 'c'), { value: 'none', text: 'None of these', isExclusive: true }],
          maxSelectedChoices: 2,
        },
        {
          type: 'checkbox',
          name: 'several_other',
          title: 'Several or other',
          choices: items('a', 'b'),
          showOtherItem: true,
        },
        { type: 'matrix', name: 'grid', title: 'Grid', columns: items(1, 2), rows: items('row_a', 'row_b') },
        { type: 'text', inputType: 'number', name: 'count', title: 'How many', min: 0, max: 500 },
        { type: 'text', inputType: 'date', name: 'day', title: 'Which day' },
        { type: 'text', name: 'short', title: 'Short', maxLength: 10 },
        { type: 'comment', name: 'long', title: 'Long', maxLength: 20 },
      ],
    },
    {
      name: 'second',
      title: 'Second',
      visibleIf: "{one} = 'yes'",
      elements: [{ type: 'text', name: 'why', title: 'Why', maxLength: 10 }],
    },
  ],
})
const definition = compileDefinition(questions)
const proto = JSON.parse('{"__proto__":1}') as Answers

const gaps: [what: string, answers: Answers, code: string, message: string][] = [
  ['words in a number', { count: 'abc' }, 'number', 'Enter a whole number between 0 and 500'],
  ['a number as text', { count: '12' }, 'number', 'Enter a whole number between 0 and 500'],
  ['a fraction', { count: 5.5 }, 'number', 'Enter a whole number between 0 and 500'],
  ['a list in a number', { count: [5] }, 'number', 'Enter a whole number between 0 and 500'],
  ['true in a number', { count: true }, 'number', 'Enter a whole number between 0 and 500'],
  ['NaN', { count: NaN }, 'number', 'Enter a whole number between 0 and 500'],
  [
    'an answer to a hidden question',
    { one: 'no', why: 'because' },
    'hidden',
    'This question does not apply, because of an earlier answer. Remove the answer to it',
  ],
  ['text that is too long', { short: 'elevenchars' }, 'too_long', 'Your answer must be 10 characters or fewer'],
  ['a long text that is too long', { long: 'x'.repeat(21) }, 'too_long', 'Your answer must be 20 characters or fewer'],
  ['a number in a text', { short: 5 }, 'type', 'Enter your answer as text'],
  ['an object in a text', { long: { a: 1 } }, 'type', 'Enter your answer as text'],
  ['an empty text', { one: 'no', short: '' }, 'empty', 'Enter an answer, or leave this blank'],
  ['blanks alone', { one: 'no', short: '   ' }, 'empty', 'Enter an answer, or leave this blank'],
  [
    'a control character',
    { short: 'a\u0000b' },
    'characters',
    'Your answer has a character that cannot be shown. Delete it or type it again',
  ],
  [
    'half a character',
    { short: '\ud83d' },
    'characters',
    'Your answer has a character that cannot be shown. Delete it or type it again',
  ],
  ['a line break in one line', { short: 'a\nb' }, 'characters', 'Enter your answer on one line'],
  ['too many choices', { several: ['a', 'b', 'c'] }, 'too_many', 'Select 2 answers or fewer'],
  ['a choice twice', { several: ['a', 'a'] }, 'duplicate', 'Select each answer only once'],
  [
    'an exclusive choice beside another',
    { several: ['a', 'none'] },
    'exclusive',
    'Select the answers that apply, or select ‘None of these’ on its own',
  ],
  ['a text where a list belongs', { several: 'a' }, 'type', 'Select one or more of the answers offered'],
  ['an empty list', { one: 'no', several: [] }, 'type', 'Select one or more of the answers offered'],
  ['a list where one code belongs', { one: ['yes'] }, 'choice', 'Select one of the answers offered'],
  ['a code of another type', { one: '3' }, 'choice', 'Select one of the answers offered'],
  ['the code other where none is offered', { one: 'other' }, 'choice', 'Select one of the answers offered'],
  [
    'a column of another type',
    { grid: { row_a: '1' } },
    'choice',
    'Select one of the answers offered for ‘Text of row_a’',
  ],
  [
    'nothing in a row',
    { one: 'no', grid: { row_a: null } },
    'choice',
    'Select one of the answers offered for ‘Text of row_a’',
  ],
  [
    'nothing in an unknown row',
    { one: 'no', grid: { row_c: [] } },
    'unknown_row',
    'Answer only the rows that are shown',
  ],
  ['an empty matrix', { one: 'no', grid: {} }, 'type', 'Select an answer for at least one row'],
  ['a day that does not exist', { day: '2026-02-30' }, 'date', 'Enter a real date, such as 27 3 2026'],
  ['words in a date', { day: 'tomorrow' }, 'date', 'Enter a real date, such as 27 3 2026'],
  ['an instant in a date', { day: '2026-03-27T00:00:00Z' }, 'date', 'Enter a real date, such as 27 3 2026'],
  [
    'a text of other without other',
    { one_other: 'yes', 'one_other-Comment': 'x' },
    'comment',
    'Select ‘Something else’ if you want to give another answer, or remove what you entered',
  ],
  [
    'a text of other that is too long',
    { several_other: ['other'], 'several_other-Comment': 'x'.repeat(501) },
    'too_long',
    'Your answer must be 500 characters or fewer',
  ],
  [
    'a text of other where there is no other',
    { one: 'yes', 'one-Comment': 'x' },
    'comment',
    'This question has no place for another answer',
  ],
  ['no answer at all', {}, 'no_answer', 'Answer at least one question'],
]

describe('the model accepts it, the check refuses it:', () => {
  test.each(gaps)('%s', (_what, answers, code, message) => {
    expect(modelRefuses(questions, answers)).toBe(false)
    const problems = definition.check(answers, { complete: true })
    expect(problems.map((problem) => [problem.code, problem.message])).toEqual([[code, message]])
  })
})

const both: [what: string, answers: unknown, place: string, code: string][] = [
  ['an unknown question', { nothing: 1 }, 'nothing', 'unknown_question'],
  ['__proto__ as a question', proto, '__proto__', 'unknown_question'],
  ['constructor as a question', { constructor: 'x' }, 'constructor', 'unknown_question'],
  ['toString as a question', { toString: 'x' }, 'toString', 'unknown_question'],
  ['__proto__ as a row', { grid: proto }, 'grid', 'unknown_row'],
  ['an unknown row', { grid: { row_c: 1 } }, 'grid', 'unknown_row'],
  ['an unknown column', { grid: { row_a: 1, row_b: 9 } }, 'grid.row_b', 'choice'],
  ['an unknown code', { one: 'maybe' }, 'one', 'choice'],
  ['an unknown code beside other', { one_other: 'maybe' }, 'one_other', 'choice'],
  ['an unknown code in a list', { several: ['z'] }, 'several', 'choice'],
  ['a list of a million', { several: Array(1_000_000).fill('z') }, 'several', 'duplicate'],
  ['a number that is too large', { count: 501 }, 'count', 'number'],
  ['Infinity', { count: Infinity }, 'count', 'number'],
  ['a code in capitals', { one: 'YES' }, 'one', 'choice'],
  ['a list of answers', [], '', 'type'],
  ['null', null, '', 'type'],
  ['a text', 'one=yes', '', 'type'],
]

test.each(both)('%s is refused with its place', (_what, answers, place, code) => {
  expect(definition.check(answers, { complete: false }).map((problem) => [problem.place, problem.code])).toEqual([
    [place, code],
  ])
})

test('no more than a hundred problems are told', () => {
  const answers = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`unknown_${index}`, 1]))
  expect(definition.check(answers, { complete: true })).toHaveLength(100)
})

test('other needs its text when a submission is complete, not while it is saved', () => {
  const answers = { one_other: 'other' }
  expect(definition.check(answers, { complete: false })).toEqual([])
  expect(definition.check(answers, { complete: true })).toEqual([
    {
      question: 'one_other',
      place: 'one_other',
      code: 'other_text',
      message: 'Enter your answer for ‘Something else’',
    },
  ])
})

test('a hidden answer decides nothing: what hangs on it is hidden as well', () => {
  const [first, second] = questions.pages
  if (!first || !second) throw new Error('two pages')
  const chain = compileDefinition({
    ...questions,
    pages: [
      first,
      second,
      {
        name: 'third',
        title: 'Third',
        visibleIf: '{why} notempty',
        elements: [{ type: 'text', name: 'and_then', title: 'And then?', maxLength: 10 }],
      },
    ],
  })
  const answers = { one: 'no', why: 'because', and_then: 'nothing', 'one_other-Comment': 'kept' }
  expect(chain.visiblePages(answers).map((page) => page.name)).toEqual(['first'])
  expect(chain.withoutHidden(answers)).toEqual({ one: 'no', 'one_other-Comment': 'kept' })
  expect(chain.check(answers, { complete: false }).map((problem) => problem.place)).toEqual([
    'one_other',
    'why',
    'and_then',
  ])
  expect(chain.isVisible('and_then', { ...answers, one: 'yes' })).toBe(true)
})

import { expect, test } from 'vitest'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import { answersFromColumns, answersFromForm, datePartsOf } from '../../../surveys/definition/form-values.ts'
import { cleanAnswers, cleanText, isCleanText } from '../../../surveys/definition/text.ts'
import { questionsOf } from '../../../surveys/notes.ts'
import { questionsSchema } from '../../../surveys/question-set.ts'

const items = (...values: (string | number)[]) => values.map((value) => ({ value, text: `Text of ${value}` }))
const definition = compileDefinition(
  questionsSchema.parse({
    title: 'Every type',
    pages: [
      {
        name: 'only',
        title: 'Only',
        elements: [
          { type: 'radiogroup', name: 'one', title: 'One', choices: items('yes', 'no', 3), showOtherItem: true },
          { type: 'checkbox', name: 'several', title: 'Several', choices: items('a', 'b', 7), showOtherItem: true },
          {
            type: 'matrix',
            name: 'grid',
            title: 'Grid',
            columns: items(1, 2, 'dont_know'),
            rows: items('row_a', 'row_b'),
          },
          { type: 'text', inputType: 'number', name: 'count', title: 'How many', min: -10, max: 500 },
          { type: 'text', inputType: 'date', name: 'day', title: 'Which day' },
          { type: 'text', name: 'short', title: 'Short', maxLength: 10 },
          { type: 'comment', name: 'long', title: 'Long', maxLength: 100 },
        ],
      },
    ],
  }),
)
const questions = definition.pages.flatMap(questionsOf)
const read = (body: Record<string, unknown>) => answersFromForm(questions, body)
const codesOf = (answers: Record<string, unknown>) =>
  definition.check(answers, { complete: false }).map((problem) => `${problem.place} ${problem.code}`)

test('a form becomes codes, numbers, lists, rows and dates', () => {
  const answers = read({
    one: '3',
    several: ['a', '7', 'other'],
    'several-Comment': ' a fourth ',
    'grid.row_a': '2',
    'grid.row_b': 'dont_know',
    count: ' -7 ',
    'day-day': '7',
    'day-month': '3',
    'day-year': '2026',
    short: 'Trafford',
    long: 'first\r\nsecond\r\n',
    page: 'only',
  })
  expect(answers).toEqual({
    one: 3,
    several: ['a', 7, 'other'],
    'several-Comment': 'a fourth',
    grid: { row_a: 2, row_b: 'dont_know' },
    count: -7,
    day: '2026-03-07',
    short: 'Trafford',
    long: 'first\nsecond',
  })
  expect(codesOf(answers)).toEqual([])
})

test('what is blank is no answer', () => {
  expect(
    read({
      one: '',
      several: '',
      'grid.row_a': '',
      count: ' ',
      'day-day': '',
      'day-month': '',
      'day-year': '',
      short: '  ',
      long: '\r\n',
      'one-Comment': '',
    }),
  ).toEqual({})
  expect(read({})).toEqual({})
})

test('one ticked box is a list of one', () => {
  expect(read({ several: 'b' })).toEqual({ several: ['b'] })
})

test('a wrong value is kept as it came, and the check names its question', () => {
  const answers = read({
    one: ['yes', 'no'],
    several: ['z', 'a'],
    'grid.row_a': '9',
    count: '1,5',
    'day-day': '30',
    'day-month': '2',
    'day-year': '2026',
    'one-Comment': 'x',
    short: 'far too long a text',
  })
  expect(answers).toEqual({
    one: ['yes', 'no'],
    several: ['z', 'a'],
    grid: { row_a: '9' },
    count: '1,5',
    day: { day: '30', month: '2', year: '2026' },
    'one-Comment': 'x',
    short: 'far too long a text',
  })
  expect(codesOf(answers)).toEqual([
    'one choice',
    'one comment',
    'several choice',
    'grid.row_a choice',
    'count number',
    'day date',
    'short too_long',
  ])
})

test.each(['5.5', '1e3', '0x10', '++5', '12345678901234567890', '٣'])('%s is not read as a number', (count) => {
  expect(codesOf(read({ count }))).toEqual(['count number'])
})

test('fields that a form does not send (objects, lists, inherited names) do no harm', () => {
  const answers = read({
    one: { toString: 'yes' },
    several: { a: 1 },
    'grid.row_a': ['1'],
    count: {},
    'day-day': ['1'],
    'day-month': { a: 1 },
    'day-year': 2026,
    short: [],
    long: null,
  })
  expect(codesOf(answers)).toEqual([
    'one choice',
    'several choice',
    'grid.row_a choice',
    'count number',
    'day date',
    'short type',
  ])
  expect(answersFromForm(questions, JSON.parse('{"__proto__":{"one":"yes"}}') as Record<string, unknown>)).toEqual({})
})

test('the three fields of a date show what was stored or typed', () => {
  expect(datePartsOf('2026-03-07')).toEqual({ day: '7', month: '3', year: '2026' })
  expect(datePartsOf({ day: '30', month: '2', year: '2026' })).toEqual({ day: '30', month: '2', year: '2026' })
  expect(datePartsOf(undefined)).toEqual({ day: '', month: '', year: '' })
  expect(datePartsOf({ day: ['1'], toString: 5 })).toEqual({ day: '', month: '', year: '' })
})

test('a row of a csv becomes answers by its columns', () => {
  const row = {
    one: 'other',
    'one-Comment': 'x',
    several: 'a; 7',
    'grid.row_b': '1',
    'grid.row_a': '',
    count: '12',
    day: '2026-03-07',
    short: ' y ',
    long: '',
  }
  const answers = answersFromColumns(definition, row)
  expect(answers).toEqual({
    one: 'other',
    'one-Comment': 'x',
    several: ['a', 7],
    grid: { row_b: 1 },
    count: 12,
    day: '2026-03-07',
    short: 'y',
  })
  expect(codesOf(answers)).toEqual([])
})

test('several choices may have a column each', () => {
  expect(
    answersFromColumns(definition, { 'several.a': '1', 'several.b': '0', 'several.7': '1', 'several.other': '' }),
  ).toEqual({ several: ['a', 7] })
  expect(codesOf(answersFromColumns(definition, { 'several.a': 'yes' }))).toEqual(['several choice'])
  expect(codesOf(answersFromColumns(definition, { several: 'a', 'several.a': '1' }))).toEqual(['several duplicate'])
})

test('a column that names nothing, and a date as people write it, are refused by name', () => {
  const answers = answersFromColumns(definition, { nothing: 'x', 'grid.row_c': '1', 'one.yes': '1', day: '07/03/2026' })
  expect(codesOf(answers)).toEqual([
    'day date',
    'nothing unknown_question',
    'grid.row_c unknown_question',
    'one.yes unknown_question',
  ])
})

test('pasted text is cleaned: line breaks of every kind, no control characters, no half characters', () => {
  expect(cleanText(' a\r\nb\rc\vd\u2028e\u0000\u001b[31m ')).toBe('a\nb\nc\nd\ne[31m')
  expect(cleanText('half \ud83d of one')).toBe('half \ufffd of one')
  expect(cleanText('family 👨‍👩‍👧, naïve, Ω, \t tab')).toBe('family 👨‍👩‍👧, naïve, Ω, \t tab')
  for (const text of ['a\u0000', '\ud800', 'a\u0085', '\r\n', '\uffff']) expect(isCleanText(text)).toBe(false)
  expect(cleanAnswers({ long: ' x\r\n', short: ' ', several: [], grid: {}, count: 0, one: null })).toEqual({
    long: 'x',
    short: null,
    several: null,
    grid: null,
    count: 0,
    one: null,
  })
})

import { expect, test } from 'vitest'
import { compileDefinition, definitionOf } from '../../../surveys/definition/definition.ts'
import type { Question, Questions } from '../../../surveys/question-set.ts'

const text = (name: string, more: Partial<Question> = {}): Question =>
  ({ type: 'text', name, title: name, maxLength: 10, ...more }) as Question
const pages = (...elements: Question[][]): Questions => ({
  title: 'Set',
  pages: elements.map((questions, index) => ({ name: `page_${index}`, title: `Page ${index}`, elements: questions })),
})
const choice = (name: string, codes: (string | number)[], more = {}): Question => ({
  type: 'radiogroup',
  name,
  title: name,
  choices: codes.map((value) => ({ value, text: `${value}` })),
  ...more,
})

test.each<[what: string, questions: Questions, message: string]>([
  [
    'a condition that cannot be parsed',
    pages([text('a')], [text('b', { visibleIf: '{a} =' })]),
    'b: {a} = is not a condition',
  ],
  ['a condition with a function', pages([text('a')], [text('b', { visibleIf: 'today() > {a}' })]), 'calls a function'],
  [
    'a condition on the same page',
    pages([text('a'), text('b', { visibleIf: '{a} notempty' })]),
    'looks at a, which no earlier page asks',
  ],
  ['a condition on a later page', pages([text('a', { visibleIf: '{b} notempty' })], [text('b')]), 'looks at b'],
  ['a condition on itself', pages([text('a', { visibleIf: '{a} empty' })]), 'looks at a'],
  [
    'a condition on an unknown row',
    pages([text('a')], [text('b', { visibleIf: '{a.row} notempty' })]),
    'looks at a.row',
  ],
  [
    'a condition on an inherited name',
    pages([text('a')], [text('b', { visibleIf: '{constructor} notempty' })]),
    'looks at constructor',
  ],
  [
    'a condition on the text of other',
    pages([text('a')], [text('b', { visibleIf: '{a-Comment} notempty' })]),
    'looks at a-Comment',
  ],
  ['a question twice', pages([text('a')], [text('a')]), 'the questions: a is there twice'],
  ['a code twice', pages([choice('a', ['x', 'x'])]), 'a: x is there twice'],
  [
    'other declared beside showOtherItem',
    pages([choice('a', ['other'], { showOtherItem: true })]),
    'a: other is there twice',
  ],
  ['constructor as a name', pages([text('constructor')]), 'constructor cannot be a name'],
  [
    'a number without room',
    pages([{ type: 'text', inputType: 'number', name: 'a', title: 'a', min: 5, max: 1 }]),
    'a: min is more than max',
  ],
])('%s cannot be compiled, and the place is told', (_what, questions, message) => {
  expect(() => compileDefinition(questions)).toThrow(message)
})

test('pages with nothing to show are left out, and their conditions count', () => {
  const questions = pages([choice('a', ['x', 'y'])], [text('b', { visibleIf: "{a} = 'x'" })], [text('c')])
  const definition = compileDefinition(questions)
  expect(definition.visiblePages({}).map((page) => page.name)).toEqual(['page_0', 'page_2'])
  expect(definition.visiblePages({ a: 'x' }).map((page) => page.name)).toEqual(['page_0', 'page_1', 'page_2'])
  expect(definition.visiblePages({ a: 'wrong' }).map((page) => page.name)).toEqual(['page_0', 'page_2'])
  expect(definition.question('b')).toMatchObject({ name: 'b' })
  expect(definition.question('toString')).toBeUndefined()
})

test('a required question is asked for only where it is shown, and only when complete', () => {
  const questions = pages(
    [choice('a', ['x', 'y'], { isRequired: true })],
    [text('b', { visibleIf: "{a} = 'x'", isRequired: true })],
  )
  const definition = compileDefinition(questions)
  const places = (answers: object, complete: boolean) =>
    definition.check(answers, { complete }).map((problem) => `${problem.place}: ${problem.message}`)
  expect(places({}, false)).toEqual([])
  expect(places({}, true)).toEqual(['a: Select an answer'])
  expect(places({ a: 'y' }, true)).toEqual([])
  expect(places({ a: 'x' }, true)).toEqual(['b: Enter an answer'])
})

test('a definition is compiled once per content', () => {
  const version = { sha256: 'abc', questions: pages([text('a')]) }
  expect(definitionOf(version)).toBe(definitionOf({ ...version }))
  for (let index = 0; index < 60; index += 1) definitionOf({ ...version, sha256: `other ${index}` })
  expect(definitionOf(version).question('a')?.name).toBe('a')
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { shippedQuestionSets } from '../../../server/question-sets/import/shipped.ts'
import { checkQuestionSet } from '../../../surveys/checking/check-question-set.ts'
import { convert } from './convert.ts'

test.each(shippedQuestionSets)(
  'the questions of %s alone come back as they are, with a plan that publishing accepts',
  (slug) => {
    const questions = JSON.parse(
      readFileSync(new URL(`../../../surveys/${slug}/questions.json`, import.meta.url), 'utf8'),
    ) as object
    const read = convert(questions)
    expect(read.questions).toEqual(questions)
    expect(read.lost).toEqual([
      { place: 'plan', message: 'the file has no analysis plan: one to begin with is proposed' },
    ])
    expect(checkQuestionSet(read)).toEqual([])
  },
)

test('types that are not ours are left out by name, with the conditions that look at them', () => {
  const others = [
    'file',
    'signaturepad',
    'matrixdynamic',
    'matrixdropdown',
    'imagepicker',
    'paneldynamic',
    'ranking',
    'multipletext',
    'image',
    'expression',
    'toString',
  ]
  const { questions, lost } = convert({
    pages: [
      {
        elements: [
          ...others.map((type) => ({ type, name: `the_${type}` })),
          { name: 'none' },
          7,
          { type: 'radiogroup', name: 'empty' },
        ],
      },
      { elements: [{ type: 'comment', name: 'kept', maxLength: 5, visibleIf: '{the_file} notempty' }] },
    ],
  })
  expect(questions.pages).toEqual([
    { name: 'page_2', title: 'Page 2', elements: [{ type: 'comment', name: 'kept', title: 'kept', maxLength: 5 }] },
  ])
  for (const [index, type] of others.entries())
    expect(lost).toContainEqual({
      place: `pages.0.elements.${index}`,
      message: expect.stringContaining(`“${type}”`) as string,
    })
  const message = (place: string) => lost.find((one) => one.place === place)?.message
  expect(message('pages.0.elements.11')).toContain('it has no type')
  expect(message('pages.0.elements.12')).toContain('neither a page nor a question')
  expect(message('pages.0.elements.13')).toContain('what people choose from')
  expect(message('pages.0')).toContain('no question left')
  expect(message('pages.1.elements.0.visibleIf')).toContain('“the_file”, which is no question of this set')
})

test('names and codes made anew are the same in conditions', () => {
  const { questions } = convert({
    elements: [
      { type: 'radiogroup', name: 'Do you agree?', choices: ['Yes, fully', 'No', { value: '3', text: 'Three' }] },
      { type: 'boolean', name: 'Sure' },
      { type: 'matrix', name: 'My grid', columns: ['Col A', 'Col B'], rows: ['Row 1'] },
      { type: 'checkbox', name: 'many.things', choices: ['A B', 'c'], hasNone: true },
      { type: 'text', name: 'how many', inputType: 'number', min: 0, max: 9 },
      { type: 'comment', name: 'a', visibleIf: "{Do you agree?} = 'Yes, fully' or {Do you agree?} anyof ['No', 3]" },
      { type: 'comment', name: 'b', visibleIf: '{Sure} = true and !({My grid.Row 1} <> "Col B")' },
      { type: 'comment', name: 'c', visibleIf: "{many.things} contains 'A B' and {many.things} notcontains 'none'" },
      { type: 'comment', name: 'd', visibleIf: "{how many} >= '3' and {a} notempty" },
      { type: 'comment', name: 'e', visibleIf: '3 = {Do you agree?}' },
    ],
  })
  const elements = questions.pages.flatMap((page) => page.elements)
  expect(elements.flatMap(({ visibleIf }) => visibleIf ?? [])).toEqual([
    "({agree} = 'yes_fully') or ({agree} anyof ['no', 3])",
    "({sure} = 'yes') and (!({my_grid.row_1} <> 'col_b'))",
    "({things} contains 'a_b') and ({things} notcontains 'none')",
    '({how_many} >= 3) and ({a} notempty)',
    '{agree} = 3',
  ])
})

test('a page is divided where a question asks about one beside it, and its own condition holds for each part', () => {
  const { questions, lost } = convert({
    pages: [
      { name: 'one', title: 'One', elements: [{ type: 'boolean', name: 'first' }] },
      {
        name: 'two',
        title: 'Two',
        description: 'About it',
        visibleIf: '{first} = true',
        elements: [
          { type: 'boolean', name: 'second' },
          { type: 'comment', name: 'why', maxLength: 9, visibleIf: '{second} = false' },
          ...Array.from({ length: 30 }, (_, index) => ({ type: 'boolean', name: `more${index}` })),
        ],
      },
    ],
  })
  const condition = "{first} = 'yes'"
  expect(questions.pages.map(({ elements, ...page }) => ({ ...page, questions: elements.length }))).toEqual([
    { name: 'one', title: 'One', questions: 1 },
    { name: 'two', title: 'Two', description: 'About it', visibleIf: condition, questions: 1 },
    { name: 'two_2', title: 'Two (continued)', visibleIf: condition, questions: 30 },
    { name: 'two_3', title: 'Two (continued)', visibleIf: condition, questions: 1 },
  ])
  expect(lost).toContainEqual({ place: 'pages.1', message: expect.stringContaining('became 3') as string })
})

test('panels are opened: their titles are told and their conditions go to their questions', () => {
  const { questions, lost } = convert({
    title: 'T',
    pages: [
      {
        name: 'p',
        title: 'P',
        elements: [
          { type: 'boolean', name: 'a' },
          { type: 'boolean', name: 'b' },
        ],
      },
      {
        name: 'q',
        title: 'Q',
        elements: [
          {
            type: 'panel',
            name: 'outer',
            title: 'The outer panel',
            visibleIf: '{a} = true',
            elements: [
              { type: 'panel', name: 'inner', elements: [{ type: 'boolean', name: 'c', visibleIf: '{b} = false' }] },
              { type: 'boolean', name: 'd', visible: false },
            ],
          },
        ],
      },
    ],
  })
  expect(questions.pages[1]?.elements).toMatchObject([{ name: 'c', visibleIf: "({a} = 'yes') and ({b} = 'no')" }])
  const place = 'pages.1.elements.0'
  expect(lost).toContainEqual({ place, message: expect.stringContaining('“The outer panel”') as string })
  expect(lost).toContainEqual({ place: `${place}.elements.1`, message: 'this is never shown, and is left out' })
})

test.each([
  ["{q} = 'nothing'", 'is no answer to'],
  ['{later} = true', 'not a question of an earlier page'],
  ['{q} = {r}', 'more than comparing'],
  ['{r} contains 1', 'is no answer to'],
  ['{q} + 1 > 2', 'more than comparing'],
  ["'a' < {q}", 'more than comparing'],
  ['{q} =', 'cannot be read'],
  ["{words} = 'x'", 'is no answer to'],
  ['{q} > 1', 'cannot be compared'],
])('the condition %s is left out with its reason', (visibleIf, reason) => {
  const { questions, lost } = convert({
    pages: [
      {
        elements: [
          { type: 'radiogroup', name: 'q', choices: ['a', 'b', '1x'] },
          { type: 'boolean', name: 'r' },
          { type: 'comment', name: 'words' },
        ],
      },
      {
        elements: [
          { type: 'comment', name: 'asked', visibleIf: visibleIf.replace('> 1', "> 'a'") },
          { type: 'boolean', name: 'later' },
        ],
      },
    ],
  })
  expect(questions.pages[1]?.elements[0]?.visibleIf).toBeUndefined()
  expect(lost.find(({ place }) => place === 'pages.1.elements.0.visibleIf')?.message).toContain(reason)
})

test('what a survey has around its questions is told by name', () => {
  const { questions, lost } = convert({
    locale: 'fr',
    questions: [{ type: 'comment', name: 'q' }],
    triggers: [{ type: 'complete', expression: '{q} = 1' }],
    calculatedValues: [{ name: 'v', expression: 'sum({q}, 2)' }],
    completedHtml: 'Thank you',
    logo: 'https://example.org/logo.png',
    showProgressBar: 'top',
  })
  expect(questions.title).toBe('Questions')
  expect(lost.map(({ place }) => place)).toEqual(
    expect.arrayContaining([
      'title',
      'locale',
      'triggers',
      'calculatedValues',
      'completedHtml',
      'logo',
      'showProgressBar',
    ]),
  )
})

test('the proposed plan counts what has codes or is a number, reads the rest, and knows don’t know', () => {
  const { plan } = convert({
    title: '2027: a survey of ours',
    elements: [
      { type: 'radiogroup', name: 'a', choices: ['x'], showDontKnowItem: true },
      { type: 'text', name: 'b', inputType: 'number' },
      { type: 'text', name: 'c', inputType: 'date' },
      { type: 'comment', name: 'd' },
    ],
  })
  expect(plan).toMatchObject({
    slug: 'question-set',
    states: { dontKnow: ['dont_know'], notApplicable: [] },
    counted: ['a', 'b'],
    narrative: ['c', 'd'],
  })
})

import { expect, test } from 'vitest'
import type { Question } from '../../../surveys/question-set.ts'
import { convert } from './convert.ts'

const convertOne = (element: object) => {
  const { questions, lost } = convert({ title: 'T', pages: [{ name: 'p', title: 'P', elements: [element] }] })
  return {
    question: questions.pages[0]?.elements[0],
    places: lost.map(({ place }) => place).filter((p) => p !== 'plan'),
  }
}
const at = 'pages.0.elements.0'

const yesNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]
const scale = [1, 2, 3, 4, 5].map((value) => ({ value, text: String(value) }))
const cases: [string, object, Partial<Question>, string[]][] = [
  [
    'choices as strings',
    { type: 'radiogroup', name: 'q', choices: ['Very good', 'poor'] },
    {
      type: 'radiogroup',
      title: 'q',
      choices: [
        { value: 'very_good', text: 'Very good' },
        { value: 'poor', text: 'poor' },
      ],
    },
    [`${at}.choices`],
  ],
  [
    'choices without words',
    {
      type: 'dropdown',
      name: 'q',
      choices: [
        { value: 'a', text: ' ' },
        { value: '\u0001', text: '' },
      ],
    },
    {
      choices: [
        { value: 'a', text: 'a' },
        { value: 'answer', text: 'Answer' },
      ],
    },
    [`${at}.choices`, `${at}.choices.1.text`],
  ],
  [
    'choices as numbers',
    { type: 'dropdown', name: 'q', title: 'Q', choices: [1, 2, 3, 4, 5] },
    { type: 'dropdown', choices: scale },
    [],
  ],
  [
    'numbers as text',
    {
      type: 'radiogroup',
      name: 'q',
      choices: [
        { value: '1', text: 'One' },
        { value: '2', text: { default: 'Two' } },
      ],
    },
    {
      choices: [
        { value: 1, text: 'One' },
        { value: 2, text: 'Two' },
      ],
    },
    [`${at}.choices`],
  ],
  [
    'values without a letter are named after their label',
    {
      type: 'radiogroup',
      name: 'q',
      choices: [{ value: -1, text: 'Rarely' }, { value: 999, text: '???' }, '日本', 'constructor'],
    },
    {
      choices: [
        { value: 'rarely', text: 'Rarely' },
        { value: 'choice_999', text: '???' },
        { value: 'choice', text: '日本' },
        { value: 'constructor_2', text: 'constructor' },
      ],
    },
    [`${at}.choices`],
  ],
  [
    'other, none, don’t know and prefer not to say',
    {
      type: 'checkbox',
      name: 'q',
      choices: ['a'],
      hasOther: true,
      otherText: 'Something else',
      showNoneItem: true,
      noneText: 'None of these',
      showDontKnowItem: true,
      showRefuseItem: true,
      maxSelectedChoices: 0,
    },
    {
      choices: [
        { value: 'a', text: 'a' },
        { value: 'none', text: 'None of these', isExclusive: true },
        { value: 'refused', text: 'Prefer not to say', isExclusive: true },
        { value: 'dont_know', text: 'Don’t know', isExclusive: true },
      ],
      showOtherItem: true,
      otherText: 'Something else',
    },
    [],
  ],
  [
    'a choice called other beside the place for another answer',
    { type: 'radiogroup', name: 'q', choices: ['a', 'other'], showOtherItem: true },
    { choices: [{ value: 'a', text: 'a' }], showOtherItem: true },
    [`${at}.choices`],
  ],
  [
    'a boolean',
    { type: 'boolean', name: 'q', isRequired: true },
    { type: 'radiogroup', choices: yesNo, isRequired: true },
    [at],
  ],
  [
    'a rating',
    { type: 'rating', name: 'q', minRateDescription: 'Bad', maxRateDescription: 'Good' },
    {
      type: 'radiogroup',
      choices: scale.map(
        (item) => ({ 1: { ...item, text: '1 – Bad' }, 5: { ...item, text: '5 – Good' } })[item.value] ?? item,
      ),
    },
    [at],
  ],
  [
    'a rating from 0 to 10 and one with its own values',
    { type: 'rating', name: 'q', rateMin: 0, rateMax: 10 },
    { choices: Array.from({ length: 11 }, (_, value) => ({ value, text: String(value) })) },
    [at],
  ],
  [
    'rate values',
    { type: 'rating', name: 'q', rateValues: [{ value: 1, text: 'Low' }, 2] },
    {
      choices: [
        { value: 1, text: 'Low' },
        { value: 2, text: '2' },
      ],
    },
    [at],
  ],
  [
    'several in a drop-down',
    { type: 'tagbox', name: 'q', choices: ['a', 'b'], maxSelectedChoices: 1 },
    { type: 'checkbox', maxSelectedChoices: 1 },
    [at],
  ],
  [
    'a matrix',
    {
      type: 'matrix',
      name: 'q',
      columns: [{ value: 'Column 1', text: 'Agree' }, 'no'],
      rows: ['Row 1', { value: 'two' }],
      eachRowRequired: true,
    },
    {
      type: 'matrix',
      columns: [
        { value: 'column_1', text: 'Agree' },
        { value: 'no', text: 'no' },
      ],
      rows: [
        { value: 'row_1', text: 'Row 1' },
        { value: 'two', text: 'two' },
      ],
    },
    [`${at}.columns`, `${at}.rows`, `${at}.eachRowRequired`],
  ],
  [
    'a long text',
    { type: 'comment', name: 'q', maxLength: 600, rows: 4, placeholder: 'Here' },
    { type: 'comment', maxLength: 600 },
    [`${at}.rows`, `${at}.placeholder`],
  ],
  ['a short text without a limit', { type: 'text', name: 'q' }, { type: 'text', maxLength: 200 }, [`${at}.maxLength`]],
  [
    'a short text with too high a limit',
    { type: 'text', name: 'q', inputType: 'text', maxLength: 9000 },
    { inputType: 'text', maxLength: 500 },
    [`${at}.maxLength`],
  ],
  [
    'an e-mail address',
    { type: 'text', name: 'q', inputType: 'email', maxLength: 100 },
    { type: 'text', maxLength: 100 },
    [`${at}.inputType`],
  ],
  [
    'a number',
    { type: 'text', name: 'q', inputType: 'number', min: 1, max: 9 },
    { inputType: 'number', min: 1, max: 9 },
    [],
  ],
  [
    'a number without limits',
    { type: 'text', name: 'q', inputType: 'number', max: 9.5 },
    { min: 0, max: 1_000_000 },
    [at],
  ],
  ['a number below nought', { type: 'text', name: 'q', inputType: 'number', max: -5 }, { min: -5, max: -5 }, [at]],
  ['a date', { type: 'text', name: 'q', inputType: 'date', max: '=today()' }, { inputType: 'date' }, [`${at}.max`]],
  [
    'a name that does not fit',
    { type: 'comment', name: 'What did you think? (2)', maxLength: 10 },
    { name: 'think_2', title: 'What did you think? (2)' },
    [`${at}.name`],
  ],
  [
    'a name in another alphabet',
    { type: 'comment', name: '質問', title: 'Your view', maxLength: 10 },
    { name: 'view', title: 'Your view' },
    [`${at}.name`],
  ],
  [
    'a name that an import needs',
    { type: 'comment', name: 'system', maxLength: 10 },
    { name: 'system_2' },
    [`${at}.name`],
  ],
  ['no name', { type: 'comment', title: '12', maxLength: 10 }, { name: 'question_12' }, [`${at}.name`]],
  [
    'texts in several languages',
    { type: 'comment', name: 'q', maxLength: 10, title: { default: 'Standard', en: 'English', fr: 'Français' } },
    { title: 'English' },
    [`${at}.title`],
  ],
  [
    'a text in the default language',
    { type: 'comment', name: 'q', maxLength: 10, title: { default: 'Frage' } },
    { title: 'Frage' },
    [],
  ],
  [
    'answers put into texts, and signs',
    { type: 'comment', name: 'q', maxLength: 10, title: 'Are you at {org}, > 18 and <= 30?' },
    { title: 'Are you at …, more than 18 and at most 30?' },
    [`${at}.title`],
  ],
  [
    'a text that is too long',
    { type: 'comment', name: 'q', maxLength: 10, title: 'x'.repeat(2500) },
    { title: `${'x'.repeat(1999)}…` },
    [`${at}.title`],
  ],
  [
    'what we have nothing for',
    {
      type: 'comment',
      name: 'q',
      maxLength: 10,
      requiredIf: '{a} = 1',
      defaultValue: 'x',
      validators: [{ type: 'text' }],
      readOnly: true,
    },
    { type: 'comment' },
    [`${at}.requiredIf`, `${at}.defaultValue`, `${at}.validators`, `${at}.readOnly`],
  ],
]

test.each(cases)('%s', (_, element, expected, places) => {
  const converted = convertOne(element)
  expect(converted.question).toMatchObject(expected)
  expect(converted.places.toSorted()).toEqual(places.toSorted())
})

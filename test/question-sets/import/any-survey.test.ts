import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { readJson } from '../../../server/question-sets/import/read-json.ts'
import { readQuestionSetFile } from '../../../server/question-sets/import/read-question-set-file.ts'
import type { Questions } from '../../../surveys/question-set.ts'
import { questionnaires } from '../../surveys/definition/arbitrary-questionnaires.ts'
import { convert } from './convert.ts'

// survey-core warns about what it does not know: these tests hold much of it.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

const withoutConditions = ({ pages, ...rest }: Questions) => ({
  ...rest,
  pages: pages.map(({ visibleIf: _, elements, ...page }) => ({
    ...page,
    elements: elements.map(({ visibleIf: _, ...question }) => question),
  })),
})

test('what keeps the contract already comes back as it is; a condition as it is, or not at all and told', () => {
  fc.assert(
    fc.property(questionnaires, (questions) => {
      const read = convert(questions)
      expect(withoutConditions(read.questions)).toEqual(withoutConditions(questions))
      const told = new Set(read.lost.map(({ place }) => place))
      for (const [p, page] of questions.pages.entries()) {
        const got = read.questions.pages[p]
        expect(told.has(`pages.${p}.visibleIf`) ? undefined : page.visibleIf).toBe(got?.visibleIf)
        for (const [q, { visibleIf }] of page.elements.entries())
          expect(told.has(`pages.${p}.elements.${q}.visibleIf`) ? undefined : visibleIf).toBe(
            got?.elements[q]?.visibleIf,
          )
      }
    }),
    { numRuns: 200 },
  )
})

const types = [
  'radiogroup',
  'dropdown',
  'checkbox',
  'tagbox',
  'rating',
  'boolean',
  'matrix',
  'text',
  'comment',
  'file',
  'panel',
  'paneldynamic',
  '',
]
// Without what would be refused at once: markup and functions.
const plain = fc.string({ maxLength: 12 }).map((any) => any.replace(/[<(&]/g, ''))
const words = fc.oneof(
  fc.constantFrom<unknown>(
    'q1',
    'Q1',
    'q 1',
    '1',
    1,
    0,
    -1,
    1.5,
    101,
    'other',
    'none',
    'dont_know',
    'Très bien',
    '日本',
    '',
    ' ',
    'a|b',
    'constructor',
    'system',
    'region',
    '{q1}',
    'a < b',
    'a\u0000b',
    '\ud800',
    true,
    false,
    null,
    [],
    {},
  ),
  plain,
)
const text = fc.oneof(
  words,
  fc.record({ default: words, en: words, fr: words }, { requiredKeys: [] }),
  fc.constant('x'.repeat(3000)),
)
// Whole and broken, but nothing that could run.
const pieces = '<p>|</p>|<b|>|<h2>|</h2 >|<!--|-->|<style>|&amp;|&#1;|&lt;|<|a| |\n\n|{q1}'.split('|')
const markup = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((list) => list.join(''))
const item = fc.oneof(
  words,
  fc.record({ value: words, text, isExclusive: fc.boolean(), visibleIf: plain }, { requiredKeys: ['value'] }),
)
const valueOf = (entry: unknown) => JSON.stringify((entry as { value?: unknown } | null)?.value ?? entry)
const items = fc.oneof({ weight: 9, arbitrary: fc.uniqueArray(item, { maxLength: 6, selector: valueOf }) }, words)
const number = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.double(), fc.constantFrom('3', null))
const condition = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('q1', 'Q1', 'q 1', '1', 'q1.1', 'panel.q1', '日本'),
      fc.constantFrom('=', '<>', '>', 'contains', 'anyof', 'notempty', 'empty'),
      fc.constantFrom("'q1'", '1', "'Très bien'", 'true', '[1, "Q1"]', '', '{q2}'),
      fc.constantFrom('', " and {q1} = 'other'", ' or !({Q1} notempty)'),
    )
    .map(([name, operator, value, more]) => `{${name}} ${operator} ${value}${more}`),
  plain,
)
const properties = {
  type: fc.constantFrom(...types),
  name: words,
  title: text,
  description: text,
  isRequired: fc.oneof(fc.boolean(), words),
  visible: fc.boolean(),
  visibleIf: condition,
  provenance: words,
  choices: items,
  columns: items,
  rows: items,
  rateValues: items,
  rateMin: number,
  rateMax: number,
  rateCount: number,
  min: number,
  max: number,
  maxLength: number,
  maxSelectedChoices: number,
  inputType: fc.constantFrom('text', 'number', 'date', 'email', 'color'),
  hasOther: fc.boolean(),
  showNoneItem: fc.boolean(),
  showDontKnowItem: fc.boolean(),
  otherText: text,
  noneText: text,
  labelTrue: text,
  minRateDescription: text,
  defaultValue: words,
}
const { survey } = fc.letrec<{ element: unknown; survey: object }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { weight: 5, arbitrary: fc.record(properties, { requiredKeys: ['type'] }) },
    fc.record(
      { type: fc.constant('html'), name: words, title: text, html: fc.oneof(text, markup), visibleIf: condition },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constantFrom('panel'),
        title: text,
        visibleIf: condition,
        elements: fc.array(tie('element'), { maxLength: 4 }),
      },
      { requiredKeys: ['type'] },
    ),
    words,
  ),
  survey: fc.record(
    {
      title: text,
      description: text,
      locale: words,
      pages: fc.array(
        fc.record(
          {
            name: words,
            title: text,
            description: text,
            visibleIf: condition,
            visible: fc.boolean(),
            elements: fc.array(tie('element'), { minLength: 1, maxLength: 6 }),
          },
          { requiredKeys: ['elements'] },
        ),
        { maxLength: 5 },
      ),
    },
    { requiredKeys: ['pages'] },
  ),
}))

/** Names that are there already get a number: two questions of one name are refused, which other tests show. */
function namesApart(value: unknown, taken = new Map<unknown, number>()): void {
  if (typeof value !== 'object' || value === null) return
  if ('name' in value && 'type' in value) {
    const name = typeof value.name === 'string' ? value.name : JSON.stringify(value.name)
    const times = (taken.get(name) ?? 0) + 1
    taken.set(name, times)
    if (times > 1) value.name = `${name} again ${times}`
  }
  for (const inner of Object.values(value)) namesApart(inner, taken)
}

test('whatever is accepted keeps the contract, compiles, and loads in survey-core with the same questions', () => {
  let accepted = 0
  fc.assert(
    fc.property(survey, (made) => {
      const file = structuredClone(made)
      namesApart(file)
      const read = readQuestionSetFile(JSON.stringify(file))
      if (read.ok) {
        convert(file)
        accepted += 1
      } else expect(read.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 800 },
  )
  expect(accepted).toBeGreaterThan(300)
})

test('any text and any bytes are answered, never thrown at', () => {
  const json = fc.jsonValue().map((value) => JSON.stringify(value))
  const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"pages"', '1', 'true', ' ', '\\'), {
    maxLength: 30,
  })
  const file = fc.oneof(
    fc.string(),
    json,
    pieces.map((list) => list.join('')),
    fc.uint8Array(),
  )
  fc.assert(
    fc.property(file, (content) => {
      const read = readQuestionSetFile(content)
      expect(read.ok || read.problems.length > 0).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('what is read is what JSON.parse reads, unless a name is there twice or it is no object', () => {
  const read = (content: string) => {
    const found = readJson(content)
    return 'file' in found ? found.file : found.problem.message
  }
  const object = fc.dictionary(fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', ':') }), fc.jsonValue())
  fc.assert(
    fc.property(object, fc.jsonValue(), fc.constantFrom('', ' ', '\n'), (content, value, space) => {
      const text = JSON.stringify(content, undefined, space)
      expect(read(text)).toEqual(JSON.parse(text))
      const [name] = Object.keys(content)
      if (name === undefined) return
      const twice = `{${JSON.stringify(name)}${space}:${JSON.stringify(value)},${text.slice(1)}`
      expect(read(twice)).toContain('is there twice')
      expect(read(`{"other":[1,${text}]}`)).toEqual({ other: [1, JSON.parse(text)] })
    }),
    { numRuns: 2000 },
  )
})

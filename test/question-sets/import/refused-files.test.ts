import { expect, test } from 'vitest'
import { readQuestionSetFile } from '../../../server/question-sets/import/read-question-set-file.ts'
import { processorMs } from '../../until.ts'

function problemsOf(file: Uint8Array | string) {
  const read = readQuestionSetFile(file)
  return read.ok ? [] : read.problems
}
const refusal = (file: Uint8Array | string) => problemsOf(file).map(({ place, message }) => `${place}: ${message}`)
const survey = (element: object, rest: object = {}) =>
  JSON.stringify({ pages: [{ name: 'p', elements: [{ type: 'comment', name: 'q', ...element }] }], ...rest })
const at = 'pages.0.elements.0'
const good = survey({ title: 'Café' })

const neither = 'this is neither a question set of ours ("footbridge": 1) nor a SurveyJS questionnaire'
const notText = 'this file is not text in UTF-8'

test.each([
  ['an empty file', '', 'this is not JSON'],
  ['a byte order mark alone', '\uFEFF', 'this is not JSON'],
  ['XML', '<?xml version="1.0"?>\n<document/>', 'this is not JSON'],
  ['a table', 'name,type,label\nq,text,Your name\n', 'this is not JSON'],
  ['a program', 'export const json = {"pages": []}', 'this is not JSON'],
  ['a survey of another tool', '{"SurveyEntry": {}, "SurveyElements": []}', neither],
  ['a plan alone', '{"slug": "a", "breakdowns": [], "indicators": []}', neither],
  ['a list', '[{"type": "text"}]', neither],
  ['a text', '"pages"', neither],
  ['null', 'null', neither],
  ['a zip file', Buffer.from('PK\x03\x04\x00\x00 survey.json'), 'this is not JSON'],
  ['UTF-16 without its mark', Buffer.from(good, 'utf16le'), notText],
  ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), notText],
  ['Windows-1252', Buffer.from(good, 'latin1'), notText],
])('%s is refused in a sentence', (_, file, message) => {
  expect(problemsOf(file)).toEqual([{ place: 'file', message: expect.stringContaining(message) as string }])
})

test('UTF-8 is read alike with and without its mark', () => {
  const mark = `\uFEFF${good}`
  const read = readQuestionSetFile(good)
  expect(read.ok).toBe(true)
  for (const file of [mark, Buffer.from(good), Buffer.from(mark)]) expect(readQuestionSetFile(file)).toEqual(read)
})

test('a file over 1 MB is refused, at once however large', async () => {
  const tooLarge = 'file: this file is too large: a question set may have 1 MB'
  const spaces = (length: number) => `${good}${' '.repeat(length - Buffer.byteLength(good))}`
  expect(problemsOf(spaces(1024 * 1024))).toEqual([])
  expect(refusal(spaces(1024 * 1024 + 1))).toEqual([tooLarge])
  const large = Buffer.alloc(50 * 1024 * 1024, '[')
  expect(await processorMs(() => refusal(large))).toBeLessThan(1000)
  expect(refusal(large)).toEqual([tooLarge])
})

test.each([
  ['{"pages": [],}', 'line 1 column 14'],
  ['{"pages": [1 2]}', 'line 1 column 14'],
  ['{\n  "pages": [\n    {"name": "a" "b"}]}', 'line 3 column 18'],
  ['{"pages": ["a\nb"]}', 'line 1 column 14'],
  ['{"pages": []}\r\n{}', 'line 2 column 1'],
  ['{"pages": truex}', 'line 1 column 15'],
  ['{"pages": []', 'this is not JSON: '],
])('%s is no JSON, and it is said where', (file, message) => {
  expect(problemsOf(file)).toEqual([{ place: 'file', message: expect.stringContaining(message) as string }])
})

test('a name that is there twice in one object is refused: one of the two would be lost', () => {
  const twice = 'file: “pages” is there twice in one object'
  expect(refusal('{"pages": [], "title": "pages", "pages" : []}')).toEqual([twice])
  expect(refusal('{"pages": [], "p\\u0061ges": []}')).toEqual([twice])
  expect(refusal('{"a": [{"pages": "{"}, {"b\\"": 1, "pages": [], "c": {}, "pages": 1}], "pages": []}')).toEqual([
    twice,
  ])
  expect(refusal('{"a": [{"a": "\\"a\\": {"}, {"a": ["a", "a"]}], "b": {"a": {"b": "a"}}}')[0]).toContain(neither)
})

test('fifty lists or objects may lie inside one another, more are refused', () => {
  const nested = (depth: number) =>
    survey({ extra: 0 }).replace('"extra":0', `"extra":${'['.repeat(depth)}${']'.repeat(depth)}`)
  expect(problemsOf(nested(45))).toEqual([])
  expect(refusal(nested(46))[0]).toContain('more than 50 deep')
  expect(refusal(nested(400_000))).toEqual([expect.stringContaining('more than 50 deep')])
  expect(refusal(`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`)[0]).toContain('more than 50 deep')
})

test.each([
  ['script', { title: 'Hello <script>alert(1)</script>' }, `${at}.title`, 'script'],
  ['HTML in a title', { title: '<b>Bold</b>' }, `${at}.title`, 'HTML'],
  ['HTML that is not closed', { title: 'x <img src=x onerror=alert(1)' }, `${at}.title`, 'HTML'],
  ['a comment of HTML', { description: '<!-- -->' }, `${at}.description`, 'HTML'],
  ['HTML in a language that is not kept', { title: { en: 'Fine', fr: '<i>Non</i>' } }, `${at}.title.fr`, 'HTML'],
  [
    'HTML in a choice',
    { type: 'radiogroup', choices: ['a', { value: 'b', text: '<u>b</u>' }] },
    `${at}.choices.1.text`,
    'HTML',
  ],
  ['HTML codes', { title: '&lt;script&gt;' }, `${at}.title`, 'HTML code'],
  ['script between words', { type: 'html', html: '<p>Hello</p><SCRIPT>alert(1)</SCRIPT>' }, `${at}.html`, 'script'],
  [
    'script in a language that is not kept',
    { type: 'html', html: { en: 'Fine', fr: '<script src="x">' } },
    `${at}.html.fr`,
    'script',
  ],
  ['an event in markup', { type: 'html', html: '<p class="a"onclick="alert(1)">Hi</p>' }, `${at}.html`, 'runs script'],
  [
    'a script address in markup',
    { type: 'html', html: '<a href="javascript:a()">Go</a>' },
    `${at}.html`,
    'runs script',
  ],
  ['HTML beside the text of an element', { type: 'html', title: '<b>Bold</b>', html: 'x' }, `${at}.title`, 'HTML'],
  ['HTML of a question', { type: 'text', html: '<b>Bold</b>' }, `${at}.html`, 'HTML'],
  ['a script address', { imageLink: 'javascript:alert(1)' }, `${at}.imageLink`, 'runs script'],
  ['a script address with a break', { title: 'go to Java\tScript :alert(1)' }, `${at}.title`, 'runs script'],
  ['a page as an address', { imageLink: 'data:text/html,hello' }, `${at}.imageLink`, 'runs script'],
  [
    'a regular expression',
    { validators: [{ type: 'regex', regex: '(a+)+$' }] },
    `${at}.validators.0.type`,
    'regular expression',
  ],
  [
    'a pattern',
    { type: 'text', maskType: 'pattern', maskSettings: { pattern: '99-99' } },
    `${at}.maskSettings.pattern`,
    'pattern',
  ],
  ['a function', { visibleIf: 'age({born}) > 18' }, `${at}.visibleIf`, 'calls a function'],
  [
    'a function deep inside',
    { visibleIf: "{a} = 'b' or !({c} = iif({d} = 1, 2, 3))" },
    `${at}.visibleIf`,
    'calls a function',
  ],
  ['a condition as long as a book', { visibleIf: '('.repeat(5000) }, `${at}.visibleIf`, '5000 characters'],
])('%s is refused where it stands', (_, element, place, message) => {
  expect(problemsOf(survey(element))).toContainEqual({ place, message: expect.stringContaining(message) as string })
})

test.each(['__proto__', 'constructor', 'prototype'])(
  'the key %s is refused, and nothing inherits from the file',
  (key) => {
    const file = survey({ extra: 1 }).replace('"extra"', `"${key}"`)
    expect(refusal(file)).toEqual([`${at}.${key}: ${key} cannot be a name in a file`])
    expect(refusal(file.replace('"q"', '"q", "validators": [{"\\u005f_proto__": {"polluted": true}}]'))).toHaveLength(2)
    expect('polluted' in {}).toBe(false)
  },
)

test('markup in our own format is refused as well, in the plan too', () => {
  const questions = { title: 'T', pages: [] }
  expect(refusal(JSON.stringify({ footbridge: 1, questions, plan: { indicators: [{ label: '<b>x</b>' }] } }))).toEqual([
    'plan.indicators.0.label: this holds HTML: a question set is plain text',
  ])
  expect(refusal(JSON.stringify({ footbridge: 1, questions, plan: { notApplicableWhen: 'f({a})' } }))[0]).toContain(
    'plan.notApplicableWhen: this condition calls a function',
  )
})

test('an element of HTML has no markup in our own format', () => {
  const elements = [{ type: 'html', name: 'intro', html: '<p>Hello</p>' }]
  const questions = { title: 'T', pages: [{ name: 'p', title: 'P', elements }] }
  expect(refusal(JSON.stringify({ footbridge: 1, questions }))).toEqual([
    'questions.pages.0.elements.0.html: this holds HTML: a question set is plain text',
  ])
})

test('every place is told, at most a hundred', () => {
  const choices = Array.from({ length: 150 }, (_, index) => `<b>${index}`)
  expect(problemsOf(survey({ type: 'radiogroup', choices }))).toHaveLength(100)
})

test('what is there twice is refused: questions, choices, rows and columns', () => {
  const twice = { type: 'comment', name: 'a' }
  expect(refusal(JSON.stringify({ elements: [twice, twice] }))).toEqual([
    'elements.1.name: two questions have the name “a”',
  ])
  const panel = { type: 'panel', elements: [twice] }
  expect(refusal(JSON.stringify({ elements: [twice, panel] }))).toEqual([
    'elements.1.elements.0.name: two questions have the name “a”',
  ])
  expect(refusal(survey({ type: 'dropdown', choices: [1, 'x', '1'] }))).toEqual([`${at}.choices.2: “1” is there twice`])
  expect(refusal(survey({ type: 'dropdown', choices: ['A b', 'A b'] }))).toHaveLength(1)
  expect(refusal(survey({ type: 'dropdown', choices: [true, 'yes'] }))).toHaveLength(1)
  expect(refusal(survey({ type: 'matrix', columns: ['a', 'b', 'a'], rows: ['r', 'r'] }))).toEqual([
    `${at}.columns.2: “a” is there twice`,
    `${at}.rows.1: “r” is there twice`,
  ])
})

test('a survey of which nothing can be kept, or too much, is refused with the reasons', () => {
  expect(refusal(survey({ type: 'file' }))).toEqual([
    'file: this file has no question that can be kept',
    `${at}: “q” is left out: a question set has no questions of type “file”`,
  ])
  expect(refusal('{"pages": []}')).toEqual(['file: this file has no question that can be kept'])
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ type: 'comment', name: `q${index}` }))
  expect(refusal(JSON.stringify({ elements: many(1801) }))).toEqual([
    'pages: 1801 questions are too many: 1800 at most',
  ])
  expect(problemsOf(JSON.stringify({ elements: many(1800) }))).toEqual([])
  const pages = many(61).map((question) => ({ elements: [question] }))
  expect(refusal(JSON.stringify({ pages }))).toEqual(['pages: 61 pages are too many: 60 at most'])
})

// A megabyte of what makes careless patterns slow.
test.each(['<', '{', '&', '-', ' ', '(', '"', '\\\\', 'javascript', '{a} = 1 and ', 'a.'])(
  'a megabyte of %j is dealt with in a second or two',
  async (piece) => {
    const filler = JSON.stringify(piece.repeat(Math.floor(950_000 / JSON.stringify(piece).length)))
    for (const key of ['title', 'visibleIf', 'name', 'choices']) {
      const file = survey({ [key]: 0 }).replace(`"${key}":0`, `"${key}":${key === 'choices' ? `[${filler}]` : filler}`)
      expect(await processorMs(() => readQuestionSetFile(file))).toBeLessThan(2000)
    }
  },
)

test('a list of choices longer than any question may have is not gone through', async () => {
  const choices = Array.from({ length: 90_000 }, (_, index) => `A ${index}`)
  const file = survey({ type: 'radiogroup', choices })
  expect(refusal(file)[1]).toContain('at most 200 choices')
  expect(await processorMs(() => refusal(file))).toBeLessThan(2000)
})

test('conditions are read up to a hundred thousand characters', async () => {
  const chained = (count: number, length: number) =>
    JSON.stringify({
      elements: [
        { type: 'boolean', name: 'a' },
        ...Array.from({ length: count }, (_, index) => ({
          type: 'boolean',
          name: `q${index}`,
          visibleIf: `{a} = true${' '.repeat(length - 10)}`,
        })),
      ],
    })
  expect(problemsOf(chained(50, 2000))).toEqual([])
  const long = chained(400, 2000)
  expect(refusal(long)).toEqual(['elements.51.visibleIf: all conditions together have 100000 characters at most'])
  expect(await processorMs(() => refusal(long))).toBeLessThan(2000)
})

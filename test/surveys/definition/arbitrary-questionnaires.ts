// Random questionnaires of every type of the contract, with headings and paragraphs, conditions on earlier pages, and random answers to them.
import fc from 'fast-check'
import { questionsOf } from '../../../surveys/notes.ts'
import type { Answers, Note, Page, PageElement, Question, Questions } from '../../../surveys/question-set.ts'

const codes = ['yes', 'no', 'some', 'dont_know'] as const
const choices = (exclusive: boolean) => [
  ...codes.map((value) => ({
    value,
    text: value,
    ...(exclusive && value === 'dont_know' ? { isExclusive: true } : {}),
  })),
  { value: 3, text: 'Three' },
]
const base = (name: string) => ({ name, title: `Question ${name}` })

type Make = (name: string) => Question
const other = fc.boolean()
const make: fc.Arbitrary<Make>[] = [
  fc
    .tuple(fc.constantFrom('radiogroup' as const, 'dropdown' as const), other)
    .map(([type, showOtherItem]) => (name) => ({ ...base(name), type, choices: choices(false), showOtherItem })),
  fc
    .tuple(other, fc.boolean(), fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }))
    .map(([showOtherItem, exclusive, maxSelectedChoices]) => (name) => ({
      ...base(name),
      type: 'checkbox' as const,
      choices: choices(exclusive),
      showOtherItem,
      maxSelectedChoices,
    })),
  fc.constant((name) => ({
    ...base(name),
    type: 'matrix' as const,
    columns: choices(false),
    rows: [
      { value: 'row_a', text: 'A' },
      { value: 'row_b', text: 'B' },
    ],
  })),
  fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 20 })).map(([min, span]) => (name) => ({
    ...base(name),
    type: 'text' as const,
    inputType: 'number' as const,
    min,
    max: min + span,
  })),
  fc.constant((name) => ({ ...base(name), type: 'text' as const, inputType: 'date' as const })),
  fc.integer({ min: 1, max: 20 }).map((maxLength) => (name) => ({ ...base(name), type: 'text' as const, maxLength })),
  fc
    .integer({ min: 1, max: 40 })
    .map((maxLength) => (name) => ({ ...base(name), type: 'comment' as const, maxLength })),
]

interface ConditionSpec {
  picks: number[]
  operators: number[]
  values: number[]
  join: 'and' | 'or'
}
const conditionSpec = fc.option(
  fc.record({
    picks: fc.array(fc.nat(50), { minLength: 1, maxLength: 3 }),
    operators: fc.array(fc.nat(50), { minLength: 3, maxLength: 3 }),
    values: fc.array(fc.nat(50), { minLength: 3, maxLength: 3 }),
    join: fc.constantFrom('and' as const, 'or' as const),
  }),
  { nil: undefined, freq: 2 },
)

const pick = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

function conditionOn(question: Question, operator: number, value: number): string {
  const code = pick(["'yes'", "'no'", "'dont_know'", '3'], value)
  const whole = `{${question.name}}`
  if (question.type === 'checkbox')
    return `${whole} ${pick([`contains ${code}`, `notcontains ${code}`, 'notempty', 'empty', `anyof [${code}, 'some']`, `allof [${code}]`, `noneof [${code}]`], operator)}`
  if (question.type === 'matrix')
    return `{${question.name}.row_a} ${pick([`= ${code}`, `<> ${code}`, 'empty', 'notempty'], operator)}`
  if (question.type === 'text' && 'min' in question)
    return `${whole} ${pick(['>', '<', '>=', '<=', '=', '<>'], operator)} ${question.min + (value % 8)}`
  if (question.type === 'text' && question.inputType === 'date')
    return `${whole} ${pick(["> '2026-01-15'", "<= '2026-01-15'", 'notempty'], operator)}`
  if ('choices' in question)
    return `${whole} ${pick([`= ${code}`, `<> ${code}`, 'empty', 'notempty', `anyof [${code}, 'some']`, `noneof [${code}]`], operator)}`
  return `${whole} ${pick(['empty', 'notempty', "= 'abc'", "contains 'a'"], operator)}`
}

function condition(spec: ConditionSpec | undefined, earlier: readonly Question[]): string | undefined {
  if (!spec || earlier.length === 0) return undefined
  return spec.picks
    .map((index, at) => conditionOn(pick(earlier, index), spec.operators[at] ?? 0, spec.values[at] ?? 0))
    .join(` ${spec.join} `)
}

const questionSpec = fc.record({ make: fc.oneof(...make), required: fc.boolean(), condition: conditionSpec })
const noteSpec = fc.record({
  words: fc.constantFrom<Pick<Note, 'title' | 'html'>>(
    { title: 'Heading' },
    { html: 'First paragraph.\n\nSecond & last.' },
    { title: 'Heading', html: 'Paragraph' },
  ),
  condition: conditionSpec,
  at: fc.nat(4),
})
const pageSpec = fc
  .record({
    notes: fc.array(noteSpec, { maxLength: 2 }),
    questions: fc.array(questionSpec, { maxLength: 4 }),
    condition: conditionSpec,
  })
  .filter(({ questions, notes }) => questions.length + notes.length > 0)

export const questionnaires: fc.Arbitrary<Questions> = fc
  .array(pageSpec, { minLength: 1, maxLength: 4 })
  .filter((specs) => specs.some(({ questions }) => questions.length > 0))
  .map((specs) => {
    const earlier: Question[] = []
    const pages = specs.map((spec, number): Page => {
      const visibleIf = condition(spec.condition, earlier)
      const questions = spec.questions.map((question, index): Question => {
        const made = question.make(`q${number}_${index}`)
        return { ...made, isRequired: question.required, visibleIf: condition(question.condition, earlier) }
      })
      const elements: PageElement[] = [...questions]
      for (const [index, { words, condition: when, at }] of spec.notes.entries())
        elements.splice(at, 0, {
          type: 'html',
          name: `n${number}_${index}`,
          ...words,
          visibleIf: condition(when, earlier),
        })
      earlier.push(...questions)
      return { name: `page_${number}`, title: `Page ${number}`, visibleIf, elements }
    })
    // As published: without the keys that are undefined.
    return JSON.parse(JSON.stringify({ title: 'Random', pages })) as Questions
  })

const words = fc.constantFrom('a', 'abc', 'two words', 'Ünïcödé', '😀', "O'Neill")
const days = fc.constantFrom('2026-01-01', '2026-01-15', '2024-02-29', '2026-12-31')

/** An answer that is right by its type. */
function rightAnswer(question: Question): fc.Arbitrary<unknown> {
  if (question.type === 'matrix')
    return fc.dictionary(
      fc.constantFrom('row_a', 'row_b'),
      fc.constantFrom(...question.columns.map((column) => column.value)),
      { minKeys: 1 },
    )
  if (question.type === 'text' && question.inputType === 'number')
    return fc.integer({ min: question.min, max: question.max })
  if (question.type === 'text' && question.inputType === 'date') return days
  if (question.type === 'text' || question.type === 'comment')
    return words.map((text) => text.slice(0, question.maxLength)).filter((text) => text.isWellFormed())
  const offered = [...question.choices.map((choice) => choice.value), ...(question.showOtherItem ? ['other'] : [])]
  if (question.type !== 'checkbox') return fc.constantFrom(...offered)
  const exclusive = question.choices.filter((choice) => choice.isExclusive).map((choice) => choice.value)
  const together = fc.uniqueArray(fc.constantFrom(...offered.filter((code) => !exclusive.includes(code as string))), {
    minLength: 1,
    maxLength: question.maxSelectedChoices ?? offered.length,
  })
  return exclusive.length > 0 ? fc.oneof(together, fc.constantFrom(...exclusive.map((code) => [code]))) : together
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    'abc',
    '',
    ' ',
    '5',
    5.5,
    -1,
    0,
    1e21,
    true,
    false,
    null,
    NaN,
    Infinity,
    '2026-02-30',
    '31/12/2026',
    '3',
    3,
    'x'.repeat(100),
    'a\u0000b',
    '\ud800',
    'a\nb',
    'YES',
    'other',
  ),
  fc.constantFrom<unknown>(
    [],
    ['yes', 'yes'],
    ['yes', 'dont_know'],
    ['nothing'],
    ['yes', 'no', 'some', 3],
    ['3'],
    [['yes']],
    [null],
    { 0: 'yes' },
  ),
  fc.constantFrom<unknown>(
    {},
    { row_a: 'nothing' },
    { row_c: 'yes' },
    { row_a: '3' },
    { row_a: null },
    { row_a: ['yes'] },
    JSON.parse('{"__proto__":"yes"}'),
    { constructor: 'yes' },
  ),
  fc.jsonValue(),
)

const keys = fc.constantFrom('unknown', '__proto__', 'constructor', 'toString', 'q0_0-Comment', 'q0_9', 'Q0_0', '')

type Entry = [string, unknown][]
const comment = (question: Question, value: unknown): fc.Arbitrary<Entry> => {
  const chosen = value === 'other' || (Array.isArray(value) && value.includes('other'))
  return chosen ? words.map((text) => [[`${question.name}-Comment`, text]]) : fc.constant([])
}

const rightEntries = (question: Question): fc.Arbitrary<Entry> =>
  rightAnswer(question).chain((value) =>
    comment(question, value).map((extra): Entry => [[question.name, value], ...extra]),
  )

const toAnswers = (entries: Entry[]): Answers => {
  const answers: Answers = {}
  // Defined, not assigned: __proto__ becomes a key, as JSON.parse makes it.
  for (const [key, value] of entries.flat())
    Object.defineProperty(answers, key, { value, enumerable: true, configurable: true, writable: true })
  return answers
}

/** Answers of the right types, some left out, hidden questions answered too. */
export const rightAnswers = (questions: Questions): fc.Arbitrary<Answers> =>
  fc
    .tuple(
      ...questions.pages
        .flatMap(questionsOf)
        .map((question) =>
          fc.oneof({ weight: 4, arbitrary: rightEntries(question) }, { weight: 1, arbitrary: fc.constant<Entry>([]) }),
        ),
    )
    .map(toAnswers)

/** Answers of which some are mutated or hostile, with keys that no question has. */
export const anyAnswers = (questions: Questions): fc.Arbitrary<Answers> =>
  fc
    .tuple(
      fc.array(fc.tuple(keys, hostile), { maxLength: 1 }),
      ...questions.pages
        .flatMap(questionsOf)
        .map((question) =>
          fc.oneof(
            { weight: 6, arbitrary: rightEntries(question) },
            { weight: 2, arbitrary: fc.constant<Entry>([]) },
            { weight: 1, arbitrary: hostile.map((value): Entry => [[question.name, value]]) },
            { weight: 1, arbitrary: hostile.map((value): Entry => [[`${question.name}-Comment`, value]]) },
          ),
        ),
    )
    .map(([extra, ...entries]) => toAnswers([...entries, extra]))

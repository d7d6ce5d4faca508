import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers, Question } from '../../../surveys/question-set.ts'
import { changesFromForm, readRevision, shownAnswers } from '../../../server/responses/rules/form-changes.ts'
import { comparable } from '../../../server/responses/rules/merge-answers.ts'
import { fieldNames, fieldsFromAnswers } from '../../../server/responses/rules/form-fields.ts'

const choices = [1, 2, 'other_one'].map((value) => ({ value, text: `Choice ${value}` }))
const questions: Question[] = [
  { type: 'radiogroup', name: 'one', title: 'One', choices, showOtherItem: true },
  { type: 'checkbox', name: 'several', title: 'Several', choices },
  { type: 'dropdown', name: 'list', title: 'List', choices },
  {
    type: 'matrix',
    name: 'grid',
    title: 'Grid',
    columns: choices.slice(0, 2),
    rows: [
      { value: 'a', text: 'A' },
      { value: 7, text: 'Seven' },
    ],
  },
  { type: 'text', inputType: 'number', name: 'number', title: 'Number', min: -5, max: 5 },
  { type: 'text', inputType: 'date', name: 'day', title: 'Day' },
  { type: 'text', name: 'line', title: 'Line', maxLength: 50 },
  { type: 'comment', name: 'lines', title: 'Lines', maxLength: 50 },
]
const code = fc.constantFrom(...choices.map(({ value }) => value))
const words = fc.stringMatching(/^[a-z<&" ]{0,20}[a-z]$/).map((text) => text.trim())
const answers: fc.Arbitrary<Answers> = fc.record(
  {
    one: code,
    'one-Comment': words,
    several: fc.uniqueArray(code, { minLength: 1 }),
    list: code,
    grid: fc.record({ a: fc.constantFrom(1, 2), 7: fc.constantFrom(1, 2) }, { requiredKeys: ['a'] }),
    number: fc.integer({ min: -5, max: 5 }),
    day: fc
      .date({ min: new Date('1990-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    line: words,
    lines: fc.tuple(words, words).map((parts) => parts.join('\n')),
  },
  { requiredKeys: [] },
)

/** What a browser sends of a page that shows these answers. */
function formOf(shown: Answers): Record<string, unknown> {
  const fields = fieldsFromAnswers(questions, shown)
  // Boxes come in the order of the page, not in that of the ticks.
  const sent = (name: string) =>
    fields(name).length > 1
      ? choices.map(({ value }) => String(value)).filter((value) => fields(name).includes(value))
      : fields(name)[0]?.replaceAll('\n', '\r\n')
  return Object.fromEntries(questions.flatMap(fieldNames).map((name) => [name, sent(name)]))
}

describe('a form', () => {
  it('sent back as it was shown changes nothing, whatever was answered', () => {
    fc.assert(
      fc.property(answers, (shown) => {
        expect(changesFromForm(questions, { ...formOf(shown), _shown: shownAnswers(questions, shown) })).toEqual({})
      }),
    )
  })

  it('changes exactly the answers that differ from what it showed', () => {
    fc.assert(
      fc.property(answers, answers, (shown, typed) => {
        const changes = changesFromForm(questions, { ...formOf(typed), _shown: shownAnswers(questions, shown) })
        const names = [...new Set([...Object.keys(shown), ...Object.keys(typed)])]
        const differing = names.filter((name) => comparable(shown[name]) !== comparable(typed[name]))
        expect(Object.keys(changes).sort()).toEqual(differing.sort())
        for (const [name, value] of Object.entries(changes)) expect(comparable(value)).toBe(comparable(typed[name]))
      }),
    )
  })

  it('counts as changed throughout where it does not tell what it showed', () => {
    expect(Object.keys(changesFromForm(questions, { one: '1' }))).toEqual(
      questions.flatMap(({ name }) => (name === 'one' ? ['one', 'one-Comment'] : [name])),
    )
  })

  it('whose revision is none counts as made from none', () => {
    expect(['3', '', '-1', 'x', '1e9', undefined, ['3'], '99999999999'].map(readRevision)).toEqual([
      3, 0, 0, 0, 0, 0, 0, 0,
    ])
  })
})

import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../../surveys/stated-change.ts'
import { listChanges } from '../../../server/question-sets/rules/difference/list-changes.ts'
import { classOfTextChange } from '../../../server/question-sets/rules/difference/text-change.ts'
import type { PageElement, QuestionSet } from '../../../surveys/question-set.ts'
import { readQuestionSet } from '../../../server/question-sets/import/read-question-set.ts'
import { edits as editsOfQuestions } from './difference-edits.ts'
import { put } from './edit-question-set.ts'
import { noteEdits, withNotes } from './difference-note-edits.ts'

const shipped = withNotes(readQuestionSet(join(import.meta.dirname, '../../../surveys/discharge-information-flow')))
const edits = [...editsOfQuestions, ...noteEdits]
const copy = () => structuredClone(shipped)
const differences = (changed: QuestionSet) => listChanges(shipped, changed).map(short).sort()
const short = ({ class: of, kind, place, what }: Change) => `${of}: ${kind} ${place}, ${what}`

describe('the difference between two versions', () => {
  test('there are at least forty edits, of every class', () => {
    expect(edits.length).toBeGreaterThanOrEqual(40)
    const classes = edits.map(([, , first]) => first?.split(':')[0])
    for (const of of ['correction', 'wording', 'codes', 'plan', 'structure'])
      expect(classes.filter((one) => one === of).length).toBeGreaterThanOrEqual(5)
  })

  test('of a version and itself is nothing, whatever the order of keys', () => {
    expect(listChanges(shipped, copy())).toEqual([])
    const turned = JSON.parse(
      JSON.stringify(shipped, (_key, value: unknown) =>
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    ) as QuestionSet
    expect(listChanges(shipped, turned)).toEqual([])
  })

  test.each(edits)('names %s', (_name, edit, ...expected) => {
    const changed = copy()
    edit(changed)
    expect(differences(changed)).toEqual(expected.sort())
    // And back again: what was added is removed, in the same class.
    expect(
      listChanges(changed, shipped)
        .map(({ class: of }) => of)
        .sort(),
    ).toEqual(expected.map((one) => one.split(':')[0]).sort())
  })

  test('names all of them when they are made together', () => {
    const changed = copy()
    for (const [, edit] of edits) edit(changed)
    expect(differences(changed)).toEqual(edits.flatMap(([, , ...expected]) => expected).sort())
  })

  test('names every two of them', () => {
    for (const [index, [, one, ...first]] of edits.entries())
      for (const [, other, ...second] of edits.slice(index + 1)) {
        const changed = copy()
        one(changed)
        other(changed)
        expect(differences(changed)).toEqual([...first, ...second].sort())
      }
  })

  test('no change of what can be answered is a correction', () => {
    const changes: ((item: { value: string | number; text: string }) => void)[] = [
      (item) => (item.text = `${item.text}.`),
      (item) => (item.text = item.text.toUpperCase()),
      (item) => (item.value = `${item.value}_2`),
    ]
    const listsOf = (set: QuestionSet) =>
      set.questions.pages
        .flatMap(({ elements }) => elements)
        .flatMap((question) =>
          question.type === 'matrix'
            ? [question.rows, question.columns]
            : 'choices' in question
              ? [question.choices]
              : [],
        )
    for (const [list, items] of listsOf(shipped).entries())
      for (const item of items.keys())
        for (const change of changes) {
          const changed = copy()
          change(listsOf(changed)[list]![item]!)
          expect(new Set(listChanges(shipped, changed).map(({ class: of }) => of))).toEqual(new Set(['codes']))
        }
  })

  test('of headings that change their places, as few as possible have moved', () => {
    const changed = copy()
    const page = changed.questions.pages.find(({ name }) => name === 'people_from_hospital')!
    const note = (name: string): PageElement => ({ type: 'html', name, title: name })
    page.elements = [note('a'), note('b'), note('c'), ...page.elements]
    const moved = structuredClone(changed)
    const elements = moved.questions.pages.find(({ name }) => name === page.name)!.elements
    elements.unshift(...elements.splice(2, 1))
    expect(listChanges(changed, moved).map(short)).toEqual([
      'wording: moved people_from_hospital.c, heading or paragraph',
    ])
  })

  test('pages that change their places take their questions with them', () => {
    const changed = copy()
    changed.questions.pages.reverse()
    const found = listChanges(shipped, changed)
    expect(new Set(found.map(({ what }) => what))).toEqual(new Set(['page']))
    expect(found).toHaveLength(shipped.questions.pages.length - 1)
  })
})

test('wording by a letter or two is marked, of the plan too, and a choice never', () => {
  const changed = copy()
  put('?who_chases', { title: 'Who usualy chases missing information?' })(changed)
  put('?should_change', { title: 'What thing should change?' })(changed)
  put('plan/indicators/summary_before_or_with_person', { label: 'Summary usualy arrives before or with the person' })(
    changed,
  )
  put('?service_type/choices/supported_living', { text: 'Suported living' })(changed)
  const marked = (change: Change) => [change.class, change.place.split('.').at(-1), change.respelt]
  expect(listChanges(shipped, changed).map(marked)).toEqual([
    ['codes', 'service_type', undefined],
    ['wording', 'who_chases', true],
    ['wording', 'should_change', undefined],
    ['plan', 'summary_before_or_with_person', true],
  ])
})

test.each([
  ['Do you recieve a summary?', 'Do you receive a summary?', 'respelt'],
  ['Do you recieve a sumary?', 'do you receive – a summary', 'respelt'],
  ['Do yuo recieve teh sumary?', 'Do you receive the summary?', 'wording'],
  ['the organization', 'The organisation', 'respelt'],
  ['a hospital', 'a hospitale', 'respelt'],
  ['a hospital', 'a hospitalise', 'wording'],
  ['Dont know', "Don't know", 'correction'],
  ['In the last 3 months - or before', 'In the last 3 months – or before', 'correction'],
  ['How often are you told rarely', 'How often are you told barely', 'respelt'],
  ['How often are you told rarely', 'How often are you told never', 'wording'],
  ['Are you now told?', 'Are you not told?', 'respelt'],
  ['weekly', 'weakly', 'respelt'],
  ['Do you re-sign?', 'Do you resign?', 'wording'],
  ['About 1.5 hours', 'About 15 hours', 'wording'],
  ['More than 5 degrees', 'More than -5 degrees', 'wording'],
  ['More than .5 hours', 'More than 5 hours', 'wording'],
  ['Within 5-10 ‘working’ days', 'Within 5–10 working days', 'correction'],
  ['In 30 days', 'In 31 days', 'wording'],
  ['In 3 dasy', 'In 4 days', 'wording'],
  ['On the 1st day', 'On the 2nd day', 'wording'],
  ['5% of people', '5 of people', 'wording'],
  ['A B', 'B A', 'wording'],
  ['It is', 'It no', 'wording'],
  ['the person', 'the zzyzx', 'wording'],
  ['the zzyzx', 'the person', 'wording'],
  ['health care', 'healthcare', 'wording'],
])('%j to %j is %s', (before, after, expected) => {
  expect(classOfTextChange(before, after)).toBe(expected)
})

test('two words that differ are respelt exactly where a letter or two were put in, left out or replaced, and one stayed', () => {
  /** The whole table of the distance between two words. */
  function lettersBetween(one: string, other: string): number {
    let row = [...Array(other.length + 1).keys()]
    for (const [index, letter] of [...one].entries()) {
      const next = [index + 1]
      for (const [place, its] of [...other].entries())
        next.push(Math.min(row[place]! + (letter === its ? 0 : 1), row[place + 1]! + 1, next[place]! + 1))
      row = next
    }
    return row.at(-1)!
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 })
  const seen = { respelt: 0, wording: 0, correction: 0 }
  fc.assert(
    fc.property(word, word, (one, other) => {
      const letters = lettersBetween(one, other)
      const most = Math.min(2, Math.max(one.length, other.length) - 1)
      const found = classOfTextChange(`The ${one} here`, `The ${other} here`)
      seen[found]++
      expect(found).toBe(letters === 0 ? 'correction' : letters <= most ? 'respelt' : 'wording')
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10)
})

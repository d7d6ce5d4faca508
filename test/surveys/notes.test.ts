import { Model } from 'survey-core'
import type { QuestionHtmlModel } from 'survey-core'
import { describe, expect, it, test } from 'vitest'
import { checkQuestionSet } from '../../surveys/checking/check-question-set.ts'
import { listConditionChoices } from '../../surveys/condition.ts'
import {
  addElement,
  duplicate,
  elementAt,
  move,
  questionAt,
  remove,
  settle,
} from '../../surveys/editing/edit-question-set.ts'
import { estimate } from '../../surveys/checking/estimate.ts'
import { listIndicatorChoices } from '../../surveys/editing/indicator-sentence.ts'
import { isNote, paragraphsOf, questionsOf } from '../../surveys/notes.ts'
import { listPaths, walk } from '../../surveys/checking/paths.ts'
import { elementSchema, questionsSchema, type QuestionSet } from '../../surveys/question-set.ts'
import { kindOf, readDraft } from '../../surveys/editing/read-draft.ts'
import { findUnreachable } from '../../surveys/checking/unreachable.ts'
import { adviseOnQuestions } from '../../surveys/editing/writing-help.ts'
import { planWith } from '../question-sets/plan-with.ts'

const choices = ['yes', 'no'].map((value) => ({ value, text: value }))
const gate = { type: 'radiogroup', name: 'gate', title: 'Any?', choices }
const rest = { type: 'radiogroup', name: 'rest', title: 'And then?', choices }
const intro = { type: 'html', name: 'intro', title: 'About you', html: 'First of two.\n\nSecond of two.' }
const forSome = { type: 'html', name: 'for_some', html: 'You said yes.', visibleIf: "{gate} = 'yes'" }

/** Two pages with these elements; `plan`: what else it says. */
function setOf(first: object[], second: object[], plan: object = {}): QuestionSet {
  return {
    questions: questionsSchema.parse({
      title: 'Set',
      pages: [
        { name: 'first', title: 'First', elements: first },
        { name: 'second', title: 'Second', elements: second },
      ],
    }),
    plan: planWith('set', { counted: ['gate', 'rest'], ...plan }),
  }
}
const good = setOf([intro, gate], [forSome, rest])
const problemsOf = (set: QuestionSet) => checkQuestionSet(set).map(({ place, message }) => `${place}: ${message}`)

describe('the contract of a heading or paragraph', () => {
  it.each([
    ['a heading', { title: 'About you' }],
    ['paragraphs', { html: 'One.\n\nTwo & a bit.' }],
    ['both, with a condition and where it comes from', { ...forSome, title: 'Yes', provenance: 'Finding: one' }],
  ])('accepts %s', (_, words) => {
    const note = { type: 'html', name: 'intro', ...words }
    expect(elementSchema.parse(note)).toEqual(note)
  })

  it.each([
    ['no words', {}],
    ['markup', { html: '<b>Bold</b>' }],
    ['answers in the text', { html: 'You said {gate}.' }],
    ['an empty heading', { title: ' ', html: 'Words' }],
    ['that it is required', { html: 'Words', isRequired: true }],
    ['help', { title: 'Words', description: 'Help' }],
  ])('refuses %s', (_, words) => {
    expect(elementSchema.safeParse({ type: 'html', name: 'intro', ...words }).success).toBe(false)
  })
})

test('survey-core loads it with the same words, and writes it as it is', () => {
  const model = new Model(structuredClone(good.questions))
  expect(model.jsonErrors ?? []).toEqual([])
  const loaded = model.getQuestionByName('intro') as QuestionHtmlModel
  expect([loaded.getType(), loaded.title, loaded.html]).toEqual(['html', intro.title, intro.html])
  expect({ type: 'html', ...(loaded.toJSON() as object) }).toEqual(intro)
})

test('blank lines divide paragraphs, other line breaks do not', () => {
  expect(paragraphsOf({ html: 'One\nline.\n\n \nTwo.\r\n\r\nThree.' })).toEqual(['One\nline.', 'Two.', 'Three.'])
  expect(paragraphsOf({})).toEqual([])
})

describe('a set with headings and paragraphs', () => {
  it('passes every check, a page of text alone too', () => {
    expect(problemsOf(good)).toEqual([])
    expect(problemsOf(setOf([intro], [gate, rest]))).toEqual([])
  })

  it('must ask something', () => {
    const mute = setOf([intro], [{ ...intro, name: 'more' }], { counted: [] })
    expect(problemsOf(mute)).toEqual(['pages.0.elements: there is no question to answer, only headings and paragraphs'])
  })

  it('has names of their own for them', () => {
    expect(problemsOf(setOf([intro, gate], [{ ...forSome, name: 'gate' }, rest]))).toEqual([
      'pages.1.elements.0.name: the name gate is used twice: pages and questions need names of their own',
    ])
    expect(problemsOf(setOf([{ ...intro, name: 'constructor' }, gate], [rest]))).toHaveLength(1)
  })

  it('has no use for them in the plan, and says so', () => {
    const nobody = 'intro is a heading or paragraph: nobody answers it'
    const indicator = { id: 'share', label: 'Share', variable: 'intro', counts: ['yes'] }
    const scale = { id: 'mean', label: 'Mean', items: [{ variable: 'intro.row' }] }
    const breakdown = { id: 'who', label: 'Who', from: 'variable', variable: 'intro' }
    expect(
      problemsOf(
        setOf([intro, gate], [rest], {
          indicators: [indicator],
          scales: [scale],
          breakdowns: [...good.plan.breakdowns, breakdown],
          counted: ['gate', 'rest', 'intro'],
          narrative: ['intro'],
        }),
      ),
    ).toEqual(
      ['breakdowns.who', 'indicators.share', 'scales.mean', 'counted.intro', 'narrative.intro'].map(
        (place) => `${place}: ${nobody}`,
      ),
    )
  })

  it('cannot depend on them, and offers none to depend on or to count', () => {
    const asks = { ...rest, visibleIf: '{intro} notempty' }
    expect(problemsOf(setOf([intro, gate], [asks]))).toEqual([
      'pages.1.elements.0.visibleIf: {intro} is a heading or paragraph: nobody answers it',
    ])
    expect(listConditionChoices(good.questions, 2).map(({ question }) => question)).toEqual(['gate', 'rest'])
    expect(listIndicatorChoices(good).map(({ variable }) => variable)).toEqual(['gate', 'rest'])
  })

  it('shows them by their conditions, and asks questions alone', () => {
    const shown = (gate: string) =>
      walk(good.questions, { gate, intro: 'an answer' }).pages.map(({ elements, questions }) => [
        elements.map(({ name }) => name),
        questions.map(({ name }) => name),
      ])
    expect(shown('yes')).toEqual([
      [['intro', 'gate'], ['gate']],
      [['for_some', 'rest'], ['rest']],
    ])
    expect(shown('no')[1]).toEqual([['rest'], ['rest']])
    expect(walk(good.questions, { intro: 'an answer' }).answers).toEqual({})
    expect(listPaths(good.questions)).toHaveLength(3)
  })

  it('takes the time to read what is shown of them', () => {
    const withoutNotes = good.questions.pages.map((page) => ({ ...page, elements: questionsOf(page) }))
    const [all, bare] = [good.questions, { ...good.questions, pages: withoutNotes }].map(estimate)
    expect(all!.words - bare!.words).toBe('About you First of two Second of two You said yes'.split(' ').length)
    expect([all!.closed, all!.open]).toEqual([bare!.closed, bare!.open])
  })

  it('names one that can never be shown', () => {
    const never = { ...forSome, visibleIf: "{gate} = 'yes' and {gate} = 'no'" }
    const [found] = findUnreachable(setOf([gate], [never, rest]).questions)
    expect(found).toMatchObject({ place: 'pages.1.elements.0.visibleIf', kind: 'never' })
    expect(found?.message).toContain('This text can never be shown')
  })

  it('advises on its words, as text that asks nothing', () => {
    const note = { type: 'html', name: 'intro', title: 'About TTO and help', html: 'Obviously you know the TTO.' }
    expect(
      adviseOnQuestions(setOf([note, gate], [rest]).questions).map(({ place, kind }) => `${place} ${kind}`),
    ).toEqual(['pages.0.elements.0.title abbreviation'])
  })
})

test('questions and notes of a page are told apart', () => {
  const [page] = good.questions.pages
  expect(questionsOf(page!).map(({ name }) => name)).toEqual(['gate'])
  expect(page!.elements.filter(isNote).map(({ name }) => name)).toEqual(['intro'])
})

describe('in an editor', () => {
  it('one is added, duplicated, moved and removed like a question, and the plan stays as it is', () => {
    const added = addElement(good, 'heading', { page: 0, element: 0 })
    expect(added.at).toEqual({ page: 0, element: 1 })
    expect(elementAt(added.set, added.at)).toEqual({ type: 'html', name: 'text_1', title: '' })
    expect(questionAt(added.set, added.at)).toBeUndefined()
    expect(questionAt(added.set, { page: 0, element: 2 })?.name).toBe('gate')
    const twice = duplicate(added.set, { page: 0, element: 0 })
    expect(elementAt(twice.set, twice.at)).toEqual({ ...intro, name: 'text_2' })
    const moved = move(twice.set, { page: 0, element: 3 }, -1)
    expect(moved.set.questions.pages[0]?.elements.map(({ name }) => name)).toEqual([
      'intro',
      'text_2',
      'gate',
      'text_1',
    ])
    const { set } = remove(remove(moved.set, { page: 0, element: 3 }).set, { page: 0, element: 1 })
    expect(set).toEqual(good)
    for (const edited of [added, twice, moved]) expect(edited.set.plan).toEqual(good.plan)
    const named = { ...good, plan: { ...good.plan, counted: ['gate', 'rest', 'intro'] } }
    expect(settle(named).plan.counted).toEqual(['gate', 'rest'])
  })

  it('one that is not finished is read as it stands, without words that are none', () => {
    const elements = [intro, { type: 'html', name: 'new', title: 7, html: 'Words' }, { type: 'html' }]
    const { questions, plan } = readDraft({
      questions: { title: 'Draft', pages: [{ name: 'first', title: 'First', elements }] },
      plan: {},
    })
    const [page] = questions.pages
    expect(page?.elements).toEqual([intro, { type: 'html', name: 'new', html: 'Words' }, { type: 'html', name: '' }])
    expect(page?.elements.map((element) => kindOf(element, plan)?.kind)).toEqual(['heading', 'heading', 'heading'])
  })
})

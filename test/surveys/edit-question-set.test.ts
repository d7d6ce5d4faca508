import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkQuestionSet } from '../../surveys/checking/check-question-set.ts'
import {
  addElement,
  addPage,
  canMove,
  duplicate,
  elementAt,
  move,
  namesOf,
  remove,
  replaceCode,
  replaceElement,
  replacePage,
  replacePlan,
} from '../../surveys/editing/edit-question-set.ts'
import { renameCode, renameQuestion } from '../../surveys/editing/edit-references.ts'
import type { QuestionSet } from '../../surveys/question-set.ts'
import { questionKinds } from '../../surveys/editing/question-templates.ts'
import { kindOf, readDraft } from '../../surveys/editing/read-draft.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'

const slugs = ['discharge-information-flow', 'relational-audit']
const shipped = (slug: string) => readQuestionSet(join(import.meta.dirname, '../../surveys', slug))
const problems = (set: QuestionSet) => checkQuestionSet(set).map(({ place, message }) => `${place}: ${message}`)
const elements = ({ questions }: QuestionSet) => questions.pages.flatMap((page) => page.elements)
const order = ({ questions }: QuestionSet) =>
  questions.pages.map(({ name, elements: own }) => `${name}: ${own.map((element) => element.name).join(' ')}`)

/** Two pages, a gate and what hangs on it, an indicator, a scale and a breakdown with groups. */
const small = (): QuestionSet => ({
  questions: {
    title: 'Small',
    pages: [
      {
        name: 'first',
        title: 'First',
        elements: [
          {
            type: 'radiogroup',
            name: 'gate',
            title: 'Gate?',
            choices: [
              { value: 'yes', text: 'Yes' },
              { value: 'no', text: 'No' },
            ],
          },
          { type: 'comment', name: 'words', title: 'Words?', maxLength: 100 },
        ],
      },
      {
        name: 'second',
        title: 'Second',
        visibleIf: "{gate} = 'yes'",
        elements: [
          {
            type: 'matrix',
            name: 'views',
            title: 'Views?',
            visibleIf: "{gate} anyof ['yes', 'no']",
            rows: [
              { value: 'told', text: 'Told' },
              { value: 'asked', text: 'Asked' },
            ],
            columns: [1, 2, 3, 4, 5].map((value) => ({ value, text: `${value}` })),
          },
        ],
      },
    ],
  },
  plan: {
    slug: 'small',
    mode: 'personal',
    minutes: 5,
    states: { dontKnow: [], notApplicable: [] },
    breakdowns: [
      { id: 'gate', label: 'Gate', from: 'variable', variable: 'gate' },
      {
        id: 'sides',
        label: 'Sides',
        from: 'derived',
        of: 'gate',
        groups: [{ code: 'both', label: 'Both', codes: ['yes', 'no'] }],
      },
    ],
    cross: ['gate', 'sides'],
    indicators: [{ id: 'told', label: 'Told', variable: 'views.told', counts: [4, 5] }],
    scales: [{ id: 'mean', label: 'Mean', items: [{ variable: 'views.told' }, { variable: 'views.asked' }] }],
    counted: [],
    narrative: ['words'],
    notApplicableWhen: "{gate} = 'no'",
  },
})

it('the set that is edited here is one that could be published', () => {
  expect(problems(small())).toEqual([])
})

describe('adding, duplicating, moving and removing', () => {
  it.each(questionKinds.map(({ kind }) => kind))(
    'adds a %s after the question at the place, with a use in the plan',
    (kind) => {
      const { set, at } = addElement(small(), kind, { page: 0, element: 0 })
      expect(at).toEqual({ page: 0, element: 1 })
      const added = elementAt(set, at)!
      expect(namesOf(small())).not.toContain(added.name)
      expect(kindOf(added, set.plan)?.kind).toBe(kind)
      expect(problems(set).filter((problem) => problem.includes('neither analysed'))).toEqual([])
    },
  )

  it('adds a page after the page, and a question to it', () => {
    const { set, at } = addPage(small(), { page: 0, element: 1 })
    expect(at).toEqual({ page: 1 })
    const filled = addElement(set, 'yes_no', at)
    expect(order(filled.set)).toEqual(['first: gate words', 'page_1: question_1', 'second: views'])
    expect(filled.at).toEqual({ page: 1, element: 0 })
  })

  it('duplicates a question or a whole page under new names, and leaves indicators with the original', () => {
    const question = duplicate(small(), { page: 1, element: 0 })
    expect(order(question.set)).toEqual(['first: gate words', 'second: views question_1'])
    expect(question.set.plan.indicators).toEqual(small().plan.indicators)
    expect(question.set.plan.counted).toEqual(['question_1'])
    const page = duplicate(small(), { page: 0 })
    expect(order(page.set)).toEqual(['first: gate words', 'page_1: question_1 question_2', 'second: views'])
    expect(page.at).toEqual({ page: 1 })
    expect(page.set.plan).toMatchObject({ counted: ['question_1'], narrative: ['words', 'question_2'] })
    expect(problems(page.set)).toEqual([])
  })

  it('moves a question within its page and over its edges, a page among pages, and stops at the ends', () => {
    expect(order(move(small(), { page: 0, element: 0 }, 1).set)[0]).toBe('first: words gate')
    const down = move(small(), { page: 0, element: 1 }, 1)
    expect(down.at).toEqual({ page: 1, element: 0 })
    expect(order(down.set)).toEqual(['first: gate', 'second: words views'])
    expect(move(down.set, down.at, -1)).toEqual({ set: small(), at: { page: 0, element: 1 } })
    expect(order(move(small(), { page: 1 }, -1).set)).toEqual(['second: views', 'first: gate words'])
    for (const [at, step] of [
      [{ page: 0 }, -1],
      [{ page: 1 }, 1],
      [{ page: 0, element: 0 }, -1],
      [{ page: 1, element: 0 }, 1],
    ] as const)
      expect(canMove(small(), at, step), JSON.stringify(at)).toBe(false)
  })

  it('says what is left over of a question that was removed, and takes its bookkeeping with it', () => {
    const { set, at } = remove(small(), { page: 0, element: 1 })
    expect(set.plan.narrative).toEqual([])
    expect(at).toEqual({ page: 0, element: 0 })
    expect(problems(set)).toEqual([])
    const gone = remove(small(), { page: 1, element: 0 })
    expect(gone.at).toEqual({ page: 1 })
    expect(problems(gone.set)).toContain('indicators.told: there is no question views')
    expect(remove(small(), { page: 1 }).at).toEqual({ page: 0 })
  })

  it('leaves the set that it was given as it was', () => {
    const set = small()
    addElement(set, 'about_you', { page: 0 })
    duplicate(set, { page: 0 })
    move(set, { page: 0, element: 1 }, 1)
    remove(set, { page: 1 })
    replacePage(set, { page: 0 }, { title: 'Other', description: undefined })
    expect(set).toEqual(small())
  })
})

describe('renaming', () => {
  it('renames a question in conditions, indicators, scales, breakdowns, groups and the cross', () => {
    const set = renameQuestion(renameQuestion(small(), 'gate', 'door'), 'views', 'looks')
    expect(problems(set)).toEqual([])
    expect(JSON.stringify(set)).not.toMatch(/"gate"|\{gate\}|views/)
    expect(set.plan.cross).toEqual(['door', 'sides'])
    expect(renameQuestion(renameQuestion(set, 'door', 'gate'), 'looks', 'views')).toEqual(small())
  })

  it('takes no name that only begins alike for the same', () => {
    const set = small()
    set.questions.pages[1]!.elements[0]!.visibleIf = "{gateway} = 'yes'"
    expect(renameQuestion(set, 'gate', 'door').questions.pages[1]!.elements[0]!.visibleIf).toBe("{gateway} = 'yes'")
  })

  it('renames a choice in conditions and groups, a statement in variables, an answer in what counts', () => {
    const choice = renameCode(small(), 'gate', 'choices', 'yes', 'aye')
    expect(problems(choice)).toEqual([])
    expect(choice.questions.pages[1]!.visibleIf).toBe("{gate} = 'aye'")
    expect(choice.questions.pages[1]!.elements[0]!.visibleIf).toBe("{gate} anyof ['aye', 'no']")
    expect(choice.plan.breakdowns[1]!.groups![0]!.codes).toEqual(['aye', 'no'])
    const row = renameCode(small(), 'views', 'rows', 'told', 'informed')
    expect(problems(row)).toEqual([])
    expect(row.plan.indicators[0]!.variable).toBe('views.informed')
    const column = renameCode(small(), 'views', 'columns', 5, 6)
    expect(column.plan.indicators[0]!.counts).toEqual([4, 6])
    expect(renameCode(choice, 'gate', 'choices', 'aye', 'yes')).toEqual(small())
  })

  it('keeps a state a state when its code changes, and drops the old one once nothing has it', () => {
    const { set: added, at } = addElement(small(), 'yes_no', { page: 0 })
    const { name } = elementAt(added, at)!
    expect(added.plan.states.dontKnow).toEqual(['dont_know'])
    const renamed = replacePlan(renameCode(added, name, 'choices', 'dont_know', 'not_sure'), {})
    expect(renamed.plan.states.dontKnow).toEqual(['not_sure'])
  })

  it('lets nothing follow a name or code that is, or becomes, that of two', () => {
    const taken = replaceElement(small(), { page: 0, element: 0 }, { ...elements(small())[0]!, name: 'words' })
    expect(taken.questions.pages[1]!.visibleIf).toBe("{gate} = 'yes'")
    const back = replaceElement(taken, { page: 0, element: 0 }, { ...elements(taken)[0]!, name: 'gate' })
    expect(back).toEqual(small())
    const twice = replaceCode(small(), { page: 0, element: 0 }, 'choices', 1, 'yes')
    expect(twice.plan.breakdowns).toEqual(small().plan.breakdowns)
    expect(replaceCode(twice, { page: 0, element: 0 }, 'choices', 1, 'no')).toEqual(small())
    expect(replaceCode(small(), { page: 0, element: 0 }, 'choices', 0, 'aye').questions.pages[1]!.visibleIf).toBe(
      "{gate} = 'aye'",
    )
  })

  it('changes a question together with its name', () => {
    const set = replaceElement(
      small(),
      { page: 0, element: 0 },
      { ...elements(small())[0]!, name: 'door', title: 'Door?' },
    )
    expect(elements(set)[0]).toMatchObject({ name: 'door', title: 'Door?' })
    expect(set.questions.pages[1]!.visibleIf).toBe("{door} = 'yes'")
    expect(problems(set)).toEqual([])
  })
})

describe.each(slugs)('the shipped set %s', (slug) => {
  it('opens in the editor as it is', () => {
    const set = shipped(slug)
    expect(readDraft(structuredClone(set) as never)).toEqual(set)
    expect(replacePlan(set, {})).toEqual(set)
    for (const element of elements(set)) expect(kindOf(element, set.plan), element.name).toBeDefined()
  })

  it('bears every question’s renaming and the way back', () => {
    const set = shipped(slug)
    for (const { name } of elements(set)) {
      const renamed = renameQuestion(set, name, 'quite_another_name')
      expect(problems(renamed), name).toEqual([])
      expect(renameQuestion(renamed, 'quite_another_name', name), name).toEqual(set)
    }
  })

  it('bears the renaming of every code that is a name', () => {
    const set = shipped(slug)
    for (const element of elements(set))
      for (const list of ['choices', 'rows', 'columns'] as const)
        for (const { value } of (element as unknown as Partial<Record<typeof list, { value: string | number }[]>>)[
          list
        ] ?? [])
          if (typeof value === 'string')
            expect(
              problems(replacePlan(renameCode(set, element.name, list, value, 'quite_another_code'), {})),
              `${element.name}.${value}`,
            ).toEqual([])
  })
})

describe('a draft of any shape', () => {
  it.each([
    {},
    { pages: 'none' },
    { title: 7, pages: [null, { elements: 'none' }, { elements: [3, { type: 'matrix' }, { type: 'radiogroup' }] }] },
    { pages: [{ elements: [{ type: 'signaturepad', name: 'sign' }, {}] }] },
  ])('can be read and edited: %j', (questions) => {
    const set = readDraft({ questions, plan: { cross: 1, indicators: [{}], scales: [{ items: 2 }], states: [] } })
    for (const element of elements(set)) expect(typeof element.title).toBe('string')
    const { set: grown, at } = addElement(addPage(set, { page: -1 }).set, 'statements', { page: 0 })
    expect(elementAt(grown, at)?.type).toBe('matrix')
    expect(grown.questions.pages).toHaveLength(set.questions.pages.length + 1)
  })

  it('knows what is none of its types', () => {
    const set = readDraft({ questions: { pages: [{ elements: [{ type: 'signaturepad', name: 'sign' }] }] }, plan: {} })
    expect(kindOf(elements(set)[0]!, set.plan)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { checkQuestionSet } from '../../surveys/checking/check-question-set.ts'
import { analysisPlanSchema, questionsSchema } from '../../surveys/question-set.ts'

const coded = (...values: (string | number)[]) => values.map((value) => ({ value, text: `Text of ${value}` }))
const kind = { type: 'radiogroup', name: 'kind', title: 'Kind?', choices: coded('home', 'hospital', 'dont_know') }
const gate = { type: 'radiogroup', name: 'gate', title: 'Any?', choices: coded('yes', 'no', 'dont_know') }
const ticks = {
  type: 'checkbox',
  name: 'ticks',
  title: 'Which?',
  choices: [...coded('a', 'b'), { value: 'dont_know', text: 'No idea', isExclusive: true }],
}
const grid = {
  type: 'matrix',
  name: 'grid',
  title: 'How?',
  rows: coded('first', 'second'),
  columns: coded(1, 2, 3, 4, 5, 'dont_know'),
}
const amount = { type: 'text', inputType: 'number', name: 'amount', title: 'How many?', min: 0, max: 9 }
const words = { type: 'comment', name: 'words', title: 'Why?', maxLength: 99 }

const goodQuestions = {
  title: 'A question set',
  pages: [
    { name: 'first_page', title: 'First', elements: [kind, gate, ticks, amount] },
    { name: 'second_page', title: 'Second', visibleIf: "{gate} <> 'no'", elements: [grid, words] },
  ],
}
const goodPlan = {
  slug: 'a-set',
  mode: 'personal',
  minutes: 5,
  states: { dontKnow: ['dont_know'], notApplicable: [] as string[] },
  notApplicableWhen: "{gate} = 'no'",
  breakdowns: [
    { id: 'region', label: 'Region', from: 'region' },
    { id: 'kind', label: 'Kind', from: 'variable', variable: 'kind' },
    {
      id: 'place',
      label: 'Place',
      from: 'derived',
      of: 'kind',
      groups: [{ code: 'all', label: 'All', codes: ['home', 'hospital'] }],
    },
  ],
  cross: ['region', 'kind'],
  leadIndicator: 'gate_yes',
  indicators: [
    { id: 'gate_yes', label: 'Yes', variable: 'gate', counts: ['yes'] },
    { id: 'ticked_a', label: 'A', variable: 'ticks.a', counts: [1] },
    { id: 'first_high', label: 'High', variable: 'grid.first', counts: [4, 5] },
  ],
  scales: [
    { id: 'grids', label: 'Grids', items: [{ variable: 'grid.first' }, { variable: 'grid.second', reversed: true }] },
  ],
  counted: ['amount'],
  narrative: ['words'],
}

/** The problems of a set that differs from a good one, as `place: message`. Everything must have passed the schemas. */
function problemsWith(change: { questions?: unknown; plan?: object }): string[] {
  const questions = questionsSchema.parse(change.questions ?? goodQuestions)
  const plan = analysisPlanSchema.parse({ ...goodPlan, ...change.plan })
  return checkQuestionSet({ questions, plan }).map(({ place, message }) => `${place}: ${message}`)
}
/** The same first and second page with one question more on the second. */
const withQuestion = (question: object, plan: object = { counted: ['amount', 'extra'] }) =>
  problemsWith({
    questions: {
      ...goodQuestions,
      pages: [goodQuestions.pages[0], { ...goodQuestions.pages[1], elements: [grid, words, question] }],
    },
    plan,
  })
const extra = { ...gate, name: 'extra' }
const routedBy = (visibleIf: string) => withQuestion({ ...extra, visibleIf })
const route = 'pages.1.elements.2.visibleIf'
const withBreakdowns = (...breakdowns: object[]) =>
  problemsWith({ plan: { breakdowns: [...goodPlan.breakdowns, ...breakdowns] } })
const withIndicator = (variable: string, counts: (string | number)[], id = 'extra') =>
  problemsWith({ plan: { indicators: [...goodPlan.indicators, { id, label: 'Extra', variable, counts }] } })

describe('checking a question set', () => {
  it('finds nothing wrong with a good one', () => {
    expect(problemsWith({})).toEqual([])
  })
})

describe('checking names and codes', () => {
  it('refuses a name used twice, by questions or by a page and a question', () => {
    expect(withQuestion(kind, {})).toContain(
      'pages.1.elements.2.name: the name kind is used twice: pages and questions need names of their own',
    )
    expect(withQuestion({ ...extra, name: 'first_page' }, { counted: ['amount', 'first_page'] }).join()).toContain(
      'the name first_page is used twice',
    )
  })

  it.each(['system', 'location_id', 'constructor'])(
    'refuses a question named %s, which an import or the language needs',
    (name) => {
      expect(withQuestion({ ...extra, name }, { counted: ['amount', name] })).toEqual([
        `pages.1.elements.2.name: ${name} is the name of something else in an import: give it another`,
      ])
    },
  )

  it('refuses a question named like a breakdown that is not its own', () => {
    expect(withQuestion({ ...extra, name: 'place' }, { counted: ['amount', 'place'] })).toEqual([
      'pages.1.elements.2.name: place is the name of a breakdown: give it another',
    ])
  })

  it('refuses a code used twice in choices, rows or columns, the added “other” included', () => {
    expect(withQuestion({ ...extra, choices: coded('a', 'a') })).toEqual([
      'pages.1.elements.2.choices.1.value: the code a is used twice',
    ])
    expect(withQuestion({ ...extra, choices: coded('other'), showOtherItem: true })).toEqual([
      'pages.1.elements.2.choices.1.value: the code other is used twice',
    ])
    expect(withQuestion({ ...grid, name: 'extra', rows: coded('a', 'a') })).toEqual([
      'pages.1.elements.2.rows.1.value: the code a is used twice',
    ])
    expect(withQuestion({ ...grid, name: 'extra', columns: coded(1, 1) })).toEqual([
      'pages.1.elements.2.columns.1.value: the code 1 is used twice',
    ])
  })

  it('refuses a code that every JavaScript object carries', () => {
    expect(withQuestion({ ...grid, name: 'extra', rows: coded('constructor') })).toEqual([
      'pages.1.elements.2.rows.0.value: constructor cannot be a code',
    ])
  })

  it('refuses don’t know beside other choices, and exclusion where only one choice is allowed', () => {
    expect(withQuestion({ ...ticks, name: 'extra', choices: coded('a', 'dont_know') })).toEqual([
      'pages.1.elements.2.choices.1.isExclusive: dont_know cannot be true together with other choices: mark it isExclusive',
    ])
    expect(withQuestion({ ...extra, choices: [{ value: 'a', text: 'A', isExclusive: true }] })).toEqual([
      'pages.1.elements.2.choices.0.isExclusive: only where several choices are allowed can one exclude the others',
    ])
  })

  it('refuses limits that nothing can meet', () => {
    expect(withQuestion({ ...amount, name: 'extra', max: 0 })).toEqual([
      'pages.1.elements.2.max: max must be greater than min',
    ])
    expect(withQuestion({ ...ticks, name: 'extra', maxSelectedChoices: 9 })).toEqual([
      'pages.1.elements.2.maxSelectedChoices: more choices are allowed than there are',
    ])
  })
})

describe('checking routing', () => {
  it.each([
    "{gate} <> 'no' and ({kind} anyof ['home', 'hospital'] or {ticks} contains 'a')",
    '{amount} >= 3',
    '{ticks} notempty',
    "!({gate} = 'no')",
  ])('allows %s', (expression) => {
    expect(routedBy(expression)).toEqual([])
  })

  it.each([
    ['{gate} <>', 'this is not an expression: {gate} <>'],
    ['{gate}', 'only comparisons joined by and, or and ! are allowed: {gate}'],
    ["{nothing} = 'a'", '{nothing} is not a question of an earlier page'],
    ['{grid.first} = 1', '{grid.first} is not a question of an earlier page'],
    ["{gate.part} = 'yes'", '{gate.part} names no row of a matrix'],
    ["{gate} = 'maybe'", 'gate has no code maybe'],
    ["{kind} anyof ['home', 'moon']", 'kind has no code moon'],
    ["{ticks} contains 'z'", 'ticks has no code z'],
    ["{ticks} = 'a'", '{ticks} cannot be compared by equal'],
    ["{gate} contains 'y'", '{gate} cannot be compared by contains'],
    ['{gate} > 3', '{gate} cannot be compared by greater'],
    ["{gate} = ['yes']", 'equal compares {gate} with one value, not with a list'],
    ['{gate} = {kind}', '{gate} can be compared with codes only, not with {kind}'],
    ["{amount} > 'many'", '{amount} is compared with many, not a number'],
    ["'no' = {gate}", "a comparison starts with a question in braces, not with 'no'"],
    ['today() > 3', 'functions are not allowed: today()'],
    ["iif({gate} = 'no', true, false)", 'functions are not allowed: iif()'],
  ])('refuses %s', (expression, message) => {
    expect(routedBy(expression)).toEqual([`${route}: ${message}`])
  })

  it('refuses a question of the same page, since plain HTML could not follow it', () => {
    const pages = [
      { ...goodQuestions.pages[0], elements: [kind, { ...gate, visibleIf: "{kind} = 'home'" }, ticks, amount] },
      goodQuestions.pages[1],
    ]
    expect(problemsWith({ questions: { ...goodQuestions, pages } })).toEqual([
      'pages.0.elements.1.visibleIf: {kind} is not a question of an earlier page',
    ])
  })

  it('names the page whose routing is wrong, and the plan’s own expression', () => {
    const pages = [goodQuestions.pages[0], { ...goodQuestions.pages[1], visibleIf: '{words} notempty' }]
    expect(problemsWith({ questions: { ...goodQuestions, pages } })).toEqual([
      'pages.1.visibleIf: {words} is not a question of an earlier page',
    ])
    expect(problemsWith({ plan: { notApplicableWhen: "{gate} = 'never'" } })).toEqual([
      'notApplicableWhen: gate has no code never',
    ])
    expect(problemsWith({ plan: { notApplicableWhen: "{words} = 'text'" } })).toEqual([
      'notApplicableWhen: {words} cannot be compared by equal',
    ])
  })
})

describe('checking breakdowns', () => {
  it.each([
    [{ id: 'x', label: 'X', from: 'variable', variable: 'nothing' }, 'there is no question nothing'],
    [{ id: 'x', label: 'X', from: 'category' }, 'there is no question (its variable is missing)'],
    [{ id: 'x', label: 'X', from: 'variable', variable: 'ticks' }, 'ticks must be a question with one choice'],
    [{ id: 'x', label: 'X', from: 'region', variable: 'kind' }, 'a breakdown from region has no variable'],
    [{ id: 'x', label: 'X', from: 'variable', variable: 'kind', of: 'kind' }, 'only a derived breakdown has groups'],
    [
      { id: 'x', label: 'X', from: 'derived', of: 'region' },
      'it is derived from region: name a breakdown that has a question',
    ],
    [{ id: 'x', label: 'X', from: 'derived' }, 'it is derived from nothing: name a breakdown that has a question'],
    [{ id: 'kind', label: 'X', from: 'system' }, 'the id kind is used twice'],
  ])('refuses %o', (breakdown, message) => {
    expect(withBreakdowns(breakdown)).toContain(`breakdowns.${breakdown.id}: ${message}`)
  })

  it('refuses codes that cannot name a cell', () => {
    const plan = {
      breakdowns: [...goodPlan.breakdowns, { id: 'extra', label: 'X', from: 'variable', variable: 'extra' }],
    }
    expect(withQuestion({ ...extra, choices: coded(1) }, plan)).toEqual([
      'breakdowns.extra: its codes must be names, not numbers such as 1',
    ])
    expect(withQuestion({ ...extra, choices: coded('not_stated') }, plan).join()).toContain(
      'not_stated is the code of those who gave no answer',
    )
  })

  it('refuses derived groups that leave a code out, hold one twice or one that is no answer, or share a code', () => {
    const groups = [
      { code: 'one', label: 'One', codes: ['home', 'dont_know'] },
      { code: 'one', label: 'Two', codes: ['home'] },
    ]
    expect(withBreakdowns({ id: 'x', label: 'X', from: 'derived', of: 'kind', groups })).toEqual([
      'breakdowns.x: no group holds hospital',
      'breakdowns.x: a group holds dont_know, which is no answer',
      'breakdowns.x: home is in two groups',
      'breakdowns.x: one cannot be the code of this group',
    ])
  })

  it('refuses a cross of what is no breakdown, or of one with itself', () => {
    expect(problemsWith({ plan: { cross: ['region', 'nothing'] } })).toEqual(['cross: there is no breakdown nothing'])
    expect(problemsWith({ plan: { cross: ['kind', 'kind'] } })).toEqual([
      'cross: a breakdown cannot be crossed with itself',
    ])
  })
})

describe('checking indicators, scales and uses', () => {
  it.each([
    ['nothing', ['yes'], 'there is no question nothing'],
    ['grid', [1], 'grid is a matrix: name one of its rows, as in grid.first'],
    ['grid.third', [1], 'grid has no row third'],
    ['ticks', [1], 'ticks allows several choices: name one of them, as in ticks.a'],
    ['ticks.z', [1], 'ticks has no choice z'],
    ['ticks.a', ['a'], 'ticks.a has no code a'],
    ['ticks.dont_know', [1], 'dont_know is not an answer: it is never in a base'],
    ['gate.yes', [1], 'gate has no rows or choices to name: leave out .yes'],
    ['gate', ['maybe'], 'gate has no code maybe'],
    ['gate', ['dont_know'], 'dont_know is not an answer: it is never in a base'],
    ['gate', ['no', 'no'], 'the code no is counted twice'],
    ['amount', [1], 'amount has no codes to count'],
  ])('refuses an indicator of %s that counts %o', (variable, counts, message) => {
    expect(withIndicator(variable, counts)).toEqual([`indicators.extra: ${message}`])
  })

  it('refuses an id used twice, by a scale and an indicator too', () => {
    expect(withIndicator('gate', ['no'], 'grids')).toEqual(['indicators.grids: the id grids is used twice'])
  })

  it.each([
    ['gate', 'gate must be answered with the numbers 1 to 5'],
    ['amount', 'amount must be answered with the numbers 1 to 5'],
    ['grid', 'grid is a matrix: name one of its rows, as in grid.first'],
    ['grid.first', 'grid.first is in the scale twice'],
  ])('refuses a scale with the item %s', (variable, message) => {
    const scales = [{ ...goodPlan.scales[0], items: [{ variable: 'grid.first' }, { variable }] }]
    expect(problemsWith({ plan: { scales } })).toEqual([`scales.grids: ${message}`])
  })

  it('refuses a leading indicator and states that do not exist, or a state with two meanings', () => {
    expect(problemsWith({ plan: { leadIndicator: 'nothing' } })).toEqual([
      'leadIndicator: there is no indicator nothing',
    ])
    expect(problemsWith({ plan: { states: { dontKnow: ['dont_know'], notApplicable: ['unheard_of'] } } })).toEqual([
      'states: no question has the code unheard_of',
    ])
    expect(problemsWith({ plan: { states: { dontKnow: ['dont_know'], notApplicable: ['dont_know'] } } })).toEqual([
      "states: dont_know cannot mean both don't know and not applicable",
    ])
  })

  it('refuses a question without a use, with two, or a use without a question', () => {
    expect(problemsWith({ plan: { counted: [] } })).toEqual([
      'questions.amount: amount has no use in the analysis plan: it is neither counted nor read',
    ])
    expect(problemsWith({ plan: { narrative: ['words', 'amount'] } })).toEqual([
      'narrative.amount: amount is both analysed and narrative',
    ])
    expect(problemsWith({ plan: { narrative: ['words', 'gate'] } })).toEqual([
      'narrative.gate: gate is both analysed and narrative',
    ])
    expect(problemsWith({ plan: { narrative: [], counted: ['amount', 'words'] } })).toEqual([
      'counted.words: words is free text: it can only be narrative',
    ])
    expect(problemsWith({ plan: { counted: ['amount', 'nothing'] } })).toEqual([
      'counted.nothing: there is no question nothing',
    ])
  })
})

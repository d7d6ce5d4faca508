import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Model } from 'survey-core'
import type { PageModel, Question as CoreQuestion } from 'survey-core'
import { describe, expect, it } from 'vitest'
import { checkQuestionSet } from '../../surveys/checking/check-question-set.ts'
import { questionsOf } from '../../surveys/notes.ts'
import { holds, listPaths, questionsIn, walk } from '../../surveys/checking/paths.ts'
import type { Question, Questions } from '../../surveys/question-set.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'
import { codesOf, stateCodes } from '../../surveys/variables.ts'

const folder = (slug: string) => join(import.meta.dirname, '../../surveys', slug)

// Provenance is for readers of the question set; respondents' browsers never get it.
function loadInSurveyCore(questions: Questions): Model {
  return new Model(
    JSON.parse(JSON.stringify(questions, (key, value: unknown) => (key === 'provenance' ? undefined : value))),
  )
}

const codesInSurveyCore = (question: CoreQuestion): unknown => {
  const { choices, rows, columns } = question as unknown as Record<'choices' | 'rows' | 'columns', unknown>
  // A comment's rows are its height, a number.
  const codes = (items: unknown) => (Array.isArray(items) ? items.map(({ value }: { value: unknown }) => value) : [])
  return [question.name, question.getType(), ...[choices, rows, columns].map(codes)]
}

const codesInJson = (question: Question): unknown => [
  question.name,
  question.type,
  'choices' in question ? question.choices.map(({ value }) => value) : [],
  question.type === 'matrix' ? question.rows.map(({ value }) => value) : [],
  question.type === 'matrix' ? question.columns.map(({ value }) => value) : [],
]

describe.each(['discharge-information-flow', 'relational-audit'])('the question set %s', (slug) => {
  const set = readQuestionSet(folder(slug))
  const { questions, plan } = set
  const elements = questions.pages.flatMap(questionsOf)

  it('bears the name of its folder and passes every check', () => {
    expect(plan.slug).toBe(slug)
    expect(checkQuestionSet(set)).toEqual([])
  })

  it('loads in survey-core without errors, with the same order and codes', () => {
    const model = loadInSurveyCore(questions)
    expect(model.jsonErrors ?? []).toEqual([])
    expect(
      model.pages.map((page: PageModel) => [
        page.name,
        page.elements.map((element) => codesInSurveyCore(element as CoreQuestion)),
      ]),
    ).toEqual(questions.pages.map((page) => [page.name, questionsOf(page).map(codesInJson)]))
  })

  it('lets survey-core show the same pages and questions on every path, and end each on the last page', () => {
    for (const path of listPaths(questions)) {
      const model = loadInSurveyCore(questions)
      model.data = path.answers
      const shown = model.visiblePages.map((page) => [
        page.name,
        page.questions.filter((question) => question.isVisible).map(({ name }) => name),
      ])
      expect(shown).toEqual(path.pages.map(({ page, questions: asked }) => [page.name, asked.map(({ name }) => name)]))
      while (!model.isLastPage) expect(model.nextPage(), `stuck on ${(model.currentPage as PageModel).name}`).toBe(true)
      expect((model.currentPage as PageModel).name).toBe('in_your_own_words')
      expect(model.completeLastPage()).toBe(true)
      expect(model.data).toEqual(path.answers)
    }
  })

  it('shows everything to someone who answers nothing, so that a paper return without a gate question still counts', () => {
    expect(walk(questions, {}).pages.map(({ questions: asked }) => asked)).toEqual(
      questions.pages.map((page) => page.elements),
    )
  })

  it('requires nothing', () => {
    expect(elements.filter((question) => question.isRequired)).toEqual([])
  })

  it('says of every question which finding or standard it rests on', () => {
    for (const { name, provenance } of elements) expect(provenance, name).toMatch(/^(Finding|Standard): /)
  })

  it('describes every question and names every code of a breakdown in its README', () => {
    const readme = readFileSync(join(folder(slug), 'README.md'), 'utf8')
    for (const { name, title, provenance } of elements) {
      const line = readme.split('\n').find((each) => each.startsWith(`| \`${name}\` | ${title} | `))
      expect(line, name).toContain(` | ${provenance} | `)
    }
    expect(readme).toContain('not the regulator')
    const breakdownQuestions = elements.filter(({ name }) => plan.breakdowns.some(({ variable }) => variable === name))
    for (const code of breakdownQuestions.flatMap(codesOf)) expect(readme).toContain(`\`${code}\``)
  })

  it('asks nobody to name a person, and says where a worry about safety goes', () => {
    const page = questions.pages.find(({ elements: asked }) => asked.some(({ type }) => type === 'comment'))
    expect(page?.description).toMatch(/do not name or describe any/i)
    expect(page?.description).toMatch(/adult social care team/)
    expect(page?.description).toMatch(/call 999/)
    const elsewhere = elements.filter((question) => question.type === 'text' && 'maxLength' in question)
    for (const { name, description } of elsewhere) expect(description, name).toMatch(/do not name any person/i)
  })

  it('offers don’t know wherever somebody judges, outside every base', () => {
    const facts = ['service_type', 'grade', 'sector', 'sectors']
    const judged = elements.filter((question) => codesOf(question).length > 0 && !facts.includes(question.name))
    expect(judged.filter((question) => !codesOf(question).includes('dont_know')).map(({ name }) => name)).toEqual([])
    const states = stateCodes(set)
    expect(plan.indicators.filter(({ counts }) => counts.some((code) => states.has(code)))).toEqual([])
  })

  it('writes without abbreviations that only insiders know', () => {
    const shown = JSON.stringify(questions, (key, value: unknown) =>
      ['provenance', 'name', 'value', 'type'].includes(key) ? undefined : value,
    )
    expect(shown.match(/\b(?!NHS\b|GP\b)[A-Z]{2,}\b/g) ?? []).toEqual([])
  })
})

describe('routing of the discharge information flow', () => {
  const { questions, plan } = readQuestionSet(folder('discharge-information-flow'))
  const shown = (answers: Record<string, unknown>) =>
    walk(questions, answers).pages.flatMap((page) => page.questions.map(({ name }) => name))

  it('asks services without discharges about sending information and for comments only, and calls the rest not applicable', () => {
    const answers = { older_people_discharged: 'no' }
    expect(shown(answers)).toEqual([
      'service_type',
      'older_people_discharged',
      'sends_information',
      'works_well',
      'should_change',
    ])
    expect(holds(plan.notApplicableWhen, answers)).toBe(true)
    for (const answer of ['yes', 'dont_know', undefined])
      expect(holds(plan.notApplicableWhen, { older_people_discharged: answer })).toBe(false)
  })

  it('asks about relying on a trusted assessor unless none was used', () => {
    for (const answer of ['yes', 'dont_know', undefined])
      expect(shown({ trusted_assessor_used: answer })).toContain('trusted_assessor_relied_on')
    expect(shown({ trusted_assessor_used: 'no' })).not.toContain('trusted_assessor_relied_on')
  })

  it('routes only by what is not equal, so that an absent answer hides nothing', () => {
    const expressions = questions.pages
      .flatMap((page) => [page.visibleIf, ...page.elements.map(({ visibleIf }) => visibleIf)])
      .filter((expression) => expression !== undefined)
    expect(new Set(expressions.flatMap(questionsIn))).toEqual(
      new Set(['older_people_discharged', 'trusted_assessor_used']),
    )
    for (const expression of expressions) expect(expression).toMatch(/^\{[a-z_]+\} <> '[a-z_]+'$/)
  })
})

describe('routing of the relational audit', () => {
  const { questions } = readQuestionSet(folder('relational-audit'))

  it('asks everyone for the one sector they answer for, whatever else they say', () => {
    for (const answers of [{}, { sector: 'vcse' }, { sectors: ['vcse', 'care_home'] }]) {
      expect(walk(questions, answers).answers).toEqual(answers)
      expect(walk(questions, answers).pages).toHaveLength(questions.pages.length)
    }
  })
})

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkQuestionSet } from '../../surveys/checking/check-question-set.ts'
import { questionsOf } from '../../surveys/notes.ts'
import type { PageElement, Question, QuestionSet } from '../../surveys/question-set.ts'
import { analysisPlanSchema, elementSchema, questionSchema } from '../../surveys/question-set.ts'
import {
  hasState,
  makeQuestion,
  planFor,
  questionKinds,
  statesInUse,
  withoutOther,
  withoutState,
  withOther,
  withState,
} from '../../surveys/editing/question-templates.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'

const audit = readQuestionSet(join(import.meta.dirname, '../../surveys/relational-audit'))
const kinds = questionKinds.map(({ kind }) => kind)

/** What someone writes: every empty text filled in. */
const written = <T>(draft: T): T => JSON.parse(JSON.stringify(draft).replaceAll('""', '"Written"')) as T

/** The audit with this question on its last page. */
function withQuestion(question: PageElement, plan = audit.plan): QuestionSet {
  const pages = audit.questions.pages.map((page, at) =>
    at === audit.questions.pages.length - 1 ? { ...page, elements: [...page.elements, question] } : page,
  )
  const questions = { ...audit.questions, pages }
  return { questions, plan: { ...plan, states: statesInUse(questions, plan) } }
}

describe('a new question', () => {
  it.each(kinds)('of the kind %s needs its words only, and has a use in the plan', (kind) => {
    const draft = makeQuestion(kind, 'new_question')
    expect(elementSchema.safeParse(draft).success).toBe(false)
    const question = written(draft)
    expect(elementSchema.parse(question)).toEqual(question)
    const plan = written(planFor(kind, question, audit.plan))
    expect(analysisPlanSchema.parse(plan)).toEqual(plan)
    expect(checkQuestionSet(withQuestion(question, plan))).toEqual([])
  })

  it('about you breaks results down', () => {
    const { breakdowns } = planFor('about_you', makeQuestion('about_you', 'role'), audit.plan)
    expect(breakdowns.at(-1)).toEqual({ id: 'role', label: '', from: 'variable', variable: 'role' })
  })
})

describe('answers that stand apart', () => {
  it.each(kinds.filter((kind) => kind !== 'heading'))(
    'are added to and taken from %s wherever it has choices, within the contract',
    (kind) => {
      const plain = written(makeQuestion(kind, 'new_question'))
      const plan = planFor(kind, plain, audit.plan)
      const full = withOther(withState(withState(plain, 'notApplicable', plan), 'dontKnow', plan))
      expect(questionSchema.parse(full)).toEqual(full)
      const states = withQuestion(full, plan).plan.states
      const choices = 'choices' in full || full.type === 'matrix'
      expect(hasState(full, 'notApplicable', plan)).toBe(choices)
      expect(states.notApplicable).toEqual(choices ? ['do_not_work_with', 'not_applicable'] : ['do_not_work_with'])
      expect(checkQuestionSet(withQuestion(full, written(plan)))).toEqual([])
      expect(withState(full, 'dontKnow', plan)).toBe(full)
      const bare = withoutOther(withoutState(withoutState(full, 'dontKnow', plan), 'notApplicable', plan))
      expect(bare).toEqual(withoutState(plain, 'dontKnow', plan))
      expect(withQuestion(bare, plan).plan.states).toEqual(audit.plan.states)
    },
  )

  it('exclude the others where several may be chosen, and there only', () => {
    const several = withState(makeQuestion('several_choices', 'a'), 'dontKnow', audit.plan)
    expect(several).toMatchObject({ choices: [{}, {}, { value: 'dont_know', isExclusive: true }] })
    const single = withState(makeQuestion('single_choice', 'a'), 'dontKnow', audit.plan)
    expect('choices' in single && single.choices.at(-1)).toEqual({ value: 'dont_know', text: "Don't know" })
  })

  it('know the codes that a plan has for a state of its own', () => {
    const partners = audit.questions.pages.flatMap(questionsOf).find(({ name }) => name === 'partners')
    expect(partners && hasState(partners, 'notApplicable', audit.plan)).toBe(true)
    expect(partners && withState(partners, 'notApplicable', audit.plan)).toBe(partners)
  })

  it('leave a choice called other as it is', () => {
    const question = written({
      ...makeQuestion('single_choice', 'a'),
      choices: [{ value: 'other', text: '' }],
    }) as Question
    expect(withOther(question)).toBe(question)
  })
})

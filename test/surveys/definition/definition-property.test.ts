import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { compileDefinition, type AnswerProblem, type Definition } from '../../../surveys/definition/definition.ts'
import {
  questionsSchema,
  type Answers,
  type Code,
  type Question,
  type Questions,
} from '../../../surveys/question-set.ts'
import { anyAnswers, questionnaires, rightAnswers } from './arbitrary-questionnaires.ts'
import { modelRefuses, modelShows } from './survey-model.ts'

// survey-core warns about values of the wrong type: these tests send many.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

// Every run builds survey-core models: far slower than the check, slower still on a busy machine.
const runs = { numRuns: 200 }
const withRight = questionnaires.chain((questions) => fc.tuple(fc.constant(questions), rightAnswers(questions)))
const withAny = questionnaires.chain((questions) => fc.tuple(fc.constant(questions), anyAnswers(questions)))

const shownNames = (definition: Definition, answers: Answers) =>
  definition.visiblePages(answers).flatMap((page) => definition.visibleElements(page, answers).map(({ name }) => name))

const looksLike = (value: unknown, items: readonly { value: Code }[]) =>
  items.some((item) => String(item.value).toLowerCase() === String(value).toLowerCase())
const isForeign = (value: unknown, items: readonly { value: Code }[]) =>
  typeof value === 'string' && value.trim() !== '' && !looksLike(value, items)
const inherited = (name: string) => name in {}

/** By the code of a problem: whether survey-core's model finds it as well. The places where it is wrong are listed in model-gaps.test.ts. */
const modelFinds: Record<string, (question: Question | undefined, value: unknown, problem: AnswerProblem) => boolean> =
  {
    required: () => true,
    other_text: () => true,
    unknown_question: (_question, _value, problem) =>
      !problem.question.endsWith('-Comment') && !inherited(problem.question),
    // The model takes a row that is none where nothing is said of it.
    unknown_row: (_question, value) =>
      !Object.keys(value as object).some(inherited) &&
      !Object.values(value as object).some((said) => typeof said === 'object' || said === '' || said === undefined),
    number: (_question, value) => Number.isInteger(value),
    choice: (question, value, { place }) => {
      if (question?.type === 'matrix')
        return isForeign((value as Answers)[place.slice(question.name.length + 1)], question.columns)
      return (
        (question?.type === 'radiogroup' || question?.type === 'dropdown') &&
        !question.showOtherItem &&
        // The model takes the code of other even where none is offered.
        value !== 'other' &&
        isForeign(value, question.choices)
      )
    },
  }

function modelFindsToo(definition: Definition, answers: Answers, problem: AnswerProblem): boolean {
  return modelFinds[problem.code]?.(definition.question(problem.question), answers[problem.question], problem) ?? false
}

const print = (questions: Questions, answers: Answers, problems: AnswerProblem[]) =>
  JSON.stringify({ questions, answers, problems })

test('random questionnaires keep the contract', () => {
  fc.assert(
    fc.property(questionnaires, (questions) => questionsSchema.safeParse(questions).success),
    runs,
  )
})

test('answers that are right by construction are stored without a problem and accepted by a full model', () => {
  const property = fc.property(withRight, ([questions, answers]) => {
    const definition = compileDefinition(questions)
    const kept = definition.withoutHidden(answers)
    expect(definition.check(kept, { complete: false })).toEqual([])
    const problems = definition.check(kept, { complete: true }).filter(({ code }) => code !== 'no_answer')
    expect(problems.every(({ code }) => code === 'required')).toBe(true)
    expect(modelRefuses(questions, kept), print(questions, kept, problems)).toBe(problems.length > 0)
  })
  fc.assert(property, runs)
})

test('the same questions, headings and paragraphs are shown as by a full model', () => {
  const property = fc.property(withRight, ([questions, answers]) => {
    const definition = compileDefinition(questions)
    const kept = definition.withoutHidden(answers)
    expect(shownNames(definition, kept)).toEqual(modelShows(questions, kept))
    expect(shownNames(definition, answers)).toEqual(shownNames(definition, kept))
    expect(definition.withoutHidden(kept)).toEqual(kept)
  })
  fc.assert(property, runs)
})

test('what a full model refuses is refused, and what only this check refuses is a known gap of the model', () => {
  const property = fc.property(withAny, ([questions, answers]) => {
    const definition = compileDefinition(questions)
    const problems = definition.check(answers, { complete: true })
    const refused = modelRefuses(questions, answers)
    if (problems.length === 0) expect(refused, print(questions, answers, problems)).toBe(false)
    else if (problems.every((problem) => modelFindsToo(definition, answers, problem)))
      expect(refused, print(questions, answers, problems)).toBe(true)
  })
  fc.assert(property, { numRuns: 600 })
})

test('every problem names a question of the set or the key that is none, and has words', () => {
  const property = fc.property(withAny, ([questions, answers]) => {
    const definition = compileDefinition(questions)
    for (const { question, place, code, message } of definition.check(answers, { complete: true })) {
      if (code === 'no_answer') expect(question).toBe('')
      else expect(definition.question(question) !== undefined || code === 'unknown_question').toBe(true)
      expect(place.startsWith(question)).toBe(true)
      expect(message.length).toBeGreaterThan(10)
    }
  })
  fc.assert(property, runs)
})

test('anything at all can be checked without an exception', () => {
  const property = fc.property(
    questionnaires,
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    (questions, anything) => {
      expect(Array.isArray(compileDefinition(questions).check(anything, { complete: true }))).toBe(true)
    },
  )
  fc.assert(property, runs)
})

test("another respondent's answers checked in between change nothing", () => {
  const two = questionnaires.chain((questions) =>
    fc.tuple(fc.constant(questions), anyAnswers(questions), anyAnswers(questions)),
  )
  const property = fc.property(two, ([questions, mine, yours]) => {
    const definition = compileDefinition(questions)
    const before = definition.check(mine, { complete: true })
    definition.check(yours, { complete: true })
    definition.visiblePages(yours)
    expect(definition.check(mine, { complete: true })).toEqual(before)
    expect(compileDefinition(questions).check(mine, { complete: true })).toEqual(before)
  })
  fc.assert(property, runs)
})

// The ways through a questionnaire: which questions a respondent may be shown, for every set of answers that its routing looks at.
import { ConditionRunner } from 'survey-core'
import { questionsOf } from '../notes.ts'
import type { Answers, Page, PageElement, Question, Questions } from '../question-set.ts'

export interface Path {
  /** The answers that lead here. */
  answers: Answers
  /** The pages shown, each with what is shown on it, and the questions among that. */
  pages: { page: Page; elements: PageElement[]; questions: Question[] }[]
}

const maxCombinations = 20_000

/** Making a runner costs many times what running it does, and the same few expressions are run for thousands of answers. */
const runners = new Map<string, ConditionRunner>()
const maxRunners = 1000

/** Whether an expression holds for these answers; no expression always holds. */
export function holds(expression: string | undefined, answers: Answers): boolean {
  if (expression === undefined) return true
  const runner = runners.get(expression) ?? new ConditionRunner(expression)
  if (runners.size >= maxRunners) runners.clear()
  runners.set(expression, runner)
  return runner.runValues(answers, {})
}

/** Names of the questions (without row) that an expression looks at. */
export function questionsIn(expression: string): string[] {
  return [...expression.matchAll(/\{([^}.]+)[^}]*\}/g)].map((match) => match[1] ?? '')
}

/** What is shown with these answers; answers to what was routed past are dropped, as they are when saved. */
export function walk(questions: Questions, answers: Answers): Path {
  const kept: Answers = {}
  const pages: Path['pages'] = []
  for (const page of questions.pages) {
    if (!holds(page.visibleIf, kept)) continue
    const before = { ...kept }
    const elements = page.elements.filter(({ visibleIf }) => holds(visibleIf, before))
    const asked = questionsOf({ elements })
    if (elements.length > 0) pages.push({ page, elements, questions: asked })
    for (const { name } of asked) if (answers[name] !== undefined) kept[name] = answers[name]
  }
  return { answers: kept, pages }
}

/** Answers that routing may tell apart: none, each code, for several choices also all at once; for a number its limits. */
function answersToTry(question: Question): unknown[] {
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return [undefined, ...question.choices.map((choice) => choice.value)]
    case 'checkbox': {
      const codes = question.choices.map((choice) => choice.value)
      return [undefined, ...codes.map((code) => [code]), codes]
    }
    case 'matrix':
      return [
        undefined,
        ...question.columns.map(({ value }) => Object.fromEntries(question.rows.map((row) => [row.value, value]))),
      ]
    case 'text':
      if ('min' in question) return [undefined, question.min, question.max]
      return [undefined, question.inputType === 'date' ? '2026-01-01' : 'text']
    case 'comment':
      return [undefined, 'text']
  }
}

/** Every path: one for each combination of answers to the questions that routing looks at. Throws if there are more than 20,000. */
export function listPaths(questions: Questions): Path[] {
  const expressions = questions.pages.flatMap((page) => [
    page.visibleIf,
    ...page.elements.map(({ visibleIf }) => visibleIf),
  ])
  const gates = new Set(expressions.flatMap((expression) => (expression ? questionsIn(expression) : [])))
  let combinations: Answers[] = [{}]
  for (const question of questions.pages.flatMap(questionsOf)) {
    if (!gates.has(question.name)) continue
    const tried = answersToTry(question)
    if (combinations.length * tried.length > maxCombinations)
      throw new Error(`too many ways through the questionnaire to list (at ${question.name})`)
    combinations = combinations.flatMap((answers) => tried.map((answer) => ({ ...answers, [question.name]: answer })))
  }
  return combinations.map((answers) => walk(questions, answers))
}

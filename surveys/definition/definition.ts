import { questionsOf } from '../notes.ts'
import type { Answers, Page, PageElement, Question, Questions } from '../question-set.ts'
import { checkAnswers, type AnswerProblem } from './check-answers.ts'
import { commentKeyOf, compilePages } from './compile-pages.ts'
import { walkPages } from './walk-pages.ts'

export type { AnswerProblem }

/** A published questionnaire, compiled once. An answer that is hidden, or not of its declared type, counts as absent in every condition. */
export interface Definition {
  questions: Questions
  pages: Page[]
  question(name: string): Question | undefined
  /** Pages with anything to show: a page may have text alone, as in SurveyJS. */
  visiblePages(answers: Answers): Page[]
  visibleElements(page: Page, answers: Answers): PageElement[]
  visibleQuestions(page: Page, answers: Answers): Question[]
  isVisible(name: string, answers: Answers): boolean
  /** Everything that keeps answers from being stored, in the order of the questions, at most 100; `complete` also asks for what is required and for at least one answer. */
  check(answers: unknown, options: { complete: boolean }): AnswerProblem[]
  /** The same answers without those (and their *other* texts) to questions that they hide. */
  withoutHidden(answers: Answers): Answers
}

/** Throws an Error naming the place where the questions cannot be checked strictly: see `compilePages`. */
export function compileDefinition(questions: Questions): Definition {
  const pages = compilePages(questions)
  const byName = new Map(questions.pages.flatMap(questionsOf).map((question) => [question.name, question] as const))
  const known = new Set([...byName.keys()].flatMap((name) => [name, commentKeyOf(name)]))
  const shownBy = (answers: Answers) => walkPages(pages, answers)
  const shownOn = (page: Page, shown: ReadonlySet<string>) => page.elements.filter(({ name }) => shown.has(name))
  return {
    questions,
    pages: questions.pages,
    question: (name) => byName.get(name),
    visiblePages: (answers) => {
      const shown = shownBy(answers)
      return questions.pages.filter((page) => shownOn(page, shown).length > 0)
    },
    visibleElements: (page, answers) => shownOn(page, shownBy(answers)),
    visibleQuestions: (page, answers) => questionsOf({ elements: shownOn(page, shownBy(answers)) }),
    isVisible: (name, answers) => shownBy(answers).has(name),
    check: (answers, { complete }) => checkAnswers(pages, known, answers, complete),
    withoutHidden: (answers) => {
      const shown = shownBy(answers)
      const hidden = new Set(
        [...byName.keys()].filter((name) => !shown.has(name)).flatMap((name) => [name, commentKeyOf(name)]),
      )
      return Object.fromEntries(Object.entries(answers).filter(([key]) => !hidden.has(key)))
    },
  }
}

const compiled = new Map<string, Definition>()
const mostCompiled = 50

/** The definition of a stored version, compiled once per content. */
export function definitionOf(version: { sha256: string; questions: Questions }): Definition {
  const known = compiled.get(version.sha256)
  if (known) return known
  const definition = compileDefinition(version.questions)
  const [oldest] = compiled.keys()
  if (compiled.size >= mostCompiled && oldest !== undefined) compiled.delete(oldest)
  compiled.set(version.sha256, definition)
  return definition
}

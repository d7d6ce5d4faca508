import type { Answers, Questions } from '../../surveys/question-set.ts'
import { makeAnswerer } from '../../scripts/demo/answers.ts'
import { seededRandom } from '../../scripts/demo/random.ts'
import { compileDefinition } from '../../surveys/definition/definition.ts'

export interface SyntheticResponse {
  /** Complete and valid, with texts that no other response has. */
  answers: Answers
  /** The same, page by page, as a person would save them. */
  pages: Answers[]
}

/** Invented responses, the same ones for the same seed. */
export function syntheticResponses(questions: Questions, count: number, seed = 1): SyntheticResponse[] {
  const definition = compileDefinition(questions)
  const answer = makeAnswerer(questions, seededRandom(seed))
  const written = questions.pages.flatMap((page) => page.elements).filter((question) => question.type === 'comment')
  return Array.from({ length: count }, (_, index) => {
    const fixed = Object.fromEntries(
      written.map(({ name }) => [
        name,
        `Invented text ${index} about ${name}. ${'The summary came late. '.repeat(index % 10)}`.trim(),
      ]),
    )
    const answers = answer({ fixed, weights: () => undefined })
    const pages = definition
      .visiblePages(answers)
      .map((page) =>
        Object.fromEntries(
          definition
            .visibleQuestions(page, answers)
            .flatMap(({ name }) => (answers[name] === undefined ? [] : [[name, answers[name]]])),
        ),
      )
    return { answers, pages: pages.filter((page) => Object.keys(page).length > 0) }
  })
}

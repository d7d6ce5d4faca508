import type { Answers, Question, Questions } from '../../surveys/question-set.ts'
import { compileDefinition } from '../../surveys/definition/definition.ts'
import { pick } from './random.ts'

type Weights = readonly (readonly [unknown, number])[]

/** What is fixed of one respondent's answers, and how likely the codes of other questions are. */
export interface Profile {
  fixed: Answers
  weights(question: string, row?: string): Weights | undefined
}

const comments = [
  'Synthetic answer: a call the day before makes all the difference.',
  'Synthetic answer: the list of medicines often leaves out what has changed.',
  'Synthetic answer: we wait for papers that were promised for the same day.',
  'Synthetic answer: our named nurse on the ward answers at once.',
]

/** Answers every question that the routing shows, in order, as the profile says and otherwise at random. */
export function makeAnswerer(questions: Questions, random: () => number) {
  const definition = compileDefinition(questions)
  return (profile: Profile): Answers => {
    const answers: Answers = {}
    for (const page of questions.pages) {
      for (const question of definition.visibleQuestions(page, answers)) {
        const fixed = profile.fixed[question.name]
        const answer = fixed !== undefined ? fixed : answerAtRandom(question, profile, random)
        if (answer !== undefined) answers[question.name] = answer
      }
    }
    return answers
  }
}

const apart = ['dont_know', 'not_applicable', 'no_discharges', 'do_not_work_with', 'none_of_these']
const evenly = (codes: readonly unknown[]): Weights =>
  codes.map((code) => [code, apart.includes(String(code)) ? 0.3 : 1] as const)

function answerAtRandom(question: Question, profile: Profile, random: () => number): unknown {
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return pick(random, profile.weights(question.name) ?? evenly(question.choices.map(({ value }) => value)))
    case 'checkbox': {
      const chosen = question.choices
        .filter(
          ({ isExclusive, value }) =>
            !isExclusive && !apart.includes(String(value)) && value !== 'other' && random() < 0.5,
        )
        .map(({ value }) => value)
      return chosen.length > 0 ? chosen : undefined
    }
    case 'matrix':
      return Object.fromEntries(
        question.rows.map(({ value }) => [
          value,
          pick(
            random,
            profile.weights(question.name, String(value)) ?? evenly(question.columns.map((column) => column.value)),
          ),
        ]),
      )
    case 'comment':
      return random() < 0.25
        ? pick(
            random,
            comments.map((text) => [text, 1] as const),
          )
        : undefined
    case 'text':
      return undefined
  }
}

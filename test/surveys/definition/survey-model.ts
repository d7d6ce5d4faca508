import { isDeepStrictEqual } from 'node:util'
import { Model } from 'survey-core'
import type { Answers, Questions } from '../../../surveys/question-set.ts'

function modelOf(questions: Questions, answers: Answers): Model {
  const model = new Model(structuredClone(questions))
  model.data = structuredClone(answers)
  return model
}

/** Whether a full survey-core model refuses a submission: it does not validate, or setting and clearing changes it. */
export function modelRefuses(questions: Questions, answers: Answers): boolean {
  const model = modelOf(questions, answers)
  model.clearIncorrectValues(true)
  return !model.validate(false) || !isDeepStrictEqual(structuredClone(model.data), structuredClone(answers))
}

/** Names of the questions, headings and paragraphs that a full model shows, in order. */
export function modelShows(questions: Questions, answers: Answers): string[] {
  const model = modelOf(questions, answers)
  return model.visiblePages.flatMap((page) =>
    page.questions.filter((question) => question.isVisible).map((question) => question.name),
  )
}

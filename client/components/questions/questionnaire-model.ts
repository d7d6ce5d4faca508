import { Model } from 'survey-core'
import type { Answers, Questions } from '../../../surveys/question-set.ts'

/** The published definition as a SurveyJS model that draws and decides nothing by itself: words, errors and storage are ours. */
export function createQuestionnaireModel(questions: Questions, answers: Answers): Model {
  const model = new Model(questions)
  model.showTitle = false
  model.showPageTitles = false
  model.showNavigationButtons = false
  model.showProgressBar = false
  model.questionTitleLocation = 'hidden'
  model.widthMode = 'static'
  // Its scroll area needs its own style sheet, and its icons come with inline styles, which our security policy refuses.
  model.fitToContainer = false
  model.needRenderIcons = false
  model.focusFirstQuestionAutomatic = false
  // Answers behind a changed gate are kept until the end, as in the plain way: a person may change their mind back.
  model.clearInvisibleValues = 'none'
  model.textUpdateMode = 'onTyping'
  model.validationEnabled = false
  model.data = structuredClone(answers)
  return model
}

const comment = /-Comment$/

/** Sets an answer by the name it is stored under; undefined takes it back. */
export function setAnswer(model: Model, name: string, answer: unknown): void {
  if (comment.test(name)) model.setComment(name.replace(comment, ''), typeof answer === 'string' ? answer : '')
  else model.setValue(name, answer)
}

/** The question that an answer's name belongs to. */
export const questionOf = (answerName: string): string => answerName.replace(comment, '')

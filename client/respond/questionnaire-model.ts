import { Model } from 'survey-core'
import type { Answers, Questions } from '../../surveys/question-set.ts'

/** The published definition as a SurveyJS model that draws and decides nothing by itself: words, errors and storage are ours. */
export function createQuestionnaireModel(questions: Questions, answers: Answers): Model {
  const model = new Model(questions)
  model.showTitle = false
  model.showPageTitles = false
  model.showNavigationButtons = false
  model.showProgressBar = false
  model.questionTitleLocation = 'hidden'
  model.widthMode = 'static'
  model.focusFirstQuestionAutomatic = false
  // Answers behind a changed gate are kept until the end, as in the plain way: a person may change their mind back.
  model.clearInvisibleValues = 'none'
  model.textUpdateMode = 'onTyping'
  model.validationEnabled = false
  model.data = structuredClone(answers)
  return model
}

import { Survey } from 'survey-react-ui'
import { useRef, useState } from 'react'
import type { AnalysisPlan, Questions } from '../../../surveys/question-set.ts'
import { Button } from '../../components/button.tsx'
import { NoteHeadingContext, QuestionStatesContext } from '../../components/questions/question-context.ts'
import { registerQuestionRenderers } from '../../components/questions/register.tsx'
import { createQuestionnaireModel } from '../../respond/questionnaire-model.ts'

registerQuestionRenderers()

/** The questionnaire drawn by the renderers that respondents have; nothing is sent. */
export function QuestionnairePreview({ questions, plan }: { questions: Questions; plan: AnalysisPlan }) {
  const [model] = useState(() => createQuestionnaireModel(questions, {}))
  const [index, setIndex] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const pages = model.visiblePages
  const words = questions.pages.find(({ name }) => name === pages[index]?.name)

  function go(step: number) {
    const next = model.visiblePages[index + step]
    if (!next) return
    model.currentPage = next
    setIndex(index + step)
    requestAnimationFrame(() => heading.current?.focus())
  }

  return (
    <div className="app-preview">
      <span className="govuk-caption-m">
        Page {index + 1} of {pages.length}
      </span>
      <h2 className="govuk-heading-l" tabIndex={-1} ref={heading}>
        {words?.title}
      </h2>
      {words?.description ? <p className="govuk-body">{words.description}</p> : null}
      <QuestionStatesContext value={plan.states}>
        <NoteHeadingContext value="h3">
          <Survey model={model} />
        </NoteHeadingContext>
      </QuestionStatesContext>
      <div className="govuk-button-group app-no-print">
        {index > 0 ? (
          <Button kind="secondary" onClick={() => go(-1)}>
            Back
          </Button>
        ) : null}
        {index < pages.length - 1 ? (
          <Button onClick={() => go(1)}>Continue</Button>
        ) : (
          <p className="govuk-body">Here the respondent checks the answers and submits.</p>
        )}
      </div>
    </div>
  )
}

import type { Model } from 'survey-core'
import { Survey } from 'survey-react-ui'
import { useEffect, useReducer, useRef, useState, type ReactNode } from 'react'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import { cleanAnswers } from '../../../surveys/definition/text.ts'
import type { AnalysisPlan, Answers, Questions } from '../../../surveys/question-set.ts'
import { Button } from '../../components/button.tsx'
import { NoteHeadingContext, QuestionStatesContext } from '../../components/questions/question-context.ts'
import { registerQuestionRenderers } from '../../components/questions/register.tsx'
import { createQuestionnaireModel } from '../../components/questions/questionnaire-model.ts'

registerQuestionRenderers()

interface QuestionnairePreviewProps {
  questions: Questions
  plan: Pick<AnalysisPlan, 'states'>
  /** Stands below the last page; it may read the answers, as a respondent would submit them. Throws where the questions have problems. */
  end?: (readAnswers: () => Answers) => ReactNode
}

/** The questionnaire drawn by the renderers that respondents have; nothing is sent. */
export function QuestionnairePreview({ questions, plan, end }: QuestionnairePreviewProps) {
  const [model] = useState(() => createQuestionnaireModel(questions, {}))
  const [index, setIndex] = useState(0)
  useRenderAtAnswers(model)
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
      {index < pages.length - 1 ? null : end?.(() => answersIn(model, questions))}
    </div>
  )
}

/** An answer may decide how many pages follow. */
function useRenderAtAnswers(model: Model) {
  const [, render] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    model.onValueChanged.add(render)
    return () => model.onValueChanged.remove(render)
  }, [model])
}

/** Without what stands empty, and what later answers have hidden. */
function answersIn(model: Model, questions: Questions): Answers {
  const given = Object.entries(cleanAnswers(structuredClone(model.data as Answers)))
  return compileDefinition(questions).withoutHidden(Object.fromEntries(given.filter(([, answer]) => answer !== null)))
}

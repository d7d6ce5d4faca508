import { useEffect, useReducer, type ReactNode } from 'react'
import { ReactElementFactory, ReactQuestionFactory } from 'survey-react-ui'
import type { PageModel, Question, SurveyModel } from 'survey-core'
import { Dropdown, OneChoice, SeveralChoices } from './choices.tsx'
import { Matrix } from './matrix.tsx'
import { NoteText } from './note-text.tsx'
import type { RendererProps } from './question-context.ts'
import { LongText, ShortText } from './text.tsx'

const renderers: Record<string, (props: RendererProps) => ReactNode> = {
  radiogroup: OneChoice,
  checkbox: SeveralChoices,
  dropdown: Dropdown,
  matrix: Matrix,
  text: ShortText,
  comment: LongText,
  html: NoteText,
}

interface PageProps {
  page: PageModel
  creator: { createQuestionElement(question: Question): ReactNode }
}

/** A page without SurveyJS's own wrappers: they bring classes, titles and errors that nothing here styles. */
function QuestionPage({ page, creator }: PageProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const survey = page.survey as SurveyModel
    survey.onValueChanged.add(redraw)
    return () => survey.onValueChanged.remove(redraw)
  }, [page])
  return page.questions
    .filter((question) => question.isVisible)
    .map((question) => (
      <div key={question.name} data-question={question.name}>
        {creator.createQuestionElement(question)}
      </div>
    ))
}

// The typings say that a creator takes a name; it is called with the renderer's props.
const drawWith = (Renderer: (props: RendererProps) => ReactNode) =>
  ((props: RendererProps) => <Renderer question={props.question} />) as unknown as (name: string) => React.JSX.Element

/** Makes SurveyJS draw every question in the GOV.UK markup of the plain way. Safe to call again. */
export function registerQuestionRenderers(): void {
  for (const [type, Renderer] of Object.entries(renderers)) {
    ReactQuestionFactory.Instance.registerQuestion(type, drawWith(Renderer))
  }
  ReactElementFactory.Instance.registerElement('sv-page', (props: PageProps) => <QuestionPage {...props} />)
}

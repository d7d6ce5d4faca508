import type { QuestionHtmlModel } from 'survey-core'
import { use } from 'react'
import { paragraphsOf } from '../../../surveys/notes.ts'
import { NoteHeadingContext, type RendererProps } from './question-context.ts'

/** A heading or paragraphs between questions: plain text, whatever SurveyJS calls it. */
export function NoteText({ question }: RendererProps) {
  const { html, locTitle } = question as QuestionHtmlModel
  const Heading = use(NoteHeadingContext)
  return (
    <div className="app-note">
      {/* The title of a question without one is its name. */}
      {locTitle.isEmpty ? null : <Heading className="govuk-heading-m">{question.title}</Heading>}
      {paragraphsOf({ html }).map((paragraph, index) => (
        <p key={index} className="govuk-body">
          {paragraph}
        </p>
      ))}
    </div>
  )
}

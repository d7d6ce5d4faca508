import type { Question } from 'survey-core'
import { use, type ReactNode } from 'react'
import { QuestionErrorsContext, QuestionHintsContext } from './question-context.ts'

/** The words around a control: its title, hint and error, and the ids that tie them to it. */
export function useQuestionWords(question: Question) {
  const error = use(QuestionErrorsContext)[question.name]
  const extra = use(QuestionHintsContext)[question.name]
  const hint = [question.description, extra].filter(Boolean).join(' ')
  const hintId = hint ? `${question.name}-hint` : undefined
  const errorId = error ? `${question.name}-error` : undefined
  return {
    title: question.title,
    hint,
    hintId,
    error,
    errorId,
    describedBy: [hintId, errorId].filter(Boolean).join(' ') || undefined,
  }
}

export function ErrorMessage({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="govuk-error-message">
      <span className="govuk-visually-hidden">Error:</span> {children}
    </p>
  )
}

/** A question answered by several controls: a fieldset whose legend is the question. */
export function Group({ question, children }: { question: Question; children: ReactNode }) {
  const { title, hint, hintId, error, errorId, describedBy } = useQuestionWords(question)
  return (
    <div className={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <fieldset className="govuk-fieldset" aria-describedby={describedBy}>
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--m">{title}</legend>
        {hintId ? (
          <div id={hintId} className="govuk-hint">
            {hint}
          </div>
        ) : null}
        {errorId ? <ErrorMessage id={errorId}>{error}</ErrorMessage> : null}
        {children}
      </fieldset>
    </div>
  )
}

/** A question answered by one control: a label. */
export function Labelled({
  question,
  children,
}: {
  question: Question
  children: (words: ReturnType<typeof useQuestionWords>) => ReactNode
}) {
  const words = useQuestionWords(question)
  const { title, hint, hintId, error, errorId } = words
  return (
    <div className={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <label className="govuk-label govuk-label--m" htmlFor={question.name}>
        {title}
      </label>
      {hintId ? (
        <div id={hintId} className="govuk-hint">
          {hint}
        </div>
      ) : null}
      {errorId ? <ErrorMessage id={errorId}>{error}</ErrorMessage> : null}
      {children(words)}
    </div>
  )
}

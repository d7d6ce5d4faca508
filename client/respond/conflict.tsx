import { useEffect, useRef } from 'react'
import type { ChangedElsewhere } from '../../server/responses/schema.ts'
import { questionsOf } from '../../surveys/notes.ts'
import type { Questions } from '../../surveys/question-set.ts'
import { answerInWords } from './answer-words.ts'
import { questionOf } from '../components/questions/questionnaire-model.ts'

interface ConflictProps {
  conflict: ChangedElsewhere
  questions: Questions
  onKeep: () => void
  onTake: () => void
}

/** Another tab or device changed the same answers: neither is thrown away until the person chooses. */
export function Conflict({ conflict, questions, onKeep, onTake }: ConflictProps) {
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => banner.current?.focus(), [])
  const names = new Set(conflict.questions.map(questionOf))
  const differing = questions.pages.flatMap(questionsOf).filter((question) => names.has(question.name))
  return (
    <div className="govuk-notification-banner" role="alert" tabIndex={-1} ref={banner} aria-labelledby="conflict-title">
      <div className="govuk-notification-banner__header">
        <h2 className="govuk-notification-banner__title" id="conflict-title">
          Important
        </h2>
      </div>
      <div className="govuk-notification-banner__content">
        <p className="govuk-notification-banner__heading">Your answers were changed somewhere else</p>
        <p className="govuk-body">Since you opened the page, another tab or device saved a different answer:</p>
        <ul className="govuk-list govuk-list--bullet">
          {differing.map((question) => (
            <li key={question.name}>
              {question.title}{' '}
              <strong className="app-typed">{answerInWords(question, conflict.answers[question.name])}</strong>
            </li>
          ))}
        </ul>
        <p className="govuk-body">Choose what to keep. What you just changed is not saved until then.</p>
        <div className="govuk-button-group">
          <button type="button" className="govuk-button" onClick={onKeep}>
            Use the answer I just gave
          </button>
          <button type="button" className="govuk-button govuk-button--secondary" onClick={onTake}>
            Keep the answer saved before
          </button>
        </div>
      </div>
    </div>
  )
}

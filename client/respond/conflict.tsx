import { useEffect, useRef } from 'react'
import type { Questions } from '../../surveys/question-set.ts'

interface ConflictProps {
  names: readonly string[]
  questions: Questions
  onKeep: () => void
  onTake: () => void
}

/** Another tab or device changed the same answers: neither is thrown away until the person chooses. */
export function Conflict({ names, questions, onKeep, onTake }: ConflictProps) {
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => banner.current?.focus(), [])
  const titles = questions.pages.flatMap((page) => page.elements).filter((question) => names.includes(question.name))
  return (
    <div className="govuk-notification-banner" role="alert" tabIndex={-1} ref={banner} aria-labelledby="conflict-title">
      <div className="govuk-notification-banner__header">
        <h2 className="govuk-notification-banner__title" id="conflict-title">Important</h2>
      </div>
      <div className="govuk-notification-banner__content">
        <p className="govuk-notification-banner__heading">These answers were changed in another tab or on another device</p>
        <ul className="govuk-list govuk-list--bullet">{titles.map(({ name, title }) => <li key={name}>{title}</li>)}</ul>
        <div className="govuk-button-group">
          <button type="button" className="govuk-button" onClick={onKeep}>Keep what is on this page</button>
          <button type="button" className="govuk-button govuk-button--secondary" onClick={onTake}>Use the other answers</button>
        </div>
      </div>
    </div>
  )
}

import { useEffect, useRef } from 'react'
import type { AnswerProblem } from './server.ts'

/** "There is a problem", focused, each line a link to its field. */
export function ErrorSummary({ problems }: { problems: readonly AnswerProblem[] }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => summary.current?.focus(), [problems])
  const focusField = (place: string) => document.getElementById(place)?.focus()
  return (
    <div className="govuk-error-summary" tabIndex={-1} ref={summary}>
      <div role="alert">
        <h2 className="govuk-error-summary__title">There is a problem</h2>
        <div className="govuk-error-summary__body">
          <ul className="govuk-list govuk-error-summary__list">
            {problems.map(({ place, message }) => (
              <li key={place}>
                <a href={`#${place}`} onClick={(event) => { event.preventDefault(); focusField(place) }}>{message}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

import { useEffect, useRef } from 'react'

export interface Problem {
  message: string
  /** The id of the field, where one is to blame. */
  field?: string
}

/** "There is a problem", focused as it appears; a line is a link where a field is to blame. */
export function ErrorSummary({ problems }: { problems: readonly Problem[] }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problems.length > 0) summary.current?.focus()
  }, [problems])
  if (problems.length === 0) return null
  return (
    <div className="govuk-error-summary" tabIndex={-1} ref={summary}>
      <div role="alert">
        <h2 className="govuk-error-summary__title">There is a problem</h2>
        <div className="govuk-error-summary__body">
          <ul className="govuk-list govuk-error-summary__list">
            {problems.map(({ message, field }) => (
              <li key={`${field} ${message}`}>{field ? <FieldLink field={field}>{message}</FieldLink> : message}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

function FieldLink({ field, children }: { field: string; children: string }) {
  const focusField = () => document.getElementById(field)?.focus()
  return (
    <a
      href={`#${field}`}
      onClick={(event) => {
        event.preventDefault()
        focusField()
      }}
    >
      {children}
    </a>
  )
}

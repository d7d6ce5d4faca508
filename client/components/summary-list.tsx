import type { ReactNode } from 'react'

/** Terms and what they are; rows without a value are left out. */
export function SummaryList({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="govuk-summary-list">
      {rows
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([term, value]) => (
          <div className="govuk-summary-list__row" key={term}>
            <dt className="govuk-summary-list__key">{term}</dt>
            <dd className="govuk-summary-list__value">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

interface PersonalLinkProps {
  address: string
  justIssued: boolean
}

/** How to come back, for who came through a shared link; in the words of the plain way. */
export function PersonalLink({ address, justIssued }: PersonalLinkProps) {
  const link = (
    <a className="govuk-link app-address" href={address}>
      {address}
    </a>
  )
  if (!justIssued) {
    return (
      <details className="govuk-details">
        <summary className="govuk-details__summary">
          <span className="govuk-details__summary-text">Your link to come back</span>
        </summary>
        <div className="govuk-details__text">{link}</div>
      </details>
    )
  }
  return (
    <div className="govuk-inset-text">
      <p className="govuk-body">
        <strong>Keep this link to come back.</strong> Your answers are saved under it. It is yours alone: do not pass it
        on.
      </p>
      <p className="govuk-body">{link}</p>
    </div>
  )
}

interface PersonalLinkProps {
  address: string
  justIssued: boolean
}

/** How to come back, for who came through a shared link; in the words of the plain way. */
export function PersonalLink({ address, justIssued }: PersonalLinkProps) {
  const link = (
    <>
      <p className="govuk-body">
        <a className="govuk-link app-address" href={address}>
          {address}
        </a>
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={`${address}/later`}>
          Send it to yourself by email
        </a>
      </p>
    </>
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
      {link}
    </div>
  )
}

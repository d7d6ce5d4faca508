import { useEffect, useRef, type ReactNode } from 'react'

export type TagColour = 'grey' | 'green' | 'blue' | 'yellow' | 'red' | 'purple'

export function Tag({ colour = 'grey', children }: { colour?: TagColour; children: ReactNode }) {
  return <strong className={`govuk-tag govuk-tag--${colour}`}>{children}</strong>
}

/** What has just been done; focused, so that it is read and seen. */
export function SuccessBanner({ children }: { children: ReactNode }) {
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => banner.current?.focus(), [])
  return (
    <div
      className="govuk-notification-banner govuk-notification-banner--success"
      role="alert"
      tabIndex={-1}
      ref={banner}
      aria-labelledby="success-title"
    >
      <div className="govuk-notification-banner__header">
        <h2 className="govuk-notification-banner__title" id="success-title">
          Success
        </h2>
      </div>
      <div className="govuk-notification-banner__content">{children}</div>
    </div>
  )
}

export function WarningText({ children }: { children: ReactNode }) {
  return (
    <div className="govuk-warning-text">
      <span className="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong className="govuk-warning-text__text">
        <span className="govuk-visually-hidden">Warning</span>
        {children}
      </strong>
    </div>
  )
}

/** What is to be said on every page of a collection, such as that its data are synthetic; nothing where nothing is. */
export function Notice({ text }: { text: string | null }) {
  return text ? <p className="govuk-body app-notice">{text}</p> : null
}

export const InsetText = ({ children }: { children: ReactNode }) => <div className="govuk-inset-text">{children}</div>

interface DetailsProps {
  summary: ReactNode
  /** Whether it is opened at first. */
  open?: boolean
  children: ReactNode
}

export function Details({ summary, open, children }: DetailsProps) {
  return (
    <details className="govuk-details" open={open}>
      <summary className="govuk-details__summary">
        <span className="govuk-details__summary-text">{summary}</span>
      </summary>
      <div className="govuk-details__text">{children}</div>
    </details>
  )
}

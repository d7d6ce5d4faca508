import { useEffect, type ReactNode } from 'react'

const serviceName = 'Local system review surveys'

/** Names the tab after its page; of one with faults, "Error: " stands first. */
export function nameTab(title: string, failed: boolean): void {
  document.title = `${failed ? 'Error: ' : ''}${title} – ${serviceName}`
}

interface PageHeadingProps {
  children: string
  caption?: ReactNode
  /** Puts "Error: " before the title of the tab. */
  failed?: boolean
}

/** The one h1 of a page, which also names the tab; `focusHeading` leads to it. */
export function PageHeading({ children, caption, failed = false }: PageHeadingProps) {
  useEffect(() => nameTab(children, failed), [children, failed])
  return (
    <>
      {caption ? <span className="govuk-caption-l">{caption}</span> : null}
      <h1 className="govuk-heading-l" id="page-heading" tabIndex={-1}>
        {children}
      </h1>
    </>
  )
}

/** After a move to another page: where a full page load would have started reading. */
export const focusHeading = () => document.getElementById('page-heading')?.focus({ preventScroll: true })

import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import { ErrorSummary, type Problem } from '../../components/error-summary.tsx'
import { Notice, SuccessBanner, WarningText } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { formatDateTime } from '../../components/format.ts'

interface PageTopProps {
  collection: CollectionView
  title: string
  /** Where the page was come from; left out: the collection's overview. */
  back?: { to: string; label: string }
  problems?: readonly Problem[]
  /** What was just done, in a sentence. */
  done?: ReactNode
}

/** What every page of a collection begins with: the way back, what went wrong or was done, the heading, the notice, and that nothing leaves while sending is paused. */
export function PageTop({ collection, title, back, problems = [], done }: PageTopProps) {
  return (
    <>
      <Link className="govuk-back-link" to={back?.to ?? `/console/collections/${collection.id}`}>
        {back?.label ?? collection.name}
      </Link>
      <ErrorSummary problems={problems} />
      {done && problems.length === 0 ? (
        <SuccessBanner key={typeof done === 'string' ? done : undefined}>
          <p className="govuk-notification-banner__heading">{done}</p>
        </SuccessBanner>
      ) : null}
      <PageHeading caption={collection.name} failed={problems.length > 0}>
        {title}
      </PageHeading>
      <Notice text={collection.notice} />
      <Paused collection={collection} />
    </>
  )
}

/** On every page: nobody should look for messages that cannot leave. */
export function Paused({ collection: { id, pausedAt, severedAt } }: Pick<PageTopProps, 'collection'>) {
  if (pausedAt === null || severedAt !== null) return null
  return (
    <WarningText>
      Sending has been paused since {formatDateTime(pausedAt)}. No message leaves until it is resumed in the{' '}
      <Link className="govuk-link" to={`/console/collections/${id}/schedule`}>
        schedule
      </Link>
      .
    </WarningText>
  )
}

/** That one message was put into the outbox, in a sentence without a full stop: one that waits for the end of a pause is not on its way. */
export const onItsWay = (what: string, to: string, { pausedAt }: Pick<CollectionView, 'pausedAt'>): string =>
  pausedAt === null ? `${what} is on its way to ${to}` : `${what} to ${to} waits: sending is paused`

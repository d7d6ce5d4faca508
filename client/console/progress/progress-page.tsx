import { useEffect, useState } from 'react'
import { Link, useLoaderData, useRevalidator, type LoaderFunctionArgs } from 'react-router'
import type { Progress } from '../../../server/progress/schema.ts'
import { Notice } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useAccount } from '../account.ts'
import { get } from '../api.ts'
import { formatDateTime } from '../../components/format.ts'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { ProgressDays } from './progress-days.tsx'
import { ProgressRates } from './progress-rates.tsx'
import { ProgressTable } from './progress-table.tsx'
import { PushTable } from './push-table.tsx'

export async function loadProgress(args: LoaderFunctionArgs) {
  const [collection, progress] = await Promise.all([
    loadCollection(args),
    get<Progress>(`${collectionAddress(args.params.id)}/progress`),
  ])
  return { collection, progress }
}

/** How far a collection has come, now and over time; never an answer. */
export function ProgressPage() {
  const { collection, progress } = useLoaderData<typeof loadProgress>()
  const isAdmin = useAccount().role === 'admin'
  const file = `${collectionAddress(collection.id)}/progress?format=csv`
  return (
    <>
      {isAdmin ? (
        <Link className="govuk-back-link" to={`/console/collections/${collection.id}`}>
          {collection.name}
        </Link>
      ) : (
        <Link className="govuk-back-link" to="/console/results">
          Results
        </Link>
      )}
      <PageHeading caption={collection.name}>Progress</PageHeading>
      <Notice text={collection.notice} />
      {collection.severedAt ? (
        <p className="govuk-body">
          Contacts and invitations were deleted {formatDateTime(collection.severedAt)}: there is no progress to show.
        </p>
      ) : (
        <>
          <Updating at={progress.at} isLive={collection.takesAnswers} />
          {isAdmin ? <PushTable progress={progress} takesAnswers={collection.takesAnswers} /> : null}
          <ProgressTable progress={progress} mode={collection.mode} />
          <ProgressDays progress={progress} mode={collection.mode} />
          <ProgressRates progress={progress} mode={collection.mode} />
          <ul className="govuk-list">
            <li>
              <a className="govuk-link" href={`${file}&of=groups`} download>
                Download the counts (CSV)
              </a>
            </li>
            <li>
              <a className="govuk-link" href={`${file}&of=days`} download>
                Download the counts by day (CSV)
              </a>
            </li>
          </ul>
        </>
      )}
    </>
  )
}

const everyHalfMinute = 30_000

/** When the figures are of; while answers are taken they are read again, until somebody stops that. */
function Updating({ at, isLive }: { at: string; isLive: boolean }) {
  const [on, setOn] = useState(true)
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!on || !isLive) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate()
    }, everyHalfMinute)
    return () => clearInterval(timer)
  }, [on, isLive, revalidate])
  return (
    <p className="govuk-body">
      As of {formatDateTime(at)}.{' '}
      {isLive ? (
        <>
          {on ? 'The page brings itself up to date every half minute. ' : ''}
          <button type="button" className="app-link-button" onClick={() => setOn(!on)}>
            {on ? 'Stop updating' : 'Keep up to date'}
          </button>
        </>
      ) : null}
    </p>
  )
}

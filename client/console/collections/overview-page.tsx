import { Link, useLoaderData } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import { modeOf } from '../../../surveys/modes.ts'
import { Notice } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { TaskList } from '../../components/task-list.tsx'
import { formatDate, formatDateTime, formatNumber } from '../../components/format.ts'
import { taskGroups } from './collection-tasks.tsx'
import type { loadOverview } from './load.ts'
import { Paused } from './page-top.tsx'
import { ProgressTable } from '../progress/progress-table.tsx'
import { StatusTag } from './status-tag.tsx'

/** One collection: where it stands, what can be done next, how far it has come. */
export function CollectionPage() {
  const { collection, progress, snapshots } = useLoaderData<typeof loadOverview>()
  return (
    <>
      <Link className="govuk-back-link" to="/console/collections">
        Collections
      </Link>
      <PageHeading caption={`${collection.questionSetTitle}, version ${collection.version}`}>
        {collection.name}
      </PageHeading>
      <Notice text={collection.notice} />
      <Paused collection={collection} />
      <Standing collection={collection} />
      {taskGroups(collection, progress, snapshots).map(({ title, tasks }) => (
        <section key={title}>
          <h2 className="govuk-heading-m">{title}</h2>
          <TaskList tasks={tasks} />
        </section>
      ))}
      {collection.status === 'draft' ? null : <ProgressTable progress={progress} mode={collection.mode} />}
      <About collection={collection} />
    </>
  )
}

function Standing({ collection: { status, opensAt, closesAt, takesAnswers } }: { collection: CollectionView }) {
  return (
    <p className="govuk-body">
      <StatusTag status={status} />{' '}
      {status === 'open' && takesAnswers
        ? `Answers are taken until the end of ${formatDate(closesAt)}.`
        : status === 'draft'
          ? `Answers will be taken from ${formatDate(opensAt)} to the end of ${formatDate(closesAt)}.`
          : status === 'open'
            ? `Answers are not taken now, only from ${formatDate(opensAt)} to the end of ${formatDate(closesAt)}.`
            : 'No more answers are taken.'}
    </p>
  )
}

function About({ collection }: { collection: CollectionView }) {
  const { frame, systems } = collection
  return (
    <>
      <h2 className="govuk-heading-m">About this collection</h2>
      <SummaryList
        rows={[
          [
            'Question set',
            <>
              {collection.questionSetTitle}, version {collection.version}
              {collection.status === 'draft' || collection.status === 'open' ? (
                <>
                  {'. '}
                  <Link className="govuk-link" to="version">
                    Use a corrected version
                  </Link>
                </>
              ) : null}
            </>,
          ],
          ['First and last day', `${formatDate(collection.opensAt)} to ${formatDate(collection.closesAt)}`],
          ['Asked by', modeOf(collection).words.links],
          ['Systems', systems.map(({ name }) => name).join(', ')],
          ['Smallest base shown', formatNumber(collection.k)],
          [
            'Register',
            frame?.registerFile
              ? `${frame.registerFile}${frame.registerDate ? `, of ${formatDate(frame.registerDate)}` : ', date not known'}`
              : undefined,
          ],
          [
            'Contacts are kept until',
            collection.severedAt
              ? `Deleted ${formatDateTime(collection.severedAt)}`
              : formatDate(collection.retainUntil),
          ],
          ['Identifier, for the command line', <code className="app-identifier">{collection.id}</code>],
        ]}
      />
    </>
  )
}

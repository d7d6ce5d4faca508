import { Link, useLoaderData } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Snapshot } from '../../../server/results/schema.ts'
import { Notice, Tag } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { TaskList, type Task } from '../../components/task-list.tsx'
import { formatDate, formatDateTime, formatNumber, plural } from '../format.ts'
import type { loadOverview } from './load.ts'
import { ProgressTable } from './progress-table.tsx'
import { StatusTag } from './status-tag.tsx'

/** One collection: where it stands, and what can be done next. */
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
      <TaskList tasks={tasksOf(collection, snapshots)} />
      <About collection={collection} />
      {collection.status === 'draft' ? null : <ProgressTable progress={progress} mode={collection.mode} />}
    </>
  )
}

const done = 'Done'
const notYet = 'Cannot start yet'
const toDo = <Tag colour="blue">To do</Tag>

function tasksOf(collection: CollectionView, snapshots: readonly Snapshot[]): Task[] {
  const started = collection.status !== 'draft'
  return [
    ...frameTask(collection),
    openTask(collection),
    { name: 'Read or change the words of messages', to: 'messages', status: 'See the messages' },
    collection.mode === 'personal'
      ? {
          name: 'Send invitations',
          to: started ? 'invitations' : undefined,
          status: started ? 'See who gets one' : notYet,
        }
      : { name: 'Pass on the links', to: started ? 'links' : undefined, status: started ? 'See the links' : notYet },
    ...coordinatorTask(collection),
    { name: 'Follow progress', to: started ? 'progress' : undefined, status: started ? 'See the counts' : notYet },
    ...(collection.mode === 'personal'
      ? [
          { name: 'Schedule of reminders', to: 'schedule', status: 'See the calendar' },
          {
            name: 'Correct addresses that do not work',
            to: started ? 'undelivered' : undefined,
            status: started ? 'See the worklist' : notYet,
          },
        ]
      : []),
    closeTask(collection),
    ...resultTasks(collection, snapshots),
  ]
}

function coordinatorTask({ mode }: CollectionView): Task[] {
  return mode === 'cascade'
    ? [
        { name: 'Write to coordinators, see participation', to: 'coordinators', status: 'See the coordinators' },
        { name: 'Look at unusual answers', to: 'flags', status: 'See the flags' },
      ]
    : []
}

function frameTask({ status, frame }: CollectionView): Task[] {
  if (!frame) return []
  const hint =
    frame.services > 0
      ? `${plural(frame.services, 'service')}, ${formatNumber(frame.withContact)} with a contact`
      : undefined
  return [
    {
      name: 'Draw the frame from the register',
      to: status === 'draft' ? 'frame' : undefined,
      hint,
      status: frame.services > 0 ? done : toDo,
    },
  ]
}

function openTask({ status, frame, openedAt }: CollectionView): Task {
  const name = 'Open the collection'
  if (openedAt) return { name, hint: `Opened ${formatDateTime(openedAt)}`, status: done }
  const ready = status === 'draft' && (frame === null || frame.services > 0)
  return ready ? { name, to: 'open', status: toDo } : { name, status: notYet }
}

function closeTask({ status, closedAt }: CollectionView): Task {
  const name = 'Close the collection'
  if (closedAt) return { name, hint: `Closed ${formatDateTime(closedAt)}`, status: done }
  return status === 'open' ? { name, to: 'close', status: toDo } : { name, status: notYet }
}

function resultTasks({ id, status }: CollectionView, snapshots: readonly Snapshot[]): Task[] {
  const released = snapshots.some(({ releasedAt }) => releasedAt)
  const hint = snapshots.length > 0 ? plural(snapshots.length, 'snapshot') : undefined
  return [
    {
      name: 'Take and release results',
      to: status === 'draft' ? undefined : 'snapshots',
      hint,
      status: status === 'draft' ? notYet : released ? done : toDo,
    },
    released
      ? { name: 'Read the results', to: `/console/results/${id}`, status: 'Released' }
      : { name: 'Read the results', status: notYet },
  ]
}

function About({ collection }: { collection: CollectionView }) {
  const { frame, systems } = collection
  return (
    <>
      <h2 className="govuk-heading-m">About this collection</h2>
      <SummaryList
        rows={[
          ['Status', <StatusTag status={collection.status} />],
          [
            'Answers are taken',
            `From ${formatDate(collection.opensAt)} to the end of ${formatDate(collection.closesAt)}${collection.status === 'open' && !collection.takesAnswers ? ' (not at this moment)' : ''}`,
          ],
          [
            'Asked by',
            collection.mode === 'personal'
              ? 'Personal links, one for each service'
              : 'Links that organisations pass on',
          ],
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
          ['Identifier', <code className="app-identifier">{collection.id}</code>],
        ]}
      />
    </>
  )
}

import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Progress } from '../../../server/progress/schema.ts'
import type { Snapshot } from '../../../server/results/schema.ts'
import { Tag } from '../../components/messages.tsx'
import type { Task } from '../../components/task-list.tsx'
import { formatDateTime, formatNumber, plural } from '../../components/format.ts'

interface TaskGroup {
  title: string
  tasks: Task[]
}

const done = 'Done'
const notYet = 'Cannot start yet'
const toDo = <Tag colour="blue">To do</Tag>

/** What an admin does with a collection, in the order in which it is done. */
export function taskGroups(
  collection: CollectionView,
  progress: Progress,
  snapshots: readonly Snapshot[],
): readonly TaskGroup[] {
  const sending = collection.mode === 'personal' ? personalTasks(collection, progress) : cascadeTasks(collection)
  return [
    {
      title: 'Prepare',
      tasks: [
        ...frameTask(collection),
        { name: 'Read or change the words of messages', to: 'messages' },
        openTask(collection),
      ],
    },
    { title: collection.mode === 'personal' ? 'Invite and remind' : 'Pass the survey on', tasks: sending },
    { title: 'Close and release', tasks: [closeTask(collection), ...resultTasks(collection, snapshots)] },
  ]
}

function personalTasks({ status }: CollectionView, { cells }: Progress): Task[] {
  const started = status !== 'draft'
  const { services, handedOver, bounced } = cells[0] ?? {}
  const sent =
    services && handedOver ? `${formatNumber(handedOver)} of ${plural(services, 'service')} were sent one` : undefined
  const broken = bounced && status === 'open' ? <Tag colour="red">{formatNumber(bounced)} to correct</Tag> : undefined
  const wait = started ? undefined : notYet
  const open = (to: string) => (started ? to : undefined)
  return [
    { name: 'Send invitations', to: open('invitations'), hint: sent, status: wait ?? (sent ? undefined : toDo) },
    { name: 'Schedule of reminders', to: 'schedule' },
    { name: 'Correct addresses, read what came back', to: open('undelivered'), status: wait ?? broken },
    { name: 'Follow progress', to: open('progress'), status: wait },
  ]
}

function cascadeTasks({ status }: CollectionView): Task[] {
  const started = status !== 'draft'
  const wait = started ? undefined : notYet
  return [
    { name: 'Write to coordinators, see participation', to: 'coordinators' },
    { name: 'Pass on the links', to: started ? 'links' : undefined, status: wait },
    { name: 'Follow progress', to: started ? 'progress' : undefined, status: wait },
    { name: 'Pause sending or close later', to: started ? 'schedule' : undefined, status: wait },
    { name: 'Look at unusual answers', to: started ? 'flags' : undefined, status: wait },
  ]
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

/** To do once the last day has passed; before it, something that can be done. */
function closeTask({ status, closedAt, closesAt }: CollectionView): Task {
  const name = 'Close the collection'
  if (closedAt) return { name, hint: `Closed ${formatDateTime(closedAt)}`, status: done }
  if (status !== 'open') return { name, status: notYet }
  return { name, to: 'close', status: closesAt < new Date().toISOString() ? toDo : undefined }
}

function resultTasks({ id, status }: CollectionView, snapshots: readonly Snapshot[]): Task[] {
  const released = snapshots.some(({ releasedAt }) => releasedAt)
  const name = 'Take and release results'
  const hint = snapshots.length > 0 ? plural(snapshots.length, 'snapshot') : undefined
  const due = status === 'open' ? undefined : toDo
  return [
    status === 'draft' ? { name, status: notYet } : { name, to: 'snapshots', hint, status: released ? done : due },
    released
      ? { name: 'Read the results', to: `/console/results/${id}` }
      : { name: 'Read the results', status: notYet },
  ]
}

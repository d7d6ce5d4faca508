import { useState } from 'react'
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { daySchema } from '../../../server/collections/schema.ts'
import type { Schedule } from '../../../server/invitations/schema/schedule.ts'
import { modeOf } from '../../../surveys/modes.ts'
import { Button } from '../../components/button.tsx'
import { DateInput, dayOf } from '../../components/date-input.tsx'
import { Tag, WarningText } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { dayInWords } from '../days.ts'
import { formatDate, formatDateTime, formatNumber, plural } from '../../components/format.ts'
import { onSubmit, useSend } from '../use-send.ts'
import { DryRuns, type MailingPlan } from './dry-run.tsx'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { kindsToTry, mailingNames } from './mailing-names.ts'
import { ScheduleForm } from './schedule-form.tsx'
import { PageTop } from '../collections/page-top.tsx'

type Mailing = Schedule['mailings'][number]

export async function loadSchedule(args: LoaderFunctionArgs) {
  const [collection, schedule] = await Promise.all([
    loadCollection(args),
    get<Schedule>(`${collectionAddress(args.params.id)}/schedule`),
  ])
  return { collection, schedule }
}

/** When invitations and reminders leave, and what can be done about it: the plan, a dry run, a pause, a later close. */
export function SchedulePage() {
  const { collection, schedule } = useLoaderData<typeof loadSchedule>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [done, setDone] = useState('')
  const [plan, setPlan] = useState<MailingPlan>()
  const address = collectionAddress(collection.id)
  const { invites } = modeOf(collection)
  const asks = collection.status === 'draft' || collection.status === 'open'
  // A thank-you and a note on results leave after the close too.
  const running = asks || (invites && collection.severedAt === null)

  async function act(words: string, change: () => Promise<unknown>, fieldOf?: (place: string) => string | undefined) {
    setDone('')
    setPlan(undefined)
    if (await send(change, fieldOf)) setDone(words)
  }
  const pause = () =>
    act('Sending is paused. Nothing leaves until you resume it.', () => post(`${address}/schedule/pause`))
  const resume = () => act('Sending is resumed.', () => post(`${address}/schedule/resume`))
  async function dryRun(kind: MailingPlan['kind']) {
    setDone('')
    setPlan(await send(() => get<MailingPlan>(`${address}/schedule/recipients?kind=${kind}`)))
  }
  async function extend(fields: FormData) {
    const closes = dayOf(fields, 'closes')
    if (!closes) return setProblems([{ field: 'closes', message: 'Enter the new last day' }])
    if (!daySchema.safeParse(closes).success)
      return setProblems([{ field: 'closes', message: 'The new last day must be a real day, such as 27 3 2027' }])
    if (closes <= schedule.closes)
      return setProblems([
        { field: 'closes', message: `The new last day must be after ${dayInWords(schedule.closes)}` },
      ])
    await act(
      `Answers are now taken until the end of ${formatDate(closes)}.`,
      () => post(`${address}/extend`, { closes }),
      () => 'closes',
    )
  }

  return (
    <>
      <PageTop collection={collection} title="Schedule" problems={problems} done={done} />
      {schedule.aheadOfClock ? (
        <WarningText>
          The server’s clock seems to have been put back: a message of this collection is of{' '}
          {formatDateTime(schedule.aheadOfClock)}, which has not come yet. Messages that wait may wait until then.
          Nobody gets one twice.
        </WarningText>
      ) : null}
      {collection.status === 'open' ? <TooLate schedule={schedule} /> : null}
      {asks ? null : (
        <p className="govuk-body">
          The collection has closed: {running ? 'no more invitations and reminders are sent.' : 'nothing more is sent.'}
        </p>
      )}
      {invites ? <Plan {...{ schedule, asks, running }} /> : null}
      <DryRuns
        {...{ address, busy, plan }}
        kinds={kindsToTry(collection, schedule)}
        onAsk={(kind) => void dryRun(kind)}
      />
      {running ? <Sending {...{ schedule, busy }} onPause={() => void pause()} onResume={() => void resume()} /> : null}
      {running && invites ? (
        <ScheduleForm
          key={schedule.revision + shownIn(schedule)}
          {...{ schedule, asks, address, busy, setProblems, problemOf }}
          onSave={(change) => act('The schedule is saved.', change, (place) => place)}
        />
      ) : null}
      {collection.status === 'open' ? (
        <form noValidate onSubmit={onSubmit(extend)}>
          <h2 className="govuk-heading-m">Close later</h2>
          <DateInput
            id="closes"
            label="New last day"
            hint={`Now it is ${formatDate(collection.closesAt)}.${invites ? ' A reminder three days before the close moves with it.' : ''}`}
            error={problemOf('closes')}
          />
          <Button type="submit" busy={busy}>
            Extend the collection
          </Button>
        </form>
      ) : null}
    </>
  )
}

/** What the form of the schedule shows. Where it has changed, as when a later close moved a reminder, the form begins anew: saved as it stood, it would put the plan before back. */
const shownIn = ({ window, ratePerMinute, planned, mailings }: Schedule): string =>
  JSON.stringify([window, ratePerMinute, planned, mailings.map(({ kind, dueOn, queuedAt }) => [kind, dueOn, queuedAt])])

interface SendingProps {
  schedule: Schedule
  busy: boolean
  onPause: () => void
  onResume: () => void
}

function Sending({ schedule: { pausedAt }, busy, onPause, onResume }: SendingProps) {
  return (
    <>
      <h2 className="govuk-heading-m">{pausedAt ? 'Resume sending' : 'Pause sending'}</h2>
      <p className="govuk-body">
        {pausedAt
          ? 'What waits leaves once you resume.'
          : 'While sending is paused every message of this collection waits. You can resume at any time.'}
      </p>
      {pausedAt ? (
        <Button busy={busy} onClick={onResume}>
          Resume sending
        </Button>
      ) : (
        <Button kind="secondary" busy={busy} onClick={onPause}>
          Pause sending
        </Button>
      )}
    </>
  )
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const listed = new Intl.ListFormat('en-GB')

function About({ schedule: { window, windowSet, ratePerMinute, planned, mailings } }: { schedule: Schedule }) {
  const days = listed.format(window.days.map((day) => weekdays[day - 1]!))
  return (
    <>
      <p className="govuk-body">
        Messages leave on {days}, from {window.from} to {window.until} UK time
        {ratePerMinute === null ? '' : `, ${formatNumber(ratePerMinute)} a minute at most`}.{' '}
        {windowSet ? '' : 'Invitations that you send by hand leave at once until you save a schedule.'}
      </p>
      <p className="govuk-body">
        No reminder goes to a service that has answered, declined or asked for no more messages, or whose address does
        not work.
      </p>
      {planned || mailings.length === 0 ? null : (
        <p className="govuk-inset-text">This is the standard plan. It begins with the first invitations.</p>
      )}
    </>
  )
}

function Plan({ schedule, asks, running }: { schedule: Schedule; asks: boolean; running: boolean }) {
  const canLeave = ({ kind }: Mailing) => (kind === 'invitation' || kind === 'reminder' ? asks : running)
  return (
    <>
      {asks ? <About schedule={schedule} /> : null}
      <Calendar mailings={schedule.mailings.filter((mailing) => canLeave(mailing) || mailing.queuedAt !== null)} />
    </>
  )
}

/** What waits already and cannot all leave before the close. */
function TooLate({ schedule: { last, outbox } }: { schedule: Schedule }) {
  if (last === null || last.inTime) return null
  return (
    <WarningText>
      {plural(outbox.queued, 'message waits', 'messages wait')}, and the last would leave about{' '}
      {formatDateTime(last.leavesAt)}. That is after the close: what asks for answers is not sent then. Widen the hours,
      allow more messages a minute, or close later.
    </WarningText>
  )
}

/** What has left keeps the moment at which it was put into the outbox, whatever window holds now. */
function Leaves({ id, kind, queuedAt, startsAt, messages }: Mailing) {
  // Of the standard plan, which nobody saved.
  if (id === null && kind === 'invitation') return 'When you send them'
  if (queuedAt && messages.queued + messages.sending === 0)
    return (
      <>
        <Tag colour="green">Done</Tag> Queued {formatDateTime(queuedAt)}
      </>
    )
  const from = formatDateTime(queuedAt && queuedAt > startsAt ? queuedAt : startsAt)
  return `From ${from}${kind === 'results_released' && !queuedAt ? ', once results are released' : ''}`
}

function Calendar({ mailings }: Pick<Schedule, 'mailings'>) {
  return (
    <Table
      caption="Calendar"
      empty="There are no mailings."
      rows={mailings}
      rowKey={({ kind, dueOn }) => `${kind} ${dueOn}`}
      columns={[
        { head: 'Day', cell: ({ dueOn }) => dayInWords(dueOn) },
        { head: 'Mailing', cell: ({ kind }) => mailingNames[kind][0] },
        {
          head: 'Leaves',
          cell: Leaves,
        },
        {
          head: 'Waiting',
          numeric: true,
          cell: ({ messages }) => formatNumber(messages.queued + messages.sending),
        },
        { head: 'Sent', numeric: true, cell: ({ messages }) => formatNumber(messages.sent) },
        { head: 'Failed', numeric: true, cell: ({ messages }) => formatNumber(messages.failed) },
        { head: 'Cancelled', numeric: true, cell: ({ messages }) => formatNumber(messages.cancelled) },
      ]}
    />
  )
}

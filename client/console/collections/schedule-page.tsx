import { useState } from 'react'
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { mailingPlanSchema, Schedule } from '../../../server/distribution/schema/schedule.ts'
import { Button } from '../../components/button.tsx'
import { DateInput, dayOf } from '../../components/date-input.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Notice, SuccessBanner, Tag, WarningText } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { formatDate, formatDateTime, formatNumber, plural } from '../format.ts'
import { onSubmit, useSend } from '../use-send.ts'
import { collectionAddress, loadCollection } from './load.ts'
import { ScheduleForm } from './schedule-form.tsx'

type MailingPlan = z.infer<typeof mailingPlanSchema>

const mailingNames: Record<MailingPlan['kind'], [string, string]> = {
  invitation: ['Invitation', 'an invitation'],
  reminder: ['Reminder', 'a reminder'],
  thank_you: ['Thank-you', 'a thank-you'],
  results_released: ['Note on results', 'the note on results'],
}

/** What a dry run can be made of: what asks while the collection is open; a thank-you and a note on results where they are planned. */
function kindsToTry({ mode, status }: CollectionView, { mailings }: Schedule): MailingPlan['kind'][] {
  if (mode === 'cascade' || status === 'draft') return []
  const planned = (['thank_you', 'results_released'] as const).filter((wanted) =>
    mailings.some(({ kind, queuedAt }) => kind === wanted && queuedAt === null),
  )
  return status === 'open' ? ['invitation', 'reminder', ...planned] : planned
}

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
  const asks = collection.status === 'draft' || collection.status === 'open'
  const dryRuns = kindsToTry(collection, schedule)

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
    await act(
      `Answers are now taken until the end of ${formatDate(closes)}.`,
      () => post(`${address}/extend`, { closes }),
      () => 'closes',
    )
  }

  return (
    <>
      <Link className="govuk-back-link" to={`/console/collections/${collection.id}`}>
        {collection.name}
      </Link>
      <ErrorSummary problems={problems} />
      {done ? (
        <SuccessBanner key={done}>
          <p className="govuk-notification-banner__heading">{done}</p>
        </SuccessBanner>
      ) : null}
      <PageHeading caption={collection.name} failed={problems.length > 0}>
        Schedule
      </PageHeading>
      <Notice text={collection.notice} />
      {schedule.pausedAt ? (
        <WarningText>Sending has been paused since {formatDateTime(schedule.pausedAt)}. Nothing leaves.</WarningText>
      ) : null}
      <About schedule={schedule} />
      <Calendar schedule={schedule} />
      {collection.severedAt === null ? (
        <>
          <div className="govuk-button-group">
            {dryRuns.map((kind) => (
              <Button key={kind} kind="secondary" busy={busy} onClick={() => void dryRun(kind)}>
                Who would get {mailingNames[kind][1]} now
              </Button>
            ))}
            {schedule.pausedAt ? (
              <Button busy={busy} onClick={() => void resume()}>
                Resume sending
              </Button>
            ) : (
              <Button kind="warning" busy={busy} onClick={() => void pause()}>
                Pause sending
              </Button>
            )}
          </div>
          <p className="govuk-body" role="status">
            {busy ? 'Working' : ''}
          </p>
          {plan ? <DryRun plan={plan} /> : null}
          {collection.mode === 'personal' ? (
            <ScheduleForm
              {...{ schedule, asks, address, busy, setProblems, problemOf }}
              onSave={(change) => act('The schedule is saved.', change)}
            />
          ) : null}
        </>
      ) : (
        <p className="govuk-body">Contact details were deleted: nothing more is sent.</p>
      )}
      {collection.status === 'open' ? (
        <form noValidate onSubmit={onSubmit(extend)}>
          <h2 className="govuk-heading-m">Close later</h2>
          <DateInput
            id="closes"
            label="New last day"
            hint={`Answers are taken until the end of ${formatDate(collection.closesAt)} now. The reminder three days before the close moves with it.`}
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

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function About({ schedule: { window, windowSet, ratePerMinute, planned, mailings } }: { schedule: Schedule }) {
  const days = window.days.map((day) => weekdays[day - 1]).join(', ')
  return (
    <>
      <p className="govuk-body">
        Messages of this plan leave on {days}, from {window.from} to {window.until} in UK time,{' '}
        {ratePerMinute === null
          ? 'as fast as the mail server takes them'
          : `${formatNumber(ratePerMinute)} a minute at most`}
        . {windowSet ? '' : 'Invitations that you send by hand leave at once until you save a schedule.'}
      </p>
      <p className="govuk-body">
        Reminders go only to services that have not answered, declined, asked for no more messages, or bounced.
      </p>
      {planned || mailings.length === 0 ? null : (
        <p className="govuk-inset-text">This is the default plan. It begins with the first invitations.</p>
      )}
    </>
  )
}

function Calendar({ schedule: { mailings } }: { schedule: Schedule }) {
  return (
    <Table
      caption="Calendar"
      empty="There is no plan: a cascade has links that organisations pass on."
      rows={mailings}
      rowKey={({ kind, dueOn }) => `${kind} ${dueOn}`}
      columns={[
        { head: 'Day', cell: ({ dueOn }) => formatDate(`${dueOn}T12:00:00Z`) },
        { head: 'Mailing', cell: ({ kind }) => mailingNames[kind][0] },
        {
          head: 'Leaves',
          cell: ({ kind, queuedAt, startsAt }) =>
            queuedAt ? (
              <>
                <Tag colour="green">Queued</Tag> {formatDateTime(queuedAt)}
              </>
            ) : (
              <>
                From {formatDateTime(startsAt)}
                {kind === 'results_released' ? ', once results are released' : ''}
              </>
            ),
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

// More rows than anybody reads make the page slow: the whole list is in the command line and the API.
const mostRows = 500

function DryRun({ plan: { kind, queued, leftOut } }: { plan: MailingPlan }) {
  const [, name] = mailingNames[kind]
  return (
    <>
      <h2 className="govuk-heading-m">Dry run</h2>
      <p className="govuk-body">
        If it were sent now, {plural(queued.length, 'service')} would get {name}, and {formatNumber(leftOut.length)}{' '}
        would not. Nothing was sent.
        {queued.length > mostRows || leftOut.length > mostRows ? ` The first ${mostRows} of each are listed.` : ''}
      </p>
      <Table
        caption={`Would get ${name}`}
        empty="Nobody."
        rows={queued.slice(0, mostRows)}
        rowKey={({ locationId }) => locationId}
        columns={[
          { head: 'Service', cell: ({ service }) => service },
          { head: 'To', cell: ({ recipient }) => recipient },
          { head: 'Leaves', cell: ({ dueAt }) => formatDateTime(dueAt) },
        ]}
      />
      <Table
        caption="Would get none"
        empty="Every service gets one."
        rows={leftOut.slice(0, mostRows)}
        rowKey={({ locationId }) => locationId}
        columns={[
          { head: 'Service', cell: ({ service }) => service },
          { head: 'Why', cell: ({ reason }) => reason },
        ]}
      />
    </>
  )
}

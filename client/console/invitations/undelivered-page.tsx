import { useState } from 'react'
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { retriedSchema, Undelivered } from '../../../server/invitations/schema/delivery.ts'
import { Button } from '../../components/button.tsx'
import { Tag } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { formatDateTime, plural } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { VerdictTag } from './delivery-reports-page.tsx'
import { PageTop } from '../collections/page-top.tsx'

export async function loadUndelivered(args: LoaderFunctionArgs) {
  const [collection, undelivered] = await Promise.all([
    loadCollection(args),
    get<Undelivered>(`${collectionAddress(args.params.id)}/undelivered`),
  ])
  return { collection, ...undelivered }
}

const reasons: Record<NonNullable<Undelivered['services'][number]['event']>, string> = {
  bounced_hard: 'Came back: the address does not exist',
  bounced_soft: 'Came back three times',
  failed: 'The mail server refused the address',
}

/** The worklist: whom to ring for an address that works. */
export function UndeliveredPage() {
  const { collection, services, reports } = useLoaderData<typeof loadUndelivered>()
  const { send, busy, problems } = useSend()
  const [retried, setRetried] = useState<number>()

  async function retry() {
    setRetried(undefined)
    const done = await send(() =>
      post<z.infer<typeof retriedSchema>>(`${collectionAddress(collection.id)}/undelivered/retry`),
    )
    if (done) setRetried(done.queued)
  }

  return (
    <>
      <PageTop
        collection={collection}
        title="Addresses that do not work"
        problems={problems}
        done={
          retried === undefined
            ? undefined
            : `${plural(retried, 'message')} will be tried once more, as the schedule allows.`
        }
      />
      <p className="govuk-body">
        Invitations, reminders and thanks no longer go to these addresses.{' '}
        {collection.status === 'open'
          ? 'Ring the service and correct the address: its link is then sent again.'
          : 'The collection is not open, and no link is sent again.'}
      </p>
      <p className="govuk-body">
        The list comes from what mail servers report back.{' '}
        <Link className="govuk-link" to="/console/delivery-reports">
          Read the delivery reports, or hand one in
        </Link>
        .
      </p>
      <Table
        caption="Services to ring"
        empty="Every address that was used so far works, as far as is known."
        rows={services}
        rowKey={({ invitationId }) => invitationId}
        columns={[
          { head: 'Service', cell: ({ service }) => service },
          {
            head: 'Telephone',
            cell: ({ telephone }) => <span className="app-nowrap">{telephone ?? 'Not known'}</span>,
          },
          { head: 'Address', cell: ({ contactEmail }) => <span className="app-identifier">{contactEmail}</span> },
          { head: 'Why', cell: ({ event }) => (event ? reasons[event] : 'Its address does not work') },
          { head: 'When', cell: ({ at }) => (at ? formatDateTime(at) : '') },
          {
            head: 'Action',
            cell: ({ invitationId, service }) => (
              <Link className="govuk-link" to={`/console/collections/${collection.id}/invitations/${invitationId}`}>
                {collection.status === 'open' ? 'Correct' : 'See'}
                <span className="govuk-visually-hidden"> the address of {service}</span>
              </Link>
            ),
          },
        ]}
      />
      {reports.length > 0 ? <ReportsToRead {...{ collection, reports, busy }} onRetry={() => void retry()} /> : null}
    </>
  )
}

/** What was not delivered and does not say for certain that an address is dead. */
function ReportsToRead({
  collection,
  reports,
  busy,
  onRetry,
}: Pick<Awaited<ReturnType<typeof loadUndelivered>>, 'collection' | 'reports'> & {
  busy: boolean
  onRetry: () => void
}) {
  const failed = reports.filter(({ verdict }) => verdict === 'failed').length
  return (
    <>
      <h2 className="govuk-heading-m">Reports to read</h2>
      <p className="govuk-body">
        These messages were not taken by the mail server, came back turned away by a rule, or with words that are not
        understood. The address may well work. If the words say otherwise, ring the service and correct the address.
      </p>
      {failed > 0 && collection.status === 'open' ? (
        <>
          <p className="govuk-body">
            {plural(failed, 'message was', 'messages were')} not taken by the mail server. Once the cause is put right,
            they can be sent.
          </p>
          <Button kind="secondary" busy={busy} onClick={onRetry}>
            Send {plural(failed, 'message')} once more
          </Button>
        </>
      ) : null}
      <Table
        caption="Reports to read, newest first"
        hideCaption
        rows={reports}
        rowKey={({ invitationId, verdict }) => `${invitationId} ${verdict}`}
        columns={[
          {
            head: 'Service',
            cell: ({ invitationId, service }) => (
              <Link className="govuk-link" to={`/console/collections/${collection.id}/invitations/${invitationId}`}>
                {service}
              </Link>
            ),
          },
          {
            head: 'Telephone',
            cell: ({ telephone }) => <span className="app-nowrap">{telephone ?? 'Not known'}</span>,
          },
          { head: 'Address', cell: ({ contactEmail }) => <span className="app-identifier">{contactEmail}</span> },
          {
            head: 'What it says',
            cell: ({ verdict }) =>
              verdict === 'failed' ? <Tag colour="red">Not taken</Tag> : <VerdictTag verdict={verdict} />,
          },
          {
            head: 'In the words of the mail server',
            cell: ({ status, diagnostic }) => (
              <span className="app-identifier">{diagnostic ?? status ?? 'None that can be shown'}</span>
            ),
          },
          { head: 'When', cell: ({ receivedAt }) => formatDateTime(receivedAt) },
        ]}
      />
    </>
  )
}

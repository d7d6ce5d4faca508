import { useState } from 'react'
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { CollectionView, invitationPlanSchema, messagesSchema } from '../../../server/collections/schema.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Notice, SuccessBanner, Tag, type TagColour } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { formatDateTime, plural } from '../format.ts'
import { useSend } from '../use-send.ts'
import { LeftOut } from './left-out.tsx'
import { collectionAddress, loadCollection } from './load.ts'

type InvitationPlan = z.infer<typeof invitationPlanSchema>
type Messages = z.infer<typeof messagesSchema>

export async function loadInvitations(args: LoaderFunctionArgs) {
  const address = collectionAddress(args.params.id)
  const collection = await loadCollection(args)
  const [{ messages }, plan] = await Promise.all([
    get<Messages>(`${address}/messages`),
    collection.status === 'open' ? post<InvitationPlan>(`${address}/invitations`, { dryRun: true }) : undefined,
  ])
  return { collection, messages, plan }
}

/** Who would get an invitation now, who would not and why, and where each message stands. */
export function InvitationsPage() {
  const { collection, messages, plan } = useLoaderData<typeof loadInvitations>()
  const { send, busy, problems } = useSend()
  const [sent, setSent] = useState<number>()

  async function sendInvitations() {
    setSent(undefined)
    const done = await send(() =>
      post<InvitationPlan>(`${collectionAddress(collection.id)}/invitations`, { dryRun: false }),
    )
    if (done) setSent(done.queued.length)
  }

  return (
    <>
      <Link className="govuk-back-link" to={`/console/collections/${collection.id}`}>
        {collection.name}
      </Link>
      <ErrorSummary problems={problems} />
      {sent === undefined ? null : (
        <SuccessBanner>
          <p className="govuk-notification-banner__heading">
            {plural(sent, 'invitation')} will leave, one after another. Reload this page to see where each stands.
          </p>
        </SuccessBanner>
      )}
      <PageHeading caption={collection.name} failed={problems.length > 0}>
        Invitations
      </PageHeading>
      <Notice text={collection.notice} />
      {plan ? (
        <PlannedInvitations {...{ plan, collection, busy }} onSend={() => void sendInvitations()} />
      ) : (
        <p className="govuk-body">The collection is not open: no invitation can be sent.</p>
      )}
      {messages.length > 0 ? <MessageTable messages={messages} /> : null}
    </>
  )
}

function PlannedInvitations({
  plan,
  collection,
  busy,
  onSend,
}: {
  plan: InvitationPlan
  collection: CollectionView
  busy: boolean
  onSend: () => void
}) {
  return (
    <>
      <p className="govuk-body">
        {plan.queued.length === 0
          ? 'There is nothing to send now.'
          : `If you send now, ${plural(plan.queued.length, 'message')} will leave, one for each service below. Each has its own link, which works until the close.`}
      </p>
      {plan.queued.length > 0 && !collection.takesAnswers ? (
        <p className="govuk-body">Answers are not taken today. Messages wait until the first day.</p>
      ) : null}
      {plan.queued.length > 0 ? (
        <Button busy={busy} onClick={onSend}>
          Send {plural(plan.queued.length, 'invitation')}
        </Button>
      ) : null}
      {plan.queued.length > 0 ? (
        <Table
          caption="Will get an invitation"
          rows={plan.queued}
          rowKey={({ locationId }) => locationId}
          columns={[
            { head: 'Service', cell: ({ service }) => service },
            { head: 'Location ID', cell: ({ locationId }) => <span className="app-nowrap">{locationId}</span> },
            { head: 'To', cell: ({ recipient }) => recipient },
            { head: 'Leaves', cell: ({ dueAt }) => formatDateTime(dueAt) },
          ]}
        />
      ) : null}
      <LeftOut leftOut={plan.leftOut} />
    </>
  )
}

const states: Record<Messages['messages'][number]['status'], [TagColour, string]> = {
  queued: ['grey', 'Waiting'],
  sending: ['blue', 'Being sent'],
  sent: ['green', 'Sent'],
  failed: ['red', 'Failed'],
  cancelled: ['yellow', 'Cancelled'],
}

function MessageTable({ messages }: { messages: Messages['messages'] }) {
  return (
    <Table
      caption="Messages"
      rows={messages}
      rowKey={({ id }) => id}
      columns={[
        {
          head: 'Service',
          cell: ({ service, invitationId }) => (
            <Link className="govuk-link" to={invitationId}>
              {service}
            </Link>
          ),
        },
        { head: 'To', cell: ({ recipient }) => <span className="app-identifier">{recipient}</span> },
        { head: 'State', cell: ({ status }) => <Tag colour={states[status][0]}>{states[status][1]}</Tag> },
        {
          head: 'When',
          cell: ({ sentAt, dueAt }) => <span className="app-moment">{formatDateTime(sentAt ?? dueAt)}</span>,
        },
        { head: 'Attempts', numeric: true, cell: ({ attempts }) => attempts },
        { head: 'Answer of the mail server', cell: ({ detail }) => <span className="app-identifier">{detail}</span> },
      ]}
    />
  )
}

import { useState } from 'react'
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { invitationPlanSchema } from '../../../server/invitations/schema/invitations.ts'
import { Button } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { formatDateTime, plural } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { LastToLeave } from './last-to-leave.tsx'
import { LeftOut } from './left-out.tsx'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { MessageList, type Messages } from './message-list.tsx'
import { PageTop } from '../collections/page-top.tsx'

type InvitationPlan = z.infer<typeof invitationPlanSchema>

export async function loadInvitations(args: LoaderFunctionArgs) {
  const address = collectionAddress(args.params.id)
  const collection = await loadCollection(args)
  const [list, plan] = await Promise.all([
    get<Messages>(`${address}/messages?${messagesQuery(args.request.url)}`),
    collection.status === 'open' ? post<InvitationPlan>(`${address}/invitations`, { dryRun: true }) : undefined,
  ])
  return { collection, list, plan }
}

/** What the page's own address asks for of the messages. */
function messagesQuery(url: string): string {
  const asked = new URL(url).searchParams
  const given = ['page', 'status', 'find'].flatMap((name) => {
    const value = asked.get(name)
    return value ? [[name, value]] : []
  })
  return new URLSearchParams(given).toString()
}

/** Who would get an invitation now, who would not and why, and where each message stands. */
export function InvitationsPage() {
  const { collection, list, plan } = useLoaderData<typeof loadInvitations>()
  const { send, busy, problems } = useSend()
  const [sent, setSent] = useState<InvitationPlan>()

  async function sendInvitations() {
    setSent(undefined)
    const done = await send(() =>
      post<InvitationPlan>(`${collectionAddress(collection.id)}/invitations`, { dryRun: false }),
    )
    if (done) setSent(done)
  }

  return (
    <>
      <PageTop
        collection={collection}
        title="Invitations"
        problems={problems}
        done={sent && doneWords(sent, collection)}
      />
      {plan ? (
        <PlannedInvitations {...{ plan, collection, busy }} onSend={() => void sendInvitations()} />
      ) : (
        <p className="govuk-body">The collection is not open: no invitation can be sent.</p>
      )}
      {list.counts.queued > 0 ? (
        <p className="govuk-body">
          Messages that wait leave as the{' '}
          <Link className="govuk-link" to={`/console/collections/${collection.id}/schedule`}>
            schedule
          </Link>{' '}
          allows.
        </p>
      ) : null}
      <MessageList list={list} />
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
        {plan.counts.queued === 0
          ? 'There is nothing to send now.'
          : `If you send now, ${plural(plan.counts.queued, 'message')} will leave${collection.pausedAt === null ? '' : ' once sending is resumed'}, one for each service. Each has its own link, which works until the close.`}
      </p>
      {plan.counts.queued > 0 && !collection.takesAnswers ? (
        <p className="govuk-body">Answers are not taken today. Messages wait until the first day.</p>
      ) : null}
      <LastToLeave {...plan} />
      {plan.counts.queued > 0 ? (
        <Button busy={busy} onClick={onSend}>
          Send {plural(plan.counts.queued, 'invitation')}
        </Button>
      ) : null}
      {plan.counts.queued > 0 ? (
        <Table
          caption={
            plan.counts.queued > plan.queued.length
              ? `Will get an invitation: the first ${plan.queued.length}`
              : 'Will get an invitation'
          }
          rows={plan.queued}
          rowKey={({ locationId }) => locationId}
          columns={[
            { head: 'Service', cell: ({ service }) => service },
            { head: 'Location ID', cell: ({ locationId }) => <span className="app-nowrap">{locationId}</span> },
            { head: 'To', cell: ({ recipient }) => recipient },
            { head: 'Leaves from', cell: ({ dueAt }) => formatDateTime(dueAt) },
          ]}
        />
      ) : null}
      <LeftOut {...plan} file={`${collectionAddress(collection.id)}/schedule/recipients?kind=invitation&format=csv`} />
    </>
  )
}

const doneWords = ({ counts, queued: [first] }: InvitationPlan, { pausedAt }: CollectionView): string =>
  `${plural(counts.queued, 'invitation')} will leave${pausedAt === null ? (first ? ` from ${formatDateTime(first.dueAt)}` : '') : ' once sending is resumed'}, one after another. Reload this page to see where each stands.`

import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { History } from '../../../server/invitations/schema/delivery.ts'
import { Button } from '../../components/button.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { formatDateTime } from '../../components/format.ts'
import { dispositionWords, wordsOf } from './history-words.ts'
import { ContactForm, DispositionForm } from './invitation-forms.tsx'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { useInvitation, type Outcome } from './use-invitation.ts'
import { PageTop } from '../collections/page-top.tsx'

export async function loadInvitation(args: LoaderFunctionArgs) {
  const address = `${collectionAddress(args.params.id)}/invitations/${args.params.invitation ?? ''}`
  const [collection, { service, history }, outcome] = await Promise.all([
    loadCollection(args),
    get<History>(`${address}/history`),
    get<Outcome>(`${address}/disposition`),
  ])
  return { collection, address, service, history, outcome }
}

/** One invitation: what happened to it, the contact, and what became of it. */
export function InvitationPage() {
  const { collection, address, service, history, outcome } = useLoaderData<typeof loadInvitation>()
  const { busy, problems, problemOf, done, correct, setByHand, sendAgain } = useInvitation(address, collection)
  return (
    <>
      <PageTop collection={collection} title={service.name} problems={problems} done={done} />
      <SummaryList
        rows={[
          ['Location ID', <span className="app-nowrap">{service.locationId}</span>],
          ['Telephone', service.telephone ?? 'Not known'],
          ['Contact', [service.contactName, service.contactEmail].filter(Boolean).join(', ') || 'Not known'],
          ['Outcome', dispositionWords[outcome.disposition]],
          ['Set by hand', outcome.set ? `${dispositionWords[outcome.set]}: ${outcome.reason}` : undefined],
        ]}
      />
      {collection.status === 'open' ? (
        <>
          <p className="govuk-body">
            The link can be sent again, once more to {service.contactEmail ?? 'the contact'}, even if messages came back
            or the person asked for no more: do so only where you know that it is wanted.
          </p>
          <Button kind="secondary" busy={busy} onClick={() => void sendAgain()}>
            Send the link again
          </Button>
        </>
      ) : null}
      <HistoryTable history={history} />
      {collection.status === 'open' ? (
        <ContactForm key={service.contactEmail} {...{ busy, problemOf, service }} onSave={correct} />
      ) : null}
      <DispositionForm key={`${outcome.set}${outcome.reason}`} {...{ busy, problemOf, outcome }} onSave={setByHand} />
    </>
  )
}

function HistoryTable({ history }: Pick<History, 'history'>) {
  const rows = history.map((entry, index) => ({ ...entry, key: String(index) }))
  return (
    <>
      <Table
        caption="What happened"
        empty="Nothing has happened yet."
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { head: 'When', cell: ({ at }) => formatDateTime(at) },
          { head: 'What', cell: wordsOf },
          {
            head: 'To or by',
            cell: ({ recipient, actor }) => <span className="app-identifier">{recipient ?? actor}</span>,
          },
          { head: 'Details', cell: ({ detail }) => <span className="app-identifier">{detail}</span> },
        ]}
      />
      <p className="govuk-hint">Whether a link was opened is not listed: mail scanners open links before people do.</p>
    </>
  )
}

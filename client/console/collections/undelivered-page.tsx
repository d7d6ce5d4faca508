import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { Undelivered } from '../../../server/distribution/schema/delivery.ts'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { formatDateTime } from '../format.ts'
import { collectionAddress, loadCollection } from './load.ts'
import { PageTop } from './page-top.tsx'

export async function loadUndelivered(args: LoaderFunctionArgs) {
  const [collection, { services }] = await Promise.all([
    loadCollection(args),
    get<{ services: Undelivered[] }>(`${collectionAddress(args.params.id)}/undelivered`),
  ])
  return { collection, services }
}

const reasons = {
  bounced_hard: 'Came back: the address does not exist',
  bounced_soft: 'Came back three times',
  failed: 'The mail server refused it',
}

/** The worklist: whom to ring for an address that works. */
export function UndeliveredPage() {
  const { collection, services } = useLoaderData<typeof loadUndelivered>()
  return (
    <>
      <PageTop collection={collection} title="Addresses that do not work" />
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
    </>
  )
}

import type { z } from 'zod'
import type { invitationPlanSchema } from '../../../server/collections/schema.ts'
import { Details } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { formatNumber, plural } from '../format.ts'

type LeftOutService = z.infer<typeof invitationPlanSchema>['leftOut'][number]

// More rows than anybody reads make the page slow: the whole list is in the command line and the API.
const mostRows = 500

/** Services that get no message: counted by reason, and listed for those who want to know which. */
export function LeftOut({ leftOut }: { leftOut: readonly LeftOutService[] }) {
  if (leftOut.length === 0) return null
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))]
  return (
    <>
      <p className="govuk-body">{plural(leftOut.length, 'service')} would get none:</p>
      <ul className="govuk-list govuk-list--bullet">
        {reasons.map((reason) => (
          <li key={reason}>
            {formatNumber(leftOut.filter((one) => one.reason === reason).length)}: {reason}
          </li>
        ))}
      </ul>
      <Details summary={leftOut.length > mostRows ? `List the first ${mostRows}` : 'List them'}>
        <Table
          caption="Would get none"
          hideCaption
          rows={leftOut.slice(0, mostRows)}
          rowKey={({ locationId }) => locationId}
          columns={[
            { head: 'Service', cell: ({ service }) => service },
            { head: 'Location ID', cell: ({ locationId }) => <span className="app-nowrap">{locationId}</span> },
            { head: 'Why', cell: ({ reason }) => reason },
          ]}
        />
      </Details>
    </>
  )
}

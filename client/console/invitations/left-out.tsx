import type { z } from 'zod'
import type { invitationPlanSchema } from '../../../server/invitations/schema/invitations.ts'
import { Details } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { formatNumber, plural } from '../../components/format.ts'

interface LeftOutProps extends Pick<z.infer<typeof invitationPlanSchema>, 'counts' | 'reasons' | 'leftOut'> {
  /** The address of the file that lists every service, with or without a message. */
  file: string
}

/** Services that get no message: counted by reason, and listed for those who want to know which. */
export function LeftOut({ counts, reasons, leftOut, file }: LeftOutProps) {
  return (
    <>
      {counts.leftOut > 0 ? (
        <>
          <p className="govuk-body">{plural(counts.leftOut, 'service')} would get none:</p>
          <ul className="govuk-list govuk-list--bullet">
            {reasons.map(({ reason, count }) => (
              <li key={reason}>
                {formatNumber(count)}: {reason}
              </li>
            ))}
          </ul>
          <Details summary={counts.leftOut > leftOut.length ? `List the first ${leftOut.length}` : 'List them'}>
            <Table
              caption="Would get none"
              hideCaption
              rows={leftOut}
              rowKey={({ locationId }) => locationId}
              columns={[
                { head: 'Service', cell: ({ service }) => service },
                { head: 'Location ID', cell: ({ locationId }) => <span className="app-nowrap">{locationId}</span> },
                { head: 'Why', cell: ({ reason }) => reason },
              ]}
            />
          </Details>
        </>
      ) : null}
      <p className="govuk-body">
        <a className="govuk-link" href={file} download>
          Download who would get it and who would not (CSV)
        </a>
      </p>
    </>
  )
}

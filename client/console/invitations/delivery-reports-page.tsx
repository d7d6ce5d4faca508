import { useState } from 'react'
import { Link, useLoaderData } from 'react-router'
import type { DeliveryReports, TakenReport } from '../../../server/invitations/schema/delivery.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { FileInput } from '../../components/fields.tsx'
import { SuccessBanner, Tag, type TagColour } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get, postFile } from '../api.ts'
import { formatDateTime } from '../../components/format.ts'
import { onSubmit, useSend } from '../use-send.ts'

type Verdict = TakenReport['verdict']

export const loadDeliveryReports = () => get<DeliveryReports>('/api/delivery-reports')

const verdicts: Record<Verdict, [TagColour, string]> = {
  hard: ['red', 'Address does not work'],
  soft: ['yellow', 'Passing fault'],
  policy: ['yellow', 'Turned away by a rule'],
  delayed: ['blue', 'Delayed'],
  delivered: ['green', 'Delivered'],
  complaint: ['yellow', 'Marked as unwanted'],
  auto_reply: ['grey', 'Automatic reply'],
  not_understood: ['purple', 'Not understood'],
  unmatched: ['purple', 'Matches no message'],
  forged: ['purple', 'Not about our message'],
}
export const VerdictTag = ({ verdict }: { verdict: Verdict }) => (
  <Tag colour={verdicts[verdict][0]}>{verdicts[verdict][1]}</Tag>
)

/** What mail servers reported back, and a way to hand in what did not come by itself. */
export function DeliveryReportsPage() {
  const { reports } = useLoaderData<typeof loadDeliveryReports>()
  const { send, busy, problems, problemOf, setProblems } = useSend()
  const [taken, setTaken] = useState<TakenReport>()

  async function take(fields: FormData) {
    setTaken(undefined)
    const file = fields.get('report')
    if (!(file instanceof File) || file.size === 0)
      return setProblems([{ field: 'report', message: 'Choose a report, saved as an .eml file' }])
    setTaken(await send(() => postFile<TakenReport>('/api/delivery-reports', file)))
  }

  return (
    <>
      <Link className="govuk-back-link" to="/console/collections">
        Collections
      </Link>
      <ErrorSummary problems={problems} />
      {taken ? (
        <SuccessBanner key={taken.id}>
          <p className="govuk-notification-banner__heading">
            {taken.repeated ? 'This report was taken in before, and nothing is changed:' : 'The report is taken in:'}{' '}
            {verdicts[taken.verdict][1].toLowerCase()}.
          </p>
        </SuccessBanner>
      ) : null}
      <PageHeading failed={problems.length > 0}>Delivery reports</PageHeading>
      <p className="govuk-body">
        When a message cannot be delivered, a mail server sends a report back. Reports are read as they arrive. One that
        came to another mailbox you can hand in here: save it as an .eml file. A report that is not understood, or not
        about a message of ours, is listed and changes nothing. Who marks a message as unwanted gets no more, as if they
        had asked for that.
      </p>
      <form noValidate onSubmit={onSubmit(take)}>
        <FileInput id="report" label="A report, saved as an .eml file" accept=".eml" error={problemOf('report')} />
        <Button type="submit" busy={busy}>
          Hand in the report
        </Button>
      </form>
      <ReportTable reports={reports} />
    </>
  )
}

function ReportTable({ reports }: Pick<DeliveryReports, 'reports'>) {
  return (
    <Table
      caption="Reports, newest first"
      empty="No report has come in."
      rows={reports}
      rowKey={({ id }) => id}
      columns={[
        { head: 'When', cell: ({ receivedAt }) => formatDateTime(receivedAt) },
        { head: 'What it says', cell: ({ verdict }) => <VerdictTag verdict={verdict} /> },
        {
          head: 'About',
          cell: ({ service, collectionId, invitationId, collection }) =>
            invitationId ? (
              <Link className="govuk-link" to={`/console/collections/${collectionId}/invitations/${invitationId}`}>
                {service}
              </Link>
            ) : (
              collection
            ),
        },
        { head: 'Code', cell: ({ status }) => status },
        {
          head: 'In the words of the mail server',
          cell: ({ diagnostic }) => <span className="app-identifier">{diagnostic}</span>,
        },
      ]}
    />
  )
}

import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { mailingPlanSchema } from '../../../server/distribution/schema/schedule.ts'
import { Button } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { formatDateTime, plural } from '../format.ts'
import { LeftOut } from './left-out.tsx'

export type MailingPlan = z.infer<typeof mailingPlanSchema>

// More rows than anybody reads make the page slow: the whole list is in the command line and the API.
const mostRows = 500

interface DryRunsProps {
  busy: boolean
  plan: MailingPlan | undefined
  onAsk: (kind: MailingPlan['kind']) => void
}

/** Asks who would get a mailing now, and shows the answer; nothing is sent. */
export function DryRuns({ busy, plan, onAsk }: DryRunsProps) {
  return (
    <>
      <h2 className="govuk-heading-m">See who would get a message</h2>
      <div className="govuk-button-group">
        <Button kind="secondary" busy={busy} onClick={() => onAsk('invitation')}>
          Who would get an invitation now
        </Button>
        <Button kind="secondary" busy={busy} onClick={() => onAsk('reminder')}>
          Who would get a reminder now
        </Button>
      </div>
      <p className="govuk-body" role="status">
        {busy ? 'Working' : ''}
      </p>
      {plan ? <DryRun key={plan.kind} plan={plan} /> : null}
    </>
  )
}

/** Focused as it appears. */
function DryRun({ plan: { kind, queued, leftOut } }: { plan: MailingPlan }) {
  const name = kind === 'invitation' ? 'an invitation' : 'a reminder'
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h3 className="govuk-heading-s" id="report-heading" tabIndex={-1} ref={heading}>
        Who would get {name} now
      </h3>
      <p className="govuk-body">
        {queued.length === 0 ? 'Nobody' : plural(queued.length, 'service')} would get {name} now. Nothing was sent.
        {queued.length > mostRows ? ` The first ${mostRows} are listed.` : ''}
      </p>
      {queued.length > 0 ? (
        <Table
          caption={`Would get ${name}`}
          rows={queued.slice(0, mostRows)}
          rowKey={({ locationId }) => locationId}
          columns={[
            { head: 'Service', cell: ({ service }) => service },
            { head: 'To', cell: ({ recipient }) => recipient },
            { head: 'Leaves', cell: ({ dueAt }) => formatDateTime(dueAt) },
          ]}
        />
      ) : null}
      <LeftOut leftOut={leftOut} />
    </>
  )
}

import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { mailingPlanSchema } from '../../../server/distribution/schema/schedule.ts'
import { Button } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { formatDateTime, plural } from '../format.ts'
import { LeftOut } from './left-out.tsx'

export type MailingPlan = z.infer<typeof mailingPlanSchema>

interface DryRunsProps {
  /** Of the collection, in the API. */
  address: string
  busy: boolean
  plan: MailingPlan | undefined
  onAsk: (kind: MailingPlan['kind']) => void
}

/** Asks who would get a mailing now, and shows the answer; nothing is sent. */
export function DryRuns({ address, busy, plan, onAsk }: DryRunsProps) {
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
      {plan ? <DryRun key={plan.kind} {...{ address, plan }} /> : null}
    </>
  )
}

/** Focused as it appears. */
function DryRun({ address, plan }: { address: string; plan: MailingPlan }) {
  const { kind, counts, queued } = plan
  const name = kind === 'invitation' ? 'an invitation' : 'a reminder'
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h3 className="govuk-heading-s" id="report-heading" tabIndex={-1} ref={heading}>
        Who would get {name} now
      </h3>
      <p className="govuk-body">
        {counts.queued === 0 ? 'Nobody' : plural(counts.queued, 'service')} would get {name} now. Nothing was sent.
        {counts.queued > queued.length ? ` The first ${queued.length} are listed.` : ''}
      </p>
      {queued.length > 0 ? (
        <Table
          caption={`Would get ${name}`}
          rows={queued}
          rowKey={({ locationId }) => locationId}
          columns={[
            { head: 'Service', cell: ({ service }) => service },
            { head: 'To', cell: ({ recipient }) => recipient },
            { head: 'Leaves', cell: ({ dueAt }) => formatDateTime(dueAt) },
          ]}
        />
      ) : null}
      <LeftOut {...plan} file={`${address}/schedule/recipients?kind=${kind}&format=csv`} />
    </>
  )
}

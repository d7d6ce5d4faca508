import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { mailingPlanSchema } from '../../../server/invitations/schema/schedule.ts'
import { Button } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { formatDateTime, plural } from '../../components/format.ts'
import { LastToLeave } from './last-to-leave.tsx'
import { LeftOut } from './left-out.tsx'
import { mailingNames } from './mailing-names.ts'

export type MailingPlan = z.infer<typeof mailingPlanSchema>

interface DryRunsProps {
  /** Of the collection, in the API. */
  address: string
  busy: boolean
  /** Of which mailings it can be asked; none: nothing is shown. */
  kinds: readonly MailingPlan['kind'][]
  plan: MailingPlan | undefined
  onAsk: (kind: MailingPlan['kind']) => void
}

/** Asks who would get a mailing now, and shows the answer; nothing is sent. */
export function DryRuns({ address, busy, kinds, plan, onAsk }: DryRunsProps) {
  if (kinds.length === 0) return null
  return (
    <>
      <h2 className="govuk-heading-m">See who would get a message</h2>
      <div className="govuk-button-group">
        {kinds.map((kind) => (
          <Button key={kind} kind="secondary" busy={busy} onClick={() => onAsk(kind)}>
            Who would get {mailingNames[kind][1]} now
          </Button>
        ))}
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
  const [, name] = mailingNames[kind]
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
      <LastToLeave {...plan} />
      {queued.length > 0 ? (
        <Table
          caption={`Would get ${name}`}
          rows={queued}
          rowKey={({ locationId }) => locationId}
          columns={[
            { head: 'Service', cell: ({ service }) => service },
            { head: 'To', cell: ({ recipient }) => recipient },
            { head: 'Leaves from', cell: ({ dueAt }) => formatDateTime(dueAt) },
          ]}
        />
      ) : null}
      <LeftOut {...plan} file={`${address}/schedule/recipients?kind=${kind}&format=csv`} />
    </>
  )
}

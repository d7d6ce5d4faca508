import type { z } from 'zod'
import type { invitationPlanSchema } from '../../../server/invitations/schema/invitations.ts'
import { WarningText } from '../../components/messages.tsx'
import { formatDateTime } from '../../components/format.ts'

/** When the last of a mailing leaves, and that a close before it cuts it off. Nothing where all leave together. */
export function LastToLeave({ queued, last }: Pick<z.infer<typeof invitationPlanSchema>, 'queued' | 'last'>) {
  if (last === null || (last.leavesAt === queued[0]?.dueAt && last.inTime)) return null
  const leaves = `The last leaves about ${formatDateTime(last.leavesAt)}`
  return last.inTime ? (
    <p className="govuk-body">{leaves}, if the mail server takes them as fast as the schedule allows.</p>
  ) : (
    <WarningText>
      {leaves}. That is after the close: those that wait then are not sent. Change the schedule first.
    </WarningText>
  )
}

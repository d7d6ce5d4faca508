import type { z } from 'zod'
import type { messagesSchema } from '../../../server/invitations/schema/invitations.ts'
import { Tag, type TagColour } from '../../components/messages.tsx'

export type MessageStatus = z.infer<typeof messagesSchema>['messages'][number]['status']

/** Where a message stands, in the order in which it goes on. */
export const messageStates: Record<MessageStatus, [TagColour, string]> = {
  queued: ['grey', 'Waiting'],
  sending: ['blue', 'Being sent'],
  sent: ['green', 'Sent'],
  failed: ['red', 'Failed'],
  cancelled: ['yellow', 'Cancelled'],
}

export function MessageTag({ status }: { status: MessageStatus }) {
  const [colour, words] = messageStates[status]
  return <Tag colour={colour}>{words}</Tag>
}

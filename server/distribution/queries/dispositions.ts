import { and, count, eq, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { frameServices, invitations, messages, responses } from '../../db/schema.ts'
import type { InvitationState } from '../rules/dispositions.ts'
import type { Message } from './outbox.ts'

export interface InvitationGroup {
  systemId: string
  category: string
  /** False for a service of the frame without an invitation. */
  invited: boolean
  state: Omit<InvitationState, 'closed'>
  messageStatus: Message['status'] | null
  count: number
}

/** The services of a collection's frame, counted by all that their disposition follows from. `leadVariable`: the question of the plan's lead indicator. */
export function countInvitationStates(
  db: Db,
  collectionId: string,
  leadVariable: string | undefined,
): InvitationGroup[] {
  const lead =
    leadVariable === undefined
      ? sql<number>`0`
      : sql<number>`json_extract(${responses.data}, ${`$."${leadVariable}"`}) is not null`
  const fields = {
    systemId: frameServices.systemId,
    category: frameServices.category,
    invited: sql`${invitations.id} is not null`.mapWith(Boolean),
    notEligible: sql`${frameServices.notEligibleReason} is not null`.mapWith(Boolean),
    outcome: invitations.outcome,
    status: responses.status,
    leadAnswered: sql`coalesce(${lead}, 0)`.mapWith(Boolean),
    anyAnswer: sql`coalesce(${responses.data} <> '{}', 0)`.mapWith(Boolean),
    messageStatus: messages.status,
  }
  const rows = db
    .select({ ...fields, count: count() })
    .from(frameServices)
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, and(eq(responses.invitationId, invitations.id), ne(responses.source, 'test')))
    .leftJoin(messages, and(eq(messages.invitationId, invitations.id), eq(messages.kind, 'invitation')))
    .where(eq(frameServices.collectionId, collectionId))
    .groupBy(sql`1, 2, 3, 4, 5, 6, 7, 8, 9`)
    .all()
  return rows.map(
    ({ systemId, category, invited, messageStatus, count, outcome, notEligible, status, leadAnswered, anyAnswer }) => {
      const response = status === null ? null : { status, leadAnswered, anyAnswer }
      return {
        systemId,
        category,
        invited,
        messageStatus,
        count,
        state: { outcome, notEligible, response, undelivered: messageStatus === 'failed' },
      }
    },
  )
}

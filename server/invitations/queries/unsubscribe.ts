import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { invitations } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { recordInvitationEvent, respondentActor } from './events.ts'

/**
 * Stops an invitation's messages, or takes that back; its link works all the same. Says nothing of what stood so already. `detail`: how
 * they asked, where not by the link.
 */
export function setUnsubscribed(
  db: Db,
  invitationId: string,
  { stop, now, detail }: { stop: boolean; now: Date; detail?: string },
): void {
  write(db, (tx) => {
    const changes = stop ? isNull(invitations.unsubscribedAt) : isNotNull(invitations.unsubscribedAt)
    const { changes: changed } = tx
      .update(invitations)
      .set({ unsubscribedAt: stop ? now.toISOString() : null })
      .where(and(eq(invitations.id, invitationId), changes))
      .run()
    if (changed === 0) return
    const what = stop
      ? { event: 'unsubscribed' as const, detail }
      : { event: 'undone' as const, detail: 'wants messages again' }
    recordInvitationEvent(tx, { invitationId, ...what, actor: respondentActor, at: now })
  })
}

import { hasEnded } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import { listDueMailings } from '../queries/mailings.ts'
import { queueMailing } from '../queries/queue-mailing.ts'
import { asksToAnswer, startOfMailing } from '../rules/schedule.ts'
import { isWithin, windowFor } from '../rules/send-window.ts'

/** Puts into the outbox every mailing of a plan that begins to leave now. What a kill cut short is gone on with at the next pass. */
export async function queueDueMailings({ db, clock, log }: AppContext, signal: AbortSignal | undefined): Promise<void> {
  for (const { mailing, collection } of listDueMailings(db, clock())) {
    const now = clock()
    const window = windowFor(mailing.kind, collection)
    const starts = startOfMailing({ dueOn: mailing.dueOn! }, window, collection.opensAt)
    const tooLate = asksToAnswer(mailing.kind) && hasEnded(collection, now)
    if (signal?.aborted || starts > now || tooLate || (window && !isWithin(window, now))) continue
    const { queued, leftOut } = await queueMailing(db, collection, mailing, { actor: 'schedule', now, signal })
    log.info(
      { collection: collection.id, kind: mailing.kind, queued: queued.length, leftOut: leftOut.length },
      'a mailing of the plan is in the outbox',
    )
  }
}

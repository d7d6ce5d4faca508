import { eq } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { moveReminder } from '../../invitations/queries/mailings.ts'
import { badRequest, conflict } from '../../errors.ts'
import { daysAfter, endOfLondonDay, formatLondonDate, londonDay } from '../../time/london-dates.ts'
import { type Collection, requireCollection } from '../../collections/queries/collections.ts'

/**
 * Takes answers until the end of a later day; the reminder three days before the close moves with it. Also where the date has passed and
 * nobody has closed the collection yet. Throws not_open, bad_close (not later, in the past, beyond the retention that people were told).
 */
export function extendCollection(db: Db, id: string, closes: string, { actor, now }: Who): Collection {
  return write(db, (tx) => {
    const collection = requireCollection(tx, id)
    if (collection.status !== 'open')
      throw conflict('not_open', `The collection is ${collection.status}: only an open one can be extended.`)
    const closesAt = endOfLondonDay(closes).toISOString()
    const before = londonDay(collection.closesAt)
    if (closesAt <= collection.closesAt)
      throw badRequest('bad_close', `It closes on ${formatLondonDate(collection.closesAt)}: give a later day.`)
    if (closesAt <= now.toISOString())
      throw badRequest('bad_close', `${formatLondonDate(closesAt)} has passed: give a day to come.`)
    if (closesAt >= collection.retainUntil)
      throw badRequest(
        'bad_close',
        `People were told that their contact details are deleted on ${formatLondonDate(collection.retainUntil)}: close before it.`,
      )
    tx.update(collections).set({ closesAt }).where(eq(collections.id, id)).run()
    moveReminder(tx, id, { from: daysAfter(before, -3), to: daysAfter(closes, -3) })
    recordAudit(tx, {
      actor,
      action: 'collection.extend',
      subject: id,
      detail: { from: before, to: closes },
      at: now,
    })
    return requireCollection(tx, id)
  })
}

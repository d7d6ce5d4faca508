import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { countByDay, type DayKind, type HourCount } from '../rules/days.ts'
import { londonDay } from '../../time/london-dates.ts'
import type { Progress } from '../schema.ts'
import type { Collection } from '../../collections/queries/collections.ts'

/**
 * By the end of each day since the opening: invitations that a mail server took, answers begun and submitted, refusals, and bounces.
 * Gives way to other requests between one kind and the next.
 */
export async function listProgressDays(db: Db, collection: Collection, now: Date): Promise<Progress['days']> {
  const { id, openedAt, opensAt, closesAt, closedAt } = collection
  if (openedAt === null) return []
  const ends = [now.toISOString(), closedAt ?? closesAt].sort()[0]!
  const begins = [openedAt, opensAt].sort()[1]!
  if (begins > ends) return []
  return countByDay(await countByHour(db, id), { from: londonDay(begins), to: londonDay(ends) })
}

/** Each invitation once for each kind, when it first happened; a bounce counts on its day although the address was corrected since. */
async function countByHour(db: Db, collectionId: string): Promise<HourCount[]> {
  const firsts: [DayKind, SQL][] = [
    [
      'handedOver',
      sql`select min(sent_at) as at from messages where collection_id = ${collectionId} and kind <> 'test' and invitation_id is not null and sent_at is not null group by invitation_id`,
    ],
    [
      'bounced',
      sql`select min(e.at) as at from messages m join message_events e on e.message_id = m.id where m.collection_id = ${collectionId} and m.kind <> 'test' and m.invitation_id is not null and e.event = 'bounced_hard' group by m.invitation_id`,
    ],
    [
      'begun',
      sql`select created_at as at from responses where collection_id = ${collectionId} and source <> 'test' and status <> 'withdrawn' and data <> '{}'`,
    ],
    [
      'complete',
      sql`select submitted_at as at from responses where collection_id = ${collectionId} and source <> 'test' and status = 'complete' and submitted_at is not null`,
    ],
    [
      'declined',
      sql`select outcome_at as at from invitations where collection_id = ${collectionId} and outcome = 'declined' and outcome_at is not null`,
    ],
  ]
  const counts: HourCount[] = []
  for (const [kind, times] of firsts) {
    const rows = db.all<{ hour: string; count: number }>(
      sql`select substr(at, 1, 13) as hour, count(*) as count from (${times}) group by hour`,
    )
    counts.push(...rows.map((row) => ({ kind, ...row })))
    await nextTurn()
  }
  return counts
}

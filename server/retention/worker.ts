import type { AppContext } from '../context.ts'
import { repeat, type Repeated } from '../repeat.ts'
import { removeSetAside } from '../invitations/import/spool.ts'
import { removeOutboxFiles } from '../outbox/mailer.ts'
import { listMessageIds } from '../outbox/queries/messages.ts'
import { removeUploads } from '../frame/import/uploads.ts'
import { listCollectionsToSever, severCollection, type Severed } from './queries.ts'

const day = 24 * 60 * 60_000

/** Ends the retention of every collection whose day has come. Returns what was deleted, by collection. */
export async function endRetention(
  { db, config, clock, log }: Pick<AppContext, 'db' | 'config' | 'clock' | 'log'>,
  actor: string,
): Promise<({ id: string; name: string } & Severed)[]> {
  const ended = []
  for (const { id, name } of listCollectionsToSever(db, clock())) {
    // The files first: stopped in between, the next run finds the collection and does it all again.
    await removeOutboxFiles(config.dataDir, listMessageIds(db, id))
    await removeUploads(config.dataDir, id)
    await removeSetAside(config.dataDir)
    const counts = severCollection(db, id, { actor, now: clock() })
    log.info({ collection: id, ...counts }, 'retention has ended')
    ended.push({ id, name, ...counts })
  }
  // SQLite leaves deleted rows in its free pages and in its log until both are written anew.
  if (ended.length > 0) db.$client.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
  return ended
}

/** Looks at once and then every day. */
export const startRetentionWorker = (context: AppContext): Repeated =>
  repeat(() => endRetention(context, 'retention'), {
    everyMs: day,
    onError: (error) => context.log.error({ err: error }, 'retention could not be ended'),
  })

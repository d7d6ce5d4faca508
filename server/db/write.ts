import type { Db } from './open.ts'

/**
 * Runs `work` in one transaction that takes the lock before it reads: two processes write, and one that reads first fails at once where the
 * other has written in between. What throws undoes all of it. Within a transaction it is a part of that one.
 */
export const write = <T>(db: Db, work: (tx: Db) => Synchronous<T>): T =>
  db.transaction((tx) => work(tx), { behavior: 'immediate' })

/** better-sqlite3 does not roll an async function back: what follows its first await runs outside of the transaction. */
type Synchronous<T> = T extends PromiseLike<unknown> ? never : T

import type { OpenDatabase } from './open.ts'

interface Waiting {
  run: () => void
  /** After the commit, or with what kept it from happening. */
  settle: (commitError?: unknown) => void
}

const queues = new WeakMap<OpenDatabase, Waiting[]>()
const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)))

/**
 * Runs `work`, which makes a transaction of its own, in one commit with whatever else is asked for in the same turn of the event loop,
 * and resolves once that commit is on disk: where a flush takes milliseconds, many people who submit at once wait for one flush and not
 * for one each. Work that throws is undone and rejected alone; a commit that fails, or a disk that is full, rejects all.
 */
export function commitTogether<T>(db: OpenDatabase, work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    let outcome = () => reject(new Error('not run'))
    const run = () => {
      try {
        const result = work()
        outcome = () => resolve(result)
      } catch (error) {
        // A full disk undoes the whole transaction at once: nothing that follows may run outside of it.
        if (!db.$client.inTransaction) throw error
        outcome = () => reject(asError(error))
      }
    }
    const settle = (commitError?: unknown) => (commitError === undefined ? outcome() : reject(asError(commitError)))
    const queue = queues.get(db)
    if (queue) {
      queue.push({ run, settle })
    } else {
      queues.set(db, [{ run, settle }])
      setImmediate(() => commitQueue(db))
    }
  })
}

function commitQueue(db: OpenDatabase): void {
  const waiting = queues.get(db) ?? []
  queues.delete(db)
  let commitError: unknown
  try {
    // Inside it, the transactions of the work are savepoints: better-sqlite3 sees to that.
    db.$client.transaction(() => waiting.forEach(({ run }) => run())).immediate()
  } catch (error) {
    commitError = error
  }
  for (const { settle } of waiting) settle(commitError)
}

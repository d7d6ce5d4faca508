import { rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { figuresOf, type Figures } from './figures.ts'

/** The least that a durable save can cost here: one insert a transaction of `payloads`, at the server's durability. */
export function measureRawInserts(folder: string, payloads: readonly string[]): Figures {
  const file = join(folder, 'raw.sqlite')
  const db = new BetterSqlite3(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('create table responses (id text primary key, data text not null)')
  const insert = db.prepare('insert into responses values (?, ?)')
  const milliseconds: number[] = []
  const begun = performance.now()
  for (const [index, payload] of payloads.entries()) {
    const start = performance.now()
    insert.run(`response-${index}`, payload)
    milliseconds.push(performance.now() - start)
  }
  const elapsed = performance.now() - begun
  db.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
  return figuresOf(milliseconds, elapsed)
}

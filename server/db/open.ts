import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { RunResult } from 'better-sqlite3'
import * as schema from './schema.ts'

/** A database or a transaction: what every query takes first. */
export type Db = BaseSQLiteDatabase<'sync', RunResult, typeof schema>

export type OpenDatabase = Db & { $client: BetterSqlite3.Database }

const migrationsFolder = join(import.meta.dirname, '../../drizzle')

/** Opens (and makes, where missing) the database, durable: an acknowledged answer survives a power cut. `source`: a path, or a serialised database. */
export function openDatabase(source: string | Buffer): OpenDatabase {
  if (typeof source === 'string' && source !== ':memory:') mkdirSync(dirname(source), { recursive: true })
  const client = new BetterSqlite3(source)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  client.pragma('busy_timeout = 5000')
  // What a respondent withdraws is overwritten, not only let go.
  client.pragma('secure_delete = ON')
  return drizzle(client, { schema, casing: 'snake_case' })
}

/** Brings the database to the newest form; safe to run at every start. */
export function migrateDatabase(db: OpenDatabase): void {
  // Where a table is made anew, dropping the old one would delete every row that hangs on it. Within the transaction of a migration the
  // pragma does nothing.
  db.$client.pragma('foreign_keys = OFF')
  try {
    migrate(db, { migrationsFolder })
  } finally {
    db.$client.pragma('foreign_keys = ON')
  }
}

import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db, OpenDatabase } from '../../server/db/open.ts'

/** Every row of every table, as text: equal where nothing was changed. It asks the database, not `schema.ts`, which tables there are. */
export function everythingStored({ $client }: OpenDatabase): string {
  const tables = $client.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all()
  return (tables as string[])
    .map((table) => `${table}: ${JSON.stringify($client.prepare(`select * from "${table}"`).all())}`)
    .join('\n')
}

/** The rows of some tables, to be compared with what they are later. */
export const rowsOf = (db: Db, ...tables: SQLiteTable[]): unknown[][] =>
  tables.map((table) => db.select().from(table).all())

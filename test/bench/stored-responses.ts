import { newId, newReference } from '../../server/db/ids.ts'
import type { OpenDatabase } from '../../server/db/open.ts'
import type { Invitation } from './scratch-collection.ts'

type Row = Record<string, unknown>

/** Takes every response out again, so that a server which has warmed up on some stands before an empty table. */
export function emptyResponses(db: OpenDatabase): void {
  db.$client.exec('delete from text_answers; delete from responses')
}

/** Stores a response for each invitation: copies of those that the server itself has stored, 5,000 a transaction. */
export function fillResponses(db: OpenDatabase, invitations: readonly Invitation[]): void {
  const stored = db.$client.prepare("select * from responses where status = 'complete' limit 500").all() as Row[]
  const textsOf = new Map(
    stored.map((row) => [
      row.id,
      db.$client.prepare('select * from text_answers where response_id = ?').all(row.id) as Row[],
    ]),
  )
  const insertResponse = inserter(db, 'responses')
  const insertText = inserter(db, 'text_answers')
  const copyAll = db.$client.transaction((batch: readonly Invitation[]) => {
    for (const [index, invitation] of batch.entries()) {
      const source = stored[index % stored.length]!
      const id = newId()
      insertResponse({ ...source, id, invitation_id: invitation.id, reference: newReference() })
      for (const text of textsOf.get(source.id) ?? []) insertText({ ...text, response_id: id })
    }
  })
  for (let start = 0; start < invitations.length; start += 5000) copyAll(invitations.slice(start, start + 5000))
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
}

function inserter(db: OpenDatabase, table: string): (row: Row) => void {
  const columns = db.$client.pragma(`table_info(${table})`) as { name: string }[]
  const names = columns.map((column) => column.name)
  const insert = db.$client.prepare(
    `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
  )
  return (row) => void insert.run(row)
}

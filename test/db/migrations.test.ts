import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { expect, onTestFinished, test } from 'vitest'
import { migrateDatabase, openDatabase, type OpenDatabase } from '../../server/db/open.ts'

/** A database as it was after the first `count` migrations. */
function databaseAfter(count: number): OpenDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-migrations-'))
  const db = openDatabase(':memory:')
  onTestFinished(() => {
    db.$client.close()
    rmSync(folder, { recursive: true, force: true })
  })
  cpSync(join(import.meta.dirname, '../../drizzle'), folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: unknown[] }
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }))
  migrate(db, { migrationsFolder: folder })
  return db
}

test('free text and links survive the migration to fewer random keys', () => {
  const db = databaseAfter(3)
  const { $client } = db
  $client.pragma('foreign_keys = OFF')
  const insert = $client.prepare(
    "insert into responses (id, collection_id, version_id, system_id, source, resume_token_hash, category_differs, data, revision, touched, status, reference, language, created_at, saved_at) values (?, 'c', 'v', 's', 'web', ?, 0, '{\"a\":\"b\"}', 1, '{}', 'complete', ?, 'en', '', '')",
  )
  insert.run('one', 'hash-1', 'REF-1')
  insert.run('two', null, null)
  insert.run('three', null, null)
  const insertText = $client.prepare('insert into text_answers (id, response_id, question, text) values (?, ?, ?, ?)')
  insertText.run('t1', 'one', 'q1', 'first')
  insertText.run('t2', 'one', 'q2', 'second')
  insertText.run('t3', 'two', 'q1', 'third')

  migrateDatabase(db)

  expect($client.prepare('select id, resume_token_hash, reference from responses order by rowid').raw().all()).toEqual([
    ['one', 'hash-1', 'REF-1'],
    ['two', null, null],
    ['three', null, null],
  ])
  expect($client.prepare('select * from text_answers order by text').raw().all()).toEqual([
    ['one', 'q1', 'first'],
    ['one', 'q2', 'second'],
    ['two', 'q1', 'third'],
  ])
  expect(() => insert.run('four', 'hash-1', 'REF-4')).toThrow(/UNIQUE/)
  $client.pragma('foreign_keys = ON')
  $client.prepare("delete from responses where id = 'one'").run()
  expect($client.prepare('select text from text_answers').pluck().all()).toEqual(['third'])
})

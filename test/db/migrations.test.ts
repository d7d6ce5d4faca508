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

/** One row in each table that a message hangs on or that hangs on a message, all by the name of what they belong to. */
const beforeMessagesWent = `
  insert into systems values ('system', 'trafford', 'Trafford', 'North West', '');
  insert into staff values ('staff', 'admin@example.org', 'admin', '');
  insert into sign_in_links values ('sign-in', 'staff', 'hash', '', '', null);
  insert into question_sets values ('set', 'set', 'Set', '');
  insert into question_set_versions (id, question_set_id, version, questions, plan, sha256, plan_sha256, created_at) values ('version', 'set', 1, '{}', '{}', '', '', '');
  insert into collections (id, name, version_id, mode, status, opens_at, closes_at, k, retain_until, created_at) values ('collection', 'Review', 'version', 'personal', 'open', '', '', 10, '', '');
  insert into frame_services (id, collection_id, system_id, location_id, name, provider_key, provider_name, category) values ('service', 'collection', 'system', '1-1', 'Home', '', '', 'care_home');
  insert into invitations (id, collection_id, frame_service_id, token_hash, created_at) values ('invitation', 'collection', 'service', 'hash', '');
  insert into mailings values ('mailing', 'collection', 'invitation', null, null, '');
  insert into cascade_links (id, collection_id, system_id, token_hash, created_at) values ('link', 'collection', 'system', 'hash', '');
  insert into responses (id, collection_id, version_id, system_id, source, data, touched, status, created_at, saved_at) values ('response', 'collection', 'version', 'system', 'web', '{}', '{}', 'partial', '', '');
  insert into messages (id, kind, collection_id, invitation_id, mailing_id, recipient, message_id, status, attempts, due_at, attempted_at, sent_at, created_at) values ('invited', 'invitation', 'collection', 'invitation', 'mailing', 'a@example.org', 'id-1', 'sent', 2, 'due', 'tried', 'went', 'made');
  insert into messages (id, kind, collection_id, response_id, recipient, message_id, status, due_at, created_at) values ('later', 'finish_later', 'collection', 'response', 'b@example.org', 'id-2', 'queued', 'due', 'made');
  insert into messages (id, kind, sign_in_link_id, template_kind, recipient, message_id, status, due_at, created_at) values ('signing-in', 'sign_in', 'sign-in', 'kind', 'c@example.org', 'id-3', 'failed', 'due', 'made');
  insert into messages (id, kind, collection_id, cascade_link_id, recipient, message_id, status, due_at, created_at) values ('passed', 'coordinator', 'collection', 'link', 'd@example.org', 'id-4', 'sent', 'due', 'made');
  insert into message_events (id, message_id, event, detail, at) values (7, 'invited', 'sent', '250 ok', 'then'), (8, 'later', 'queued', null, 'then'), (9, 'passed', 'sent', null, 'then');
  insert into delivery_reports values ('report', 'hash', 'spool', 'hard', 'invited', 'collection', '5.1.1', 'No such user', 'then');
`

test('messages, their events and what was reported of them survive the migration that lets them go with a response', () => {
  const db = databaseAfter(7)
  const { $client } = db
  $client.exec(beforeMessagesWent)
  const tables = ['messages', 'message_events', 'delivery_reports']
  const stored = () => tables.map((name) => $client.prepare(`select * from ${name} order by id`).all())
  const before = stored()

  migrateDatabase(db)

  expect(stored()).toEqual(before)
  expect($client.pragma('foreign_keys', { simple: true })).toBe(1)
  expect($client.pragma('foreign_key_check')).toEqual([])
  const event = $client
    .prepare("insert into message_events (message_id, event, at) values ('invited', 'sent', '')")
    .run()
  expect(event.lastInsertRowid).toBe(10)
})

test('a response or a link that is deleted takes its messages along; a mailing that has messages stays', () => {
  const db = databaseAfter(7)
  const { $client } = db
  $client.exec(beforeMessagesWent)
  expect(() => $client.exec('delete from responses')).toThrow(/FOREIGN KEY/)

  migrateDatabase(db)

  const left = (table: string) => $client.prepare(`select id from ${table} order by id`).pluck().all()
  $client.exec('delete from responses')
  expect(left('messages')).toEqual(['invited', 'passed', 'signing-in'])
  expect(left('message_events')).toEqual([7, 9])
  $client.exec('delete from cascade_links')
  expect(left('messages')).toEqual(['invited', 'signing-in'])
  expect(left('message_events')).toEqual([7])
  expect(() => $client.exec('delete from mailings')).toThrow(/FOREIGN KEY/)
  expect(left('messages')).toEqual(['invited', 'signing-in'])
})

import { expect, test } from 'vitest'
import { newId } from '../../server/db/ids.ts'
import { migrateDatabase, openDatabase } from '../../server/db/open.ts'
import { loadShippedQuestionSets } from '../../server/question-sets/import/shipped.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'

function loaded() {
  const db = openDatabase(':memory:')
  migrateDatabase(db)
  loadShippedQuestionSets(db, new Date('2026-01-01T00:00:00Z'))
  return db
}

test('the database refuses to change or delete a published version, and lets a draft change', () => {
  const db = loaded()
  const version = getPublishedVersion(db, 'relational-audit')
  const sql = db.$client
  expect(() => sql.prepare(`UPDATE question_set_versions SET plan = '{}' WHERE id = ?`).run(version?.id)).toThrow(
    'never changes',
  )
  expect(() => sql.prepare('UPDATE question_set_versions SET published_at = NULL').run()).toThrow('never changes')
  expect(() => sql.prepare('DELETE FROM question_set_versions WHERE id = ?').run(version?.id)).toThrow('never changes')
  expect(getPublishedVersion(db, 'relational-audit')).toEqual(version)

  sql
    .prepare(
      `INSERT INTO question_set_versions (id, question_set_id, version, questions, plan, sha256, plan_sha256, created_at) VALUES ('draft', ?, 2, '{}', '{}', '', '', '')`,
    )
    .run(version?.questionSetId)
  expect(sql.prepare(`UPDATE question_set_versions SET plan = '[]' WHERE id = 'draft'`).run().changes).toBe(1)
  expect(sql.prepare(`DELETE FROM question_set_versions WHERE id = 'draft'`).run().changes).toBe(1)
})

test('the database refuses to change a released snapshot or any of its counts', () => {
  const db = loaded()
  const sql = db.$client
  const versionId = getPublishedVersion(db, 'relational-audit')?.id
  const [collection, snapshot] = [newId(), newId()]
  sql
    .prepare(
      `INSERT INTO collections (id, name, version_id, mode, status, opens_at, closes_at, k, retain_until, created_at) VALUES (?, 'Review', ?, 'cascade', 'closed', '', '', 10, '', '')`,
    )
    .run(collection, versionId)
  sql
    .prepare(
      `INSERT INTO snapshots (id, collection_id, version_id, sha256, responses, k, labels, taken_at, taken_by) VALUES (?, ?, ?, 'x', 1, 10, '{}', '', '')`,
    )
    .run(snapshot, collection, versionId)
  const addCount = sql.prepare(
    `INSERT INTO snapshot_counts (snapshot_id, stratum, variable, state, value, count) VALUES (?, '{}', 'grade', 'answered', ?, 1)`,
  )
  addCount.run(snapshot, 'other')
  expect(sql.prepare('UPDATE snapshots SET released_at = ? WHERE id = ?').run('2026-07-01', snapshot).changes).toBe(1)

  expect(() => addCount.run(snapshot, 'frontline_staff')).toThrow('never changes')
  expect(() => sql.prepare('UPDATE snapshot_counts SET count = 2').run()).toThrow('never changes')
  expect(() => sql.prepare('DELETE FROM snapshot_counts').run()).toThrow('never changes')
  expect(() => sql.prepare('UPDATE snapshots SET released_at = NULL').run()).toThrow('never changes')
  expect(() => sql.prepare('DELETE FROM snapshots').run()).toThrow('never changes')
})

import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '../../server/db/ids.ts'
import { migrateDatabase, openDatabase } from '../../server/db/open.ts'
import { collections, questionSetVersions, snapshotCounts, snapshots } from '../../server/db/schema.ts'
import { loadShippedQuestionSets } from '../../server/question-sets/import/shipped.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import { changeVersion } from '../stored/question-sets.ts'

function loaded() {
  const db = openDatabase(':memory:')
  migrateDatabase(db)
  loadShippedQuestionSets(db, new Date('2026-01-01T00:00:00Z'))
  return db
}

test('the database refuses to change or delete a published version, and lets a draft change', () => {
  const db = loaded()
  const version = getPublishedVersion(db, 'relational-audit')!
  const { id, plan } = getPublishedVersion(db, 'discharge-information-flow')!
  expect(() => changeVersion(db, version.id, { plan })).toThrow('never changes')
  expect(() => changeVersion(db, id, { publishedAt: null })).toThrow('never changes')
  const versions = (is: string) => eq(questionSetVersions.id, is)
  expect(() => db.delete(questionSetVersions).where(versions(id)).run()).toThrow('never changes')
  expect(getPublishedVersion(db, 'relational-audit')).toEqual(version)

  db.insert(questionSetVersions)
    .values({ ...version, id: 'draft', version: 2, publishedAt: null, createdAt: '' })
    .run()
  expect(changeVersion(db, 'draft', { plan }).changes).toBe(1)
  expect(db.delete(questionSetVersions).where(versions('draft')).run().changes).toBe(1)
})

test('the database refuses to change a released snapshot or any of its counts', () => {
  const db = loaded()
  const versionId = getPublishedVersion(db, 'relational-audit')!.id
  const [collectionId, snapshotId] = [newId(), newId()]
  const days = { opensAt: '', closesAt: '', retainUntil: '', createdAt: '' }
  db.insert(collections)
    .values({ id: collectionId, name: 'Review', versionId, mode: 'cascade', status: 'closed', k: 10, ...days })
    .run()
  const labels = { systems: {}, regions: {}, regionOf: {} }
  const taken = { sha256: 'x', responses: 1, k: 10, labels, takenAt: '', takenBy: '' }
  db.insert(snapshots)
    .values({ id: snapshotId, collectionId, versionId, ...taken })
    .run()
  const addCount = (value: string) =>
    db
      .insert(snapshotCounts)
      .values({ snapshotId, stratum: '{}', variable: 'grade', state: 'answered', value, count: 1 })
      .run()
  addCount('other')
  expect(db.update(snapshots).set({ releasedAt: '2026-07-01' }).run().changes).toBe(1)

  expect(() => addCount('frontline_staff')).toThrow('never changes')
  expect(() => db.update(snapshotCounts).set({ count: 2 }).run()).toThrow('never changes')
  expect(() => db.delete(snapshotCounts).run()).toThrow('never changes')
  expect(() => db.update(snapshots).set({ releasedAt: null }).run()).toThrow('never changes')
  expect(() => db.delete(snapshots).run()).toThrow('never changes')
})

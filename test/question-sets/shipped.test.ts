import { expect, test } from 'vitest'
import { migrateDatabase, openDatabase } from '../../server/db/open.ts'
import { loadShippedQuestionSets, shippedQuestionSets } from '../../server/question-sets/import/shipped.ts'
import {
  getPublishedVersion,
  getQuestionSetVersion,
  listQuestionSets,
  publishVersion,
} from '../../server/question-sets/queries/versions.ts'

const now = new Date('2026-01-01T00:00:00Z')

function emptyDatabase() {
  const db = openDatabase(':memory:')
  migrateDatabase(db)
  return db
}

test('loading the shipped question sets twice publishes each once', () => {
  const db = emptyDatabase()
  loadShippedQuestionSets(db, now)
  loadShippedQuestionSets(db, now)
  const sets = listQuestionSets(db)
  expect(sets.map((set) => set.slug).sort()).toEqual([...shippedQuestionSets])
  expect(sets.map((set) => set.versions.map((version) => version.version))).toEqual([[1], [1]])
})

test('the published version is found by slug and by its identifier, with its content', () => {
  const db = emptyDatabase()
  loadShippedQuestionSets(db, now)
  const version = getPublishedVersion(db, 'relational-audit')
  expect(version).toMatchObject({ slug: 'relational-audit', version: 1, publishedAt: now.toISOString() })
  expect(version?.plan.cross).toEqual(['sector', 'grade'])
  expect(version?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(getQuestionSetVersion(db, version?.id ?? '')).toEqual(version)
  expect(getPublishedVersion(db, 'unknown')).toBeUndefined()
})

test('changed content becomes the next version, the same content in another order of keys does not', () => {
  const db = emptyDatabase()
  loadShippedQuestionSets(db, now)
  const first = getPublishedVersion(db, 'relational-audit')
  if (!first) throw new Error('not loaded')
  const { questions, plan } = first
  const sameInOtherOrder = Object.fromEntries(Object.entries(questions).reverse()) as typeof questions
  expect(publishVersion(db, { slug: 'relational-audit', questions: sameInOtherOrder, plan }, now).id).toBe(first.id)
  const second = publishVersion(
    db,
    {
      slug: 'relational-audit',
      questions: { ...questions, title: 'Another title' },
      plan,
      comparability: 'The title only',
    },
    now,
  )
  expect(second).toMatchObject({ version: 2, title: 'Another title', comparability: 'The title only' })
  expect(second.planSha256).toBe(first.planSha256)
  expect(getPublishedVersion(db, 'relational-audit')).toEqual(second)
})

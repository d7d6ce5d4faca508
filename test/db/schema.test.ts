import { expect, test } from 'vitest'
import { migrateDatabase, openDatabase } from '../../server/db/open.ts'
import * as schema from '../../server/db/schema.ts'
import { describeDatabase, describeSchema } from './described.ts'

test('a migrated database is what schema.ts says: tables, columns, keys and indexes, and nothing else', () => {
  const db = openDatabase(':memory:')
  migrateDatabase(db)
  const stated = describeSchema(schema)
  expect(Object.keys(stated)).toContain('messages')
  expect(describeDatabase(db)).toEqual(stated)
})

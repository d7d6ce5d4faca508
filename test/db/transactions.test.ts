import { expect, it } from 'vitest'
import type { Db } from '../../server/db/open.ts'
import { listSystems, saveSystem } from '../../server/systems/queries.ts'
import { testDatabase } from '../app.ts'

it('undoes and refuses an async function that the linter cannot see', () => {
  const db = testDatabase()
  const save = (tx: Db) => {
    saveSystem(tx, { code: 'bury', name: 'Bury', region: 'North West', authorities: ['Bury'] }, new Date())
    return Promise.resolve()
  }
  expect(() => db.transaction(save)).toThrow('cannot return a promise')
  expect(listSystems(db)).toEqual([])
})

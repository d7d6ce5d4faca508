import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commitTogether } from '../../server/db/commit-together.ts'
import { migrateDatabase, openDatabase, type OpenDatabase } from '../../server/db/open.ts'
import { systemAuthorities } from '../../server/db/schema.ts'
import { getSystem, listSystems, saveSystem } from '../../server/systems/queries.ts'

describe('work that is committed together', () => {
  let folder: string
  let db: OpenDatabase
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footbridge-together-'))
    db = openDatabase(join(folder, 'footbridge.sqlite'))
    migrateDatabase(db)
  })
  afterEach(() => {
    db.$client.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const save = (code: string) =>
    db.transaction((tx) => saveSystem(tx, { code, name: code, region: 'North West', authorities: [code] }, new Date()))
  const codes = () => listSystems(db).map((system) => system.code)
  const asAnother = <T>(look: (other: OpenDatabase) => T) => {
    const other = openDatabase(join(folder, 'footbridge.sqlite'))
    try {
      return look(other)
    } finally {
      other.$client.close()
    }
  }

  it('can be read by another connection by the time it resolves, in one commit', async () => {
    const version = () => asAnother((other) => listSystems(other).length)
    const all = [1, 2, 3].map((number) => commitTogether(db, () => save(`s${number}`)))
    expect(version()).toBe(0)
    await all[0]
    expect(version()).toBe(3)
    expect(await Promise.all(all)).toEqual(['added', 'added', 'added'])
  })

  it('is undone alone where it throws', async () => {
    const failing = () =>
      db.transaction((tx) => {
        saveSystem(tx, { code: 'bad', name: 'bad', region: 'North West', authorities: [] }, new Date())
        throw new Error('refused')
      })
    const results = await Promise.allSettled([
      commitTogether(db, () => save('s1')),
      commitTogether(db, failing),
      commitTogether(db, () => save('s2')),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(codes()).toEqual(['s1', 's2'])
  })

  it('is rejected, all of it, and not stored where the commit fails', async () => {
    // A deferred constraint speaks up at the commit only.
    const dangling = () => {
      db.$client.pragma('defer_foreign_keys = ON')
      db.insert(systemAuthorities).values({ systemId: 'nowhere', authority: 'Nowhere' }).run()
    }
    const results = await Promise.allSettled([commitTogether(db, () => save('s1')), commitTogether(db, dangling)])
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected'])
    expect(codes()).toEqual([])
    expect(getSystem(db, 'nowhere')).toBeUndefined()
    await commitTogether(db, () => save('s2'))
    expect(codes()).toEqual(['s2'])
  })
})

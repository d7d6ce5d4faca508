import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/db/open.ts'

describe('a database on disk', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'footbridge-durability-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('flushes every commit, keeps a write-ahead log, holds foreign keys and waits for a lock', () => {
    const { $client: client } = openDatabase(join(folder, 'footbridge.sqlite'))
    const pragma = (name: string) => client.pragma(name, { simple: true })
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('synchronous')).toBe(2)
    expect(pragma('foreign_keys')).toBe(1)
    expect(pragma('busy_timeout')).toBe(5000)
    client.close()
  })

  it('keeps these settings when it is opened again', () => {
    const file = join(folder, 'footbridge.sqlite')
    openDatabase(file).$client.close()
    const { $client: client } = openDatabase(file)
    const pragma = (name: string) => client.pragma(name, { simple: true })
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    client.close()
  })
})

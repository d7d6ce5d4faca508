import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '../server/config.ts'
import { openContext } from '../server/data-dir.ts'
import { queueSignInMessage } from '../server/outbox/queries/messages.ts'
import { sendDueMessages } from '../server/mail.ts'
import { createSignInLink, saveStaff } from '../server/accounts/queries.ts'

let folder: string
const umask = process.umask(0o022)
beforeEach(() => {
  process.umask(0o022)
  folder = mkdtempSync(join(tmpdir(), 'footbridge-data-'))
})
afterEach(() => {
  process.umask(umask)
  rmSync(folder, { recursive: true, force: true })
})

it.skipIf(process.platform === 'win32')(
  'keeps the database, its log and the outbox for the owner alone, in a folder that was there before',
  async () => {
    const context = openContext(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }))
    const { db, tokenKey } = context
    const now = new Date()
    const person = saveStaff(db, { email: 'a@example.org', role: 'admin', now })
    queueSignInMessage(db, {
      signInLinkId: createSignInLink(db, { tokenKey, staffId: person.id, now }).id,
      recipient: person.email,
      now,
    })
    expect(await sendDueMessages(context)).toBe(1)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(files.sort()).toEqual([
      'footbridge.sqlite',
      'footbridge.sqlite-shm',
      'footbridge.sqlite-wal',
      'outbox',
      expect.stringMatching(/\.eml$/) as string,
      'token.key',
    ])
    expect(files.filter((file) => (statSync(join(folder, file)).mode & 0o077) !== 0)).toEqual([])
    context.mailer.close()
    db.$client.close()
  },
)

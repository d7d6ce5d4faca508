import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Config } from './config.ts'
import type { AppContext } from './context.ts'
import { migrateDatabase, openDatabase } from './db/open.ts'
import { createMailer } from './outbox/mailer.ts'
import { loadShippedQuestionSets } from './question-sets/import/shipped.ts'

/** Opens everything in `DATA_DIR`, migrated and with the shipped question sets: what the server and the command line share. */
export function openContext(config: Config): AppContext {
  // Database, back-ups of it, outbox and uploads hold answers and addresses: for the owner alone, also in a folder that was there before.
  process.umask(0o077)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const db = openDatabase(join(config.dataDir, 'footbridge.sqlite'))
  migrateDatabase(db)
  loadShippedQuestionSets(db, new Date())
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }))
  return {
    db,
    config,
    log,
    mailer: createMailer(config),
    tokenKey: readTokenKey(config.dataDir),
    clock: () => new Date(),
  }
}

/** Made once, readable by the owner alone. Losing it breaks the links already sent; it belongs in the back-up. */
function readTokenKey(dataDir: string): Buffer {
  const file = join(dataDir, 'token.key')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes.`)
  return key
}

import { randomBytes } from 'node:crypto'
import type { Express } from 'express'
import pino from 'pino'
import supertest from 'supertest'
import { createApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import type { AppContext, Mail, Mailer } from '../server/context.ts'
import { migrateDatabase, openDatabase, type OpenDatabase } from '../server/db/open.ts'
import { loadShippedQuestionSets } from '../server/question-sets/import/shipped.ts'

let base: Buffer | undefined

/** A migrated database with the shipped question sets, copied from one made once in this process. */
export function testDatabase(): OpenDatabase {
  if (!base) {
    const db = openDatabase(':memory:')
    migrateDatabase(db)
    loadShippedQuestionSets(db, new Date('2026-01-01T00:00:00Z'))
    base = db.$client.serialize()
  }
  return openDatabase(base)
}

export interface TestMailer extends Mailer {
  sent: Mail[]
}

/** Keeps what would have been sent. */
function testMailer(): TestMailer {
  const sent: Mail[] = []
  return { sent, send: (mail) => Promise.resolve(`250 kept ${sent.push(mail)}`), close: () => undefined }
}

export interface TestApp {
  context: AppContext & { mailer: TestMailer }
  db: OpenDatabase
  request: ReturnType<typeof supertest.agent>
  /** What `context.clock` says; settable. */
  time: { now: Date }
}

const apps = new WeakMap<AppContext, Express>()

/** The application of a context, made once: whoever signs in to it shares it. */
export function appOf(context: AppContext): Express {
  const app = apps.get(context) ?? createApp(context)
  apps.set(context, app)
  return app
}

/** The real application over a fresh database, with a clock that stands still until it is moved. Defects are thrown, not logged. */
export function testApp(publicUrl = 'http://127.0.0.1:3000'): TestApp {
  const db = testDatabase()
  const time = { now: new Date('2026-06-01T09:00:00Z') }
  const log = pino({ level: 'error' }, { write: (line: string) => console.error(line) })
  const config = readConfig({ PUBLIC_URL: publicUrl, DATA_DIR: './data/test' })
  const context = { db, config, mailer: testMailer(), tokenKey: randomBytes(32), clock: () => time.now, log }
  let agent: TestApp['request'] | undefined
  return {
    context,
    db,
    time,
    // When it is first asked something: until then a test may change the settings that the application is made with.
    get request() {
      return (agent ??= supertest.agent(appOf(context)))
    },
  }
}

import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/open.ts'
import type { Mailer } from './outbox/mailer.ts'
import type { TokenKey } from './links/tokens.ts'

/** All that the outside world gives the application: one plain object, made in main.ts, cli.ts and test/app.ts. */
export interface AppContext {
  db: OpenDatabase
  config: Config
  mailer: Mailer
  tokenKey: TokenKey
  clock: () => Date
  log: Logger
}

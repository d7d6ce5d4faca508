import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/open.ts'
import type { TokenKey } from './links/tokens.ts'

export interface Mail {
  from: string
  to: string
  /** The envelope sender, where delivery reports go. */
  returnPath: string
  subject: string
  text: string
  html: string
  /** Without angle brackets. */
  messageId: string
  headers: Record<string, string>
}

export interface Mailer {
  /** Resolves with the server's reply once the message is handed over; rejects where it was not. */
  send(mail: Mail): Promise<string>
  close(): void
}

/** All that the outside world gives the application: one plain object, made in main.ts, cli.ts and test/app.ts. */
export interface AppContext {
  db: OpenDatabase
  config: Config
  mailer: Mailer
  tokenKey: TokenKey
  clock: () => Date
  log: Logger
}

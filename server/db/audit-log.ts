import type { Db } from './open.ts'
import { auditLog } from './schema.ts'

/** Who does something, and when. */
export interface Who {
  /** A staff e-mail address, or `command line`. */
  actor: string
  now: Date
}

export interface AuditEntry extends Pick<Who, 'actor'> {
  /** A verb and its noun: `collection.open`. */
  action: string
  /** The identifier of what it was done to. */
  subject: string
  detail?: Record<string, unknown>
  at: Date
}

/** Written in the same transaction as what it tells of. */
export function recordAudit(db: Db, { at, ...entry }: AuditEntry): void {
  db.insert(auditLog)
    .values({ ...entry, at: at.toISOString() })
    .run()
}

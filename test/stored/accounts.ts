import { asc } from 'drizzle-orm'
import type { Db } from '../../server/db/open.ts'
import { auditLog, staff } from '../../server/db/schema.ts'

export const storedStaff = (db: Db) => db.select().from(staff).all()

/** As it was written. */
export const storedAuditLog = (db: Db) => db.select().from(auditLog).orderBy(asc(auditLog.id)).all()

/** Of one action, as it was written. */
export const auditEntriesOf = (db: Db, action: string) => storedAuditLog(db).filter((entry) => entry.action === action)

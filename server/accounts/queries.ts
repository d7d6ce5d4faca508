import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { sessions, signInLinks, staff, staffSystems, systems } from '../db/schema.ts'

export type Role = (typeof staff.$inferSelect)['role']

/** A signed-in person; `systemIds` is a reviewer's scope, null for every system. */
export interface StaffMember {
  id: string
  email: string
  role: Role
  systemIds: string[] | null
}

export const getStaffByEmail = (db: Db, email: string) => db.select().from(staff).where(eq(staff.email, email.trim().toLowerCase())).get()

export const listStaff = (db: Db) => db.select().from(staff).orderBy(staff.email).all()

/** Adds a person, or gives a known one the role. */
export function saveStaff(db: Db, { email, role, now }: { email: string; role: Role; now: Date }) {
  const row = { id: newId(), email: email.trim().toLowerCase(), role, createdAt: now.toISOString() }
  return db.insert(staff).values(row).onConflictDoUpdate({ target: staff.email, set: { role } }).returning().get()
}

/** Sets a reviewer's scope; an empty list clears it for every system. */
export function setStaffSystems(db: Db, staffId: string, systemIds: readonly string[]) {
  db.delete(staffSystems).where(eq(staffSystems.staffId, staffId)).run()
  for (const systemId of systemIds) db.insert(staffSystems).values({ staffId, systemId }).run()
}

export function listStaffSystems(db: Db, staffId: string) {
  return db.select({ id: systems.id, code: systems.code }).from(staffSystems).innerJoin(systems, eq(systems.id, staffSystems.systemId)).where(eq(staffSystems.staffId, staffId)).all()
}

export function createSignInLink(db: Db, link: { staffId: string; tokenHash: string; now: Date; expiresAt: Date }) {
  const row = { id: newId(), staffId: link.staffId, tokenHash: link.tokenHash, createdAt: link.now.toISOString(), expiresAt: link.expiresAt.toISOString() }
  return db.insert(signInLinks).values(row).returning().get()
}

/** Uses a link up; undefined where it is unknown, used or expired. */
export function consumeSignInLink(db: Db, tokenHash: string, now: Date) {
  const usable = and(eq(signInLinks.tokenHash, tokenHash), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now.toISOString()))
  return db.update(signInLinks).set({ usedAt: now.toISOString() }).where(usable).returning().get()
}

export function createSession(db: Db, session: { staffId: string; tokenHash: string; now: Date; expiresAt: Date }) {
  const row = { id: newId(), staffId: session.staffId, tokenHash: session.tokenHash, createdAt: session.now.toISOString(), expiresAt: session.expiresAt.toISOString() }
  return db.insert(sessions).values(row).returning().get()
}

export function getStaffBySession(db: Db, tokenHash: string, now: Date): StaffMember | undefined {
  const live = and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now.toISOString()))
  const row = db.select({ id: staff.id, email: staff.email, role: staff.role }).from(sessions).innerJoin(staff, eq(staff.id, sessions.staffId)).where(live).get()
  if (!row) return undefined
  const scope = row.role === 'reviewer' ? listStaffSystems(db, row.id).map((system) => system.id) : []
  return { ...row, systemIds: scope.length > 0 ? scope : null }
}

export const deleteSession = (db: Db, tokenHash: string) => db.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).run()

export const deleteExpiredSessions = (db: Db, now: Date) => db.delete(sessions).where(lt(sessions.expiresAt, now.toISOString())).run()

import { and, asc, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { auditLog, sessions, signInLinks, staff, staffSystems, systems } from '../db/schema.ts'
import type { Role, StaffMember } from '../http/staff.ts'
import { deriveToken, hashToken, type TokenKey } from '../links/tokens.ts'
import { signInLinkMinutes } from './rules.ts'

export const getStaffByEmail = (db: Db, email: string) =>
  db.select().from(staff).where(eq(staff.email, email.trim().toLowerCase())).get()

export const getStaff = (db: Db, id: string) => db.select().from(staff).where(eq(staff.id, id)).get()

/** Everybody, with the codes of the systems in their scope; an empty list means every system. */
export function listStaff(db: Db) {
  const scope = db
    .select({ staffId: staffSystems.staffId, code: systems.code })
    .from(staffSystems)
    .innerJoin(systems, eq(systems.id, staffSystems.systemId))
    .orderBy(asc(systems.code))
    .all()
  const people = db.select().from(staff).orderBy(asc(staff.email)).all()
  return people.map((person) => ({
    ...person,
    systems: scope.filter((row) => row.staffId === person.id).map((row) => row.code),
  }))
}

/** Whether somebody other than this person can still administer the service. */
export const hasOtherAdmin = (db: Db, staffId: string) =>
  db
    .select({ id: staff.id })
    .from(staff)
    .where(eq(staff.role, 'admin'))
    .all()
    .some((row) => row.id !== staffId)

/** Their sessions and links go with them. */
export const deleteStaff = (db: Db, id: string) => db.delete(staff).where(eq(staff.id, id)).run()

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
  return db
    .select({ id: systems.id, code: systems.code, name: systems.name })
    .from(staffSystems)
    .innerJoin(systems, eq(systems.id, staffSystems.systemId))
    .where(eq(staffSystems.staffId, staffId))
    .all()
}

/** A link that works once, within 15 minutes. Its token is derived from its id, so that the outbox can write it into the message. */
export function createSignInLink(db: Db, link: { tokenKey: TokenKey; staffId: string; now: Date }) {
  const id = newId()
  const token = deriveToken(link.tokenKey, 'sign_in', id)
  const expiresAt = new Date(link.now.getTime() + signInLinkMinutes * 60_000).toISOString()
  db.insert(signInLinks)
    .values({ id, staffId: link.staffId, tokenHash: hashToken(token), createdAt: link.now.toISOString(), expiresAt })
    .run()
  return { id, token, expiresAt }
}

export const getSignInLink = (db: Db, id: string) => db.select().from(signInLinks).where(eq(signInLinks.id, id)).get()

const usable = (tokenHash: string, now: Date) =>
  and(eq(signInLinks.tokenHash, tokenHash), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now.toISOString()))

/** A link that is unused and not expired, with the address of its person. */
export function getUsableSignInLink(db: Db, tokenHash: string, now: Date) {
  return db
    .select({ email: staff.email })
    .from(signInLinks)
    .innerJoin(staff, eq(staff.id, signInLinks.staffId))
    .where(usable(tokenHash, now))
    .get()
}

/** Uses a link up; undefined where it is unknown, used or expired. */
export function consumeSignInLink(db: Db, tokenHash: string, now: Date) {
  return db.update(signInLinks).set({ usedAt: now.toISOString() }).where(usable(tokenHash, now)).returning().get()
}

export function createSession(db: Db, session: { staffId: string; tokenHash: string; now: Date; expiresAt: Date }) {
  const row = {
    id: newId(),
    staffId: session.staffId,
    tokenHash: session.tokenHash,
    createdAt: session.now.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  }
  return db.insert(sessions).values(row).returning().get()
}

export function getStaffBySession(db: Db, tokenHash: string, now: Date): StaffMember | undefined {
  const live = and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now.toISOString()))
  const row = db
    .select({ id: staff.id, email: staff.email, role: staff.role })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(live)
    .get()
  if (!row) return undefined
  const scope = row.role === 'reviewer' ? listStaffSystems(db, row.id).map((system) => system.id) : []
  return { ...row, systemIds: scope.length > 0 ? scope : null }
}

export const deleteSession = (db: Db, tokenHash: string) =>
  db.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).run()

export const deleteExpiredSessions = (db: Db, now: Date) =>
  db.delete(sessions).where(lt(sessions.expiresAt, now.toISOString())).run()

/** The newest entries first. */
export const listAuditEntries = (db: Db, limit: number) =>
  db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(limit).all()

import type { Request, RequestHandler } from 'express'
import type { Who } from '../db/audit-log.ts'
import { notAllowed, signInRequired } from '../errors.ts'

export type Role = 'admin' | 'reviewer' | 'analyst'

/** A signed-in person; `systemIds` is a reviewer's scope, null for every system. */
export interface StaffMember {
  id: string
  email: string
  role: Role
  systemIds: string[] | null
}

declare module 'express-serve-static-core' {
  interface Request {
    staff?: StaffMember
  }
}

/** Lets the named roles pass; 401 signed out, 403 otherwise. */
export function requireRole(...roles: Role[]): RequestHandler {
  return (req, _res, next) => {
    if (!req.staff) throw signInRequired()
    if (!roles.includes(req.staff.role)) throw notAllowed()
    next()
  }
}

/** The person behind a request that has passed `requireRole`. */
export function staffOf(req: Request): StaffMember {
  if (!req.staff) throw signInRequired()
  return req.staff
}

/** Who acts by a request that has passed `requireRole`, and when: what the audit log is told. */
export const actorOf = (req: Request, clock: () => Date): Who => ({ actor: staffOf(req).email, now: clock() })

import { parseCookie } from 'cookie'
import type { Request, RequestHandler } from 'express'
import { getStaffBySession, type Role, type StaffMember } from '../accounts/queries.ts'
import type { AppContext } from '../context.ts'
import { hashToken } from '../links/tokens.ts'
import { notAllowed, signInRequired } from '../errors.ts'

declare module 'express-serve-static-core' {
  interface Request {
    staff?: StaffMember
  }
}

// The prefix makes the browser refuse the cookie from another host or over plain HTTP.
export const sessionCookieName = (publicUrl: string) => (publicUrl.startsWith('https:') ? '__Host-session' : 'session')

/** Finds out who is signed in; changes nothing. */
export function readSession({ db, config, clock }: Pick<AppContext, 'db' | 'config' | 'clock'>): RequestHandler {
  const name = sessionCookieName(config.publicUrl)
  return (req, _res, next) => {
    const token = parseCookie(req.get('cookie') ?? '')[name]
    req.staff = token ? getStaffBySession(db, hashToken(token), clock()) : undefined
    next()
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

import { parseCookie } from 'cookie'
import type { RequestHandler } from 'express'
import { getStaffBySession } from '../queries.ts'
import type { AppContext } from '../../context.ts'
import { hashToken } from '../../links/tokens.ts'

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

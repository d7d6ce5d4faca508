import { write } from '../../db/write.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request } from 'express'
import type { AppContext } from '../../context.ts'
import { recordAudit } from '../../db/audit-log.ts'
import { newToken } from '../../db/ids.ts'
import { queueSignInMessage } from '../../outbox/queries/messages.ts'
import { hashToken } from '../../links/tokens.ts'
import { Reply } from '../../http/handle.ts'
import { sessionCookieName } from './session.ts'
import * as queries from '../queries.ts'
import { sessionHours } from '../rules.ts'
import { emailSchema } from '../schema.ts'
import { confirmSignInPage, deadLinkPage, linkSentPage, signInPage } from '../templates/sign-in-pages.ts'

// Long enough to cover the writes for a known address: the time taken tells nothing.
const askingTakesMs = 150

export async function askForLink({ db, tokenKey, clock }: AppContext, typed: unknown) {
  const email = emailSchema.safeParse(typed === '' ? undefined : typed)
  if (!email.success)
    return new Reply(
      400,
      signInPage({ email: typeof typed === 'string' ? typed : '', error: email.error.issues[0]?.message }),
    )
  const enoughTime = wait(askingTakesMs)
  const person = queries.getStaffByEmail(db, email.data)
  if (person) {
    const now = clock()
    write(db, (tx) => {
      const link = queries.createSignInLink(tx, { tokenKey, staffId: person.id, now })
      queueSignInMessage(tx, { signInLinkId: link.id, recipient: person.email, now })
    })
  }
  await enoughTime
  return linkSentPage(email.data)
}

export function showLink({ db, clock }: AppContext, token: string) {
  const link = queries.getUsableSignInLink(db, hashToken(token), clock())
  return link ? confirmSignInPage(link.email) : new Reply(404, deadLinkPage())
}

export function signIn({ db, config, clock }: AppContext, token: string) {
  const now = clock()
  const session = newToken()
  const signedIn = write(db, (tx) => {
    const link = queries.consumeSignInLink(tx, hashToken(token), now)
    const person = link && queries.getStaff(tx, link.staffId)
    if (!person) return false
    queries.deleteExpiredSessions(tx, now)
    queries.createSession(tx, {
      staffId: person.id,
      tokenHash: hashToken(session),
      now,
      expiresAt: new Date(now.getTime() + sessionHours * 3_600_000),
    })
    recordAudit(tx, { actor: person.email, action: 'account.sign_in', subject: person.id, at: now })
    return true
  })
  if (!signedIn) return new Reply(404, deadLinkPage())
  return new Reply(303, undefined, {
    location: '/console',
    'set-cookie': sessionCookie(config.publicUrl, session, sessionHours * 3600),
  })
}

export function signOut({ db, config, clock }: AppContext, req: Request) {
  const token = parseCookie(req.get('cookie') ?? '')[sessionCookieName(config.publicUrl)]
  if (token && req.staff) {
    const { id, email } = req.staff
    write(db, (tx) => {
      queries.deleteSession(tx, hashToken(token))
      recordAudit(tx, { actor: email, action: 'account.sign_out', subject: id, at: clock() })
    })
  }
  return new Reply(303, undefined, { location: '/sign-in', 'set-cookie': sessionCookie(config.publicUrl, '', 0) })
}

function sessionCookie(publicUrl: string, token: string, maxAge: number): string {
  const secure = publicUrl.startsWith('https:')
  return stringifySetCookie({
    name: sessionCookieName(publicUrl),
    value: token,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge,
  })
}

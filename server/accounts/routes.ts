import { setTimeout as wait } from 'node:timers/promises'
import { parseCookie, stringifySetCookie } from 'cookie'
import { Router, type Request } from 'express'
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { recordAudit } from '../db/audit-log.ts'
import { newToken } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { queueSignInMessage } from '../distribution/queries/outbox.ts'
import { hashToken } from '../distribution/rules/tokens.ts'
import { conflict, notFound, tooManyRequests } from '../errors.ts'
import { created, handle, Reply } from '../http/handle.ts'
import { requireRole, sessionCookieName, staffOf } from '../http/sessions.ts'
import { requireSystems } from '../systems/queries.ts'
import * as queries from './queries.ts'
import { sessionHours } from './rules.ts'
import * as schema from './schema.ts'
import { confirmSignInPage, deadLinkPage, linkSentPage, signInPage } from './templates.ts'

// Long enough to cover the writes for a known address: the time taken tells nothing.
const askingTakesMs = 150

/** Signing in and out: plain pages. The one-time link is consumed by a POST alone. */
export function signInPages(context: AppContext): Router {
  const limit = (options: Partial<Options>) =>
    rateLimit({
      windowMs: 15 * 60_000,
      legacyHeaders: false,
      standardHeaders: 'draft-8',
      handler: () => {
        throw tooManyRequests()
      },
      validate: { xForwardedForHeader: false },
      ...options,
    })
  const byIp = limit({ limit: 30, keyGenerator: (req) => ipKeyGenerator(req.ip ?? '') })
  const byAddress = limit({
    limit: 5,
    keyGenerator: (req) => typedAddress(req) ?? '',
    skip: (req) => typedAddress(req) === undefined,
  })
  const failedLookUps = limit({
    limit: 20,
    skipSuccessfulRequests: true,
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? ''),
  })
  const { params, body } = { params: schema.signInTokenSchema, body: schema.signInFormSchema }
  const router = Router()
  router.get(
    '/sign-in',
    handle({}, () => signInPage()),
  )
  router.post(
    '/sign-in',
    byIp,
    byAddress,
    handle({ body }, ({ body }) => askForLink(context, body.email)),
  )
  router.get(
    '/sign-in/:token',
    failedLookUps,
    handle({ params }, ({ params }) => showLink(context, params.token)),
  )
  router.post(
    '/sign-in/:token',
    failedLookUps,
    handle({ params }, ({ params }) => signIn(context, params.token)),
  )
  router.post(
    '/sign-out',
    handle({}, ({ req }) => signOut(context, req)),
  )
  return router
}

const typedAddress = (req: Request) =>
  schema.signInFormSchema.pipe(z.object({ email: schema.emailSchema })).safeParse(req.body).data?.email

async function askForLink({ db, tokenKey, clock }: AppContext, typed: unknown) {
  const email = schema.emailSchema.safeParse(typed === '' ? undefined : typed)
  if (!email.success)
    return new Reply(
      400,
      signInPage({ email: typeof typed === 'string' ? typed : '', error: email.error.issues[0]?.message }),
    )
  const enoughTime = wait(askingTakesMs)
  const person = queries.getStaffByEmail(db, email.data)
  if (person) {
    const now = clock()
    db.transaction((tx) => {
      const link = queries.createSignInLink(tx, { tokenKey, staffId: person.id, now })
      queueSignInMessage(tx, { signInLinkId: link.id, recipient: person.email, now })
    })
  }
  await enoughTime
  return linkSentPage(email.data)
}

function showLink({ db, clock }: AppContext, token: string) {
  const link = queries.getUsableSignInLink(db, hashToken(token), clock())
  return link ? confirmSignInPage(link.email) : new Reply(404, deadLinkPage())
}

function signIn({ db, config, clock }: AppContext, token: string) {
  const now = clock()
  const session = newToken()
  const signedIn = db.transaction((tx) => {
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

function signOut({ db, config, clock }: AppContext, req: Request) {
  const token = parseCookie(req.get('cookie') ?? '')[sessionCookieName(config.publicUrl)]
  if (token && req.staff) {
    const { id, email } = req.staff
    db.transaction((tx) => {
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

/** Who is signed in; for admins, who else may, and what everybody did. */
export function accountRoutes(context: AppContext): Router {
  const { db } = context
  const params = schema.staffParamsSchema
  const router = Router()
  router.get(
    '/',
    requireRole('admin', 'reviewer', 'analyst'),
    handle({ summary: 'Who is signed in', returns: schema.accountSchema }, ({ req }) => describeAccount(db, req)),
  )
  router.get(
    '/staff',
    requireRole('admin'),
    handle({ summary: 'Everybody who can sign in', returns: schema.staffListSchema }, () => ({
      staff: queries.listStaff(db),
    })),
  )
  router.post(
    '/staff',
    requireRole('admin'),
    handle({ summary: 'Add a person', body: schema.addStaffSchema, returns: schema.staffMemberSchema }, (input) =>
      addStaff(context, input),
    ),
  )
  router.put(
    '/staff/:id',
    requireRole('admin'),
    handle(
      { summary: 'Change role and scope', params, body: schema.changeStaffSchema, returns: schema.staffMemberSchema },
      (input) => changeStaff(context, input),
    ),
  )
  router.delete(
    '/staff/:id',
    requireRole('admin'),
    handle({ summary: 'Remove a person and end their sessions', params }, (input) => removeStaff(context, input)),
  )
  router.get(
    '/audit-log',
    requireRole('admin'),
    handle({ summary: 'The latest 200 entries', returns: schema.auditLogSchema }, () => ({
      entries: queries.listAuditEntries(db, 200),
    })),
  )
  return router
}

function describeAccount(db: Db, req: Request): schema.Account {
  const { id, email, role, systemIds } = staffOf(req)
  return {
    email,
    role,
    systems: systemIds && queries.listStaffSystems(db, id).map(({ code, name }) => ({ code, name })),
  }
}

function addStaff(
  { db, clock }: AppContext,
  { body, req }: { body: z.output<typeof schema.addStaffSchema>; req: Request },
) {
  const now = clock()
  return db.transaction((tx) => {
    if (queries.getStaffByEmail(tx, body.email))
      throw conflict('already_added', `${body.email} can sign in already. Change their role in the list.`)
    const person = queries.saveStaff(tx, { email: body.email, role: body.role, now })
    queries.setStaffSystems(tx, person.id, systemIdsOf(tx, body.systems))
    recordAudit(tx, {
      actor: staffOf(req).email,
      action: 'staff.add',
      subject: person.id,
      detail: { ...body },
      at: now,
    })
    return created({ ...person, systems: body.systems })
  })
}

type Change = { params: { id: string }; body: z.output<typeof schema.changeStaffSchema>; req: Request }

function changeStaff({ db, clock }: AppContext, { params, body, req }: Change) {
  const now = clock()
  return db.transaction((tx) => {
    const known = existing(tx, params.id)
    if (body.role !== 'admin') keepAnAdmin(tx, known)
    const person = queries.saveStaff(tx, { email: known.email, role: body.role, now })
    queries.setStaffSystems(tx, person.id, systemIdsOf(tx, body.systems))
    recordAudit(tx, {
      actor: staffOf(req).email,
      action: 'staff.change',
      subject: person.id,
      detail: { email: person.email, ...body },
      at: now,
    })
    return { ...person, systems: body.systems }
  })
}

function removeStaff({ db, clock }: AppContext, { params, req }: { params: { id: string }; req: Request }) {
  db.transaction((tx) => {
    const person = existing(tx, params.id)
    keepAnAdmin(tx, person)
    queries.deleteStaff(tx, person.id)
    recordAudit(tx, {
      actor: staffOf(req).email,
      action: 'staff.remove',
      subject: person.id,
      detail: { email: person.email, role: person.role },
      at: clock(),
    })
  })
}

function existing(db: Db, id: string) {
  const person = queries.getStaff(db, id)
  if (!person) throw notFound('There is no such person.')
  return person
}

function keepAnAdmin(db: Db, person: { id: string; role: string }): void {
  if (person.role === 'admin' && !queries.hasOtherAdmin(db, person.id))
    throw conflict('last_admin', 'This is the only admin. Make somebody else an admin first.')
}

const systemIdsOf = (db: Db, codes: readonly string[]) => requireSystems(db, codes).map(({ id }) => id)

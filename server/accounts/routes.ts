import { Router, urlencoded, type Request } from 'express'
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { tooManyRequests } from '../errors.ts'
import { handle } from '../http/handle.ts'
import { requireRole } from '../http/staff.ts'
import { listAuditEntries, listStaff } from './queries.ts'
export { readSession } from './routes/session.ts'
import { askForLink, showLink, signIn, signOut } from './routes/sign-in.ts'
import { addStaff, changeStaff, describeAccount, removeStaff } from './routes/staff.ts'
import * as schema from './schema.ts'
import { signInPage } from './templates/sign-in-pages.ts'
import { checkOrigin } from '../http/security.ts'

/** Signing in and out: plain pages. The one-time link is consumed by a POST alone. */
export function accountPages(context: AppContext): Router {
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
  router.use(
    ['/sign-in', '/sign-out'],
    urlencoded({ extended: false, limit: '10kb' }),
    checkOrigin(context.config.publicUrl),
  )
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
      staff: listStaff(db),
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
      entries: listAuditEntries(db, 200),
    })),
  )
  return router
}

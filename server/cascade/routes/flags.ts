import { Router, type Request, type RequestHandler, type Response } from 'express'
import { requireCollection } from '../../collections/queries/collections.ts'
import { collectionParamsSchema } from '../../collections/schema.ts'
import type { AppContext } from '../../context.ts'
import { commitTogether } from '../../db/commit-together.ts'
import { newToken } from '../../db/ids.ts'
import { handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { getSharedResponse, listFlags, reviewFlag, saveFlag } from '../queries/flags.ts'
import { getCascadeLinkByTokenHash } from '../queries/links.ts'
import { responseIdOf } from '../../links/resume-token.ts'
import { nothingNoticed, noticeSubmission } from '../rules/flags.ts'
import { hashToken } from '../../links/tokens.ts'
import { flagParamsSchema, flagReviewSchema, flagsSchema } from '../schema/flags.ts'

/** Under /api/collections: submissions to look at, and that somebody has looked. */
export function flagRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  const params = collectionParamsSchema
  router.get(
    '/:id/flags',
    admin,
    handle({ summary: 'Submissions to look at', params, returns: flagsSchema }, ({ params }) => ({
      flags: listFlags(db, requireCollection(db, params.id).id).map(({ flag, organisation, system }) => {
        const { id, kind, count, day, reviewedAt, reviewedBy, note } = flag
        return { id, kind, count, day, system, organisation, reviewedAt, reviewedBy, note }
      }),
    })),
  )
  router.post(
    '/:id/flags/:flag/review',
    admin,
    handle(
      { summary: 'Note what was found; changes no response', params: flagParamsSchema, body: flagReviewSchema },
      ({ params, body, req }) => {
        const reviewed = { collectionId: requireCollection(db, params.id).id, flagId: params.flag, note: body.note }
        reviewFlag(db, reviewed, actorOf(req, clock))
      },
    ),
  )
  return router
}

interface Submitted {
  key: string
  collectionId: string
  cascadeLinkId: string
}

/** Mounted at /r and /c, before what stores answers: notices bursts and repeats among submissions through shared links, after they were answered. */
export function watchSubmissions(context: AppContext): RequestHandler {
  const { db, clock, log } = context
  const noticed = nothingNoticed()
  return (req, res, next) => {
    const token = /^\/([\w.-]{1,200})\/submit\/?$/.exec(req.path)?.[1]
    if (req.method !== 'POST' || token === undefined) return next()
    const shared = req.baseUrl.toLowerCase() === '/c'
    const begun = shared ? undefined : getSharedResponse(db, hashToken(token), responseIdOf(context.tokenKey, token))
    if (!shared && begun?.status !== 'partial') return next()
    res.on('finish', () => {
      if (!wasAccepted(res)) return
      try {
        const submitted = shared ? throughLink(context, token, req) : { ...begun!, key: token }
        if (!submitted?.cascadeLinkId) return
        const found = submitted as Submitted
        const findings = noticeSubmission(noticed, { ...found, visitor: visitorOf(req) }, clock())
        for (const finding of findings)
          commitTogether(db, () => saveFlag(db, found, finding, clock())).catch((error: unknown) =>
            log.error({ err: error }, 'a flag could not be stored'),
          )
      } catch (error) {
        log.error({ err: error }, 'a submission could not be looked at')
      }
    })
    next()
  }
}

/** Stored, or found stored already: JSON with a reference, or a form that leads to its receipt. */
const wasAccepted = (res: Response) =>
  res.statusCode === 200 || (res.statusCode === 303 && String(res.get('location')).endsWith('/receipt'))

/** Sent at once through the shared link: named by the form, so that it counts once however often it is sent. */
function throughLink({ db }: AppContext, token: string, req: Request): Submitted | undefined {
  const found = getCascadeLinkByTokenHash(db, hashToken(token))
  const begin = (req.body as { begin?: unknown } | undefined)?.begin
  const key = typeof begin === 'string' ? begin : newToken()
  return found && { key, collectionId: found.collection.id, cascadeLinkId: found.link.id }
}

const visitorOf = (req: Request) => ({
  address: req.ip ?? '',
  userAgent: req.get('user-agent') ?? '',
  language: req.get('accept-language') ?? '',
})

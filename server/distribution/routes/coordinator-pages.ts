import { Router, urlencoded, type RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { z } from 'zod'
import { respondentState } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import { tooManyRequests } from '../../errors.ts'
import { handle, Reply, seeOther } from '../../http/handle.ts'
import { privatePage } from '../../http/security.ts'
import { neutralPage } from '../../responses/templates/messages.ts'
import { countAnswersThrough, declareReach, getSurveyWords } from '../queries/coordinator-page.ts'
import { getCascadeLinkByCoordinatorToken, getCascadeLinkByShortCode } from '../queries/coordinators.ts'
import { getCascadeLinkByTokenHash } from '../queries/links.ts'
import { addressesOfLink } from '../rules/cascade-addresses.ts'
import { hashShortCode, type Coordinated } from '../rules/short-code.ts'
import { hashToken } from '../rules/tokens.ts'
import { reachSchema } from '../schema/coordinators.ts'
import { coordinatorPage, type CoordinatorPage } from '../templates/coordinator-page.ts'
import { posterPage } from '../templates/poster.ts'

const tokenParams = z.object({ token: z.string().max(100) })
const reachBody = z.object({ reach: z.string().max(100).default('') })
const pageQuery = z.object({ saved: z.literal('1').optional().catch(undefined) })

/** Short addresses, posters and coordinators' own pages; nothing here needs an account. */
export function coordinatorPages(context: AppContext): Router {
  const { db, tokenKey, clock } = context
  const router = Router()
  const limited = limitFailures()
  const form = urlencoded({ extended: false, limit: '10kb' })
  const params = tokenParams

  router.get(
    '/s/:token',
    privatePage,
    limited,
    handle({ params }, ({ params }) => {
      const found = getCascadeLinkByShortCode(db, hashShortCode(tokenKey, params.token))
      return found ? seeOther(new URL(addressesOf(context, found.link).url).pathname) : unknown
    }),
  )
  router.get(
    '/c/:token/poster',
    privatePage,
    limited,
    handle({ params }, ({ params }) => {
      const found = getCascadeLinkByTokenHash(db, hashToken(params.token))
      if (!found || found.link.withdrawnAt !== null) return unknown
      const { link, collection, system } = found
      const { shortUrl } = addressesOf(context, link)
      const { closesAt, notice } = collection
      const words = getSurveyWords(db, collection.versionId)
      return posterPage({ ...words, system: system.name, organisation: link.organisation, closesAt, notice, shortUrl })
    }),
  )
  router.get(
    '/coordinator/:token',
    privatePage,
    limited,
    handle({ params, query: pageQuery }, ({ params, query }) => {
      const found = getCascadeLinkByCoordinatorToken(db, hashToken(params.token))
      const base = `/coordinator/${params.token}`
      return found ? render(context, found, { base, saved: query.saved === '1' }) : unknown
    }),
  )
  router.post(
    '/coordinator/:token/reach',
    privatePage,
    limited,
    form,
    handle({ params, body: reachBody }, ({ params, body }) => {
      const found = getCascadeLinkByCoordinatorToken(db, hashToken(params.token))
      if (!found) return unknown
      const base = `/coordinator/${params.token}`
      const reach = reachSchema.safeParse(body.reach)
      if (!reach.success) {
        const message = reach.error.issues[0]?.message ?? ''
        return new Reply(400, render(context, found, { base, refused: { typed: body.reach, message } }))
      }
      declareReach(db, found.link.id, reach.data, clock())
      return seeOther(`${base}?saved=1`)
    }),
  )
  return router
}

const unknown = new Reply(404, neutralPage())

const addressesOf = ({ config, tokenKey }: AppContext, link: Coordinated) =>
  addressesOfLink({ publicUrl: config.publicUrl, tokenKey }, link)

type Found = NonNullable<ReturnType<typeof getCascadeLinkByCoordinatorToken>>

function render(
  context: AppContext,
  { link, collection, system }: Found,
  { base, saved = false, refused }: { base: string; saved?: boolean } & Pick<CoordinatorPage, 'refused'>,
) {
  const { db, clock } = context
  const answers = countAnswersThrough(db, link.id)
  const { k, closesAt, notice } = collection
  return coordinatorPage({
    ...addressesOf(context, link),
    base,
    title: getSurveyWords(db, collection.versionId).title,
    system: system.name,
    organisation: link.organisation,
    declaredReach: link.declaredReach,
    answers: answers >= k ? answers : null,
    closed: respondentState(collection, clock()) === 'closed',
    k,
    closesAt,
    notice,
    saved,
    refused,
  })
}

/** Only addresses that lead nowhere count: a whole council may sit behind one. */
function limitFailures(): RequestHandler {
  return rateLimit({
    windowMs: 15 * 60_000,
    limit: 60,
    standardHeaders: false,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode !== 404,
    validate: { xForwardedForHeader: false, trustProxy: false },
    handler: (_req, _res, next) => next(tooManyRequests()),
  })
}

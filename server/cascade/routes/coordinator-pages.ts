import { Router, urlencoded, type RequestHandler } from 'express'
import { z } from 'zod'
import { respondentState } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import { handle, Reply, seeOther } from '../../http/handle.ts'
import { limitFailures } from '../../http/limit-failures.ts'
import { privatePage } from '../../http/security.ts'
import { neutralPage } from '../../http/respondent-page.ts'
import { countAnswersThrough, declareReach, getSurveyWords } from '../queries/coordinator-page.ts'
import { getCascadeLinkByCoordinatorToken, getCascadeLinkByShortCode } from '../queries/coordinators.ts'
import { getCascadeLinkByTokenHash } from '../queries/links.ts'
import { addressesOfLink } from '../../links/cascade-addresses.ts'
import { hashShortCode, type Coordinated } from '../../links/short-code.ts'
import { hashToken } from '../../links/tokens.ts'
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
  const countFailure = limitFailures()
  const form = urlencoded({ extended: false, limit: '10kb' })
  const params = tokenParams

  const byShortCode = (code: string) => getCascadeLinkByShortCode(db, hashShortCode(tokenKey, code))
  const byCoordinator = (token: string) => getCascadeLinkByCoordinatorToken(db, hashToken(token))
  const byLink = (token: string) => {
    const found = getCascadeLinkByTokenHash(db, hashToken(token))
    return found?.link.withdrawnAt === null ? found : undefined
  }
  /** Only addresses that lead nowhere count and are refused: a whole council may sit behind one, and some of it mistypes. */
  const limited =
    (find: (token: string) => unknown): RequestHandler =>
    (req, res, next) =>
      find(String(req.params['token'])) ? next() : countFailure(req, res, next)

  router.get(
    '/s/:token',
    privatePage,
    limited(byShortCode),
    handle({ params }, ({ params }) => {
      const found = byShortCode(params.token)
      return found ? seeOther(new URL(addressesOf(context, found.link).url).pathname) : unknown
    }),
  )
  router.get(
    '/c/:token/poster',
    privatePage,
    limited(byLink),
    handle({ params }, ({ params }) => {
      const found = byLink(params.token)
      if (!found) return unknown
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
    limited(byCoordinator),
    handle({ params, query: pageQuery }, ({ params, query }) => {
      const found = byCoordinator(params.token)
      const base = `/coordinator/${params.token}`
      return found ? render(context, found, { base, saved: query.saved === '1' }) : unknown
    }),
  )
  // Where a number was refused, the address bar names this address.
  router.get('/coordinator/:token/reach', privatePage, (req, res) =>
    res.redirect(303, req.path.slice(0, -'/reach'.length)),
  )
  router.post(
    '/coordinator/:token/reach',
    privatePage,
    limited(byCoordinator),
    form,
    handle({ params, body: reachBody }, ({ params, body }) => {
      const found = byCoordinator(params.token)
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

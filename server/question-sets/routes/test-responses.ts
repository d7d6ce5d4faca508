import { Router, type Request } from 'express'
import type { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { created, handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { getContentToTry } from '../queries/content-to-try.ts'
import { compileView, loadTitle, viewTestResponses } from '../queries/test-response-views.ts'
import { addTestResponse, deleteTestResponse, deleteTestResponses } from '../queries/test-responses.ts'
import {
  fillTestResponseSchema,
  testResponseParamsSchema,
  testResponseSchema,
  testResponsesSchema,
} from '../schema/test-responses.ts'
import { slugParamsSchema, versionParamsSchema } from '../schema/versions.ts'

type Filled = z.infer<typeof fillTestResponseSchema>

/** Mounted at /api/question-sets: answers given to try a version or a draft out; for admins alone. */
export function testResponseRoutes({ db, clock }: Pick<AppContext, 'db' | 'clock'>): Router {
  const router = Router()
  const admin = requireRole('admin')
  const fill = (slug: string, version: number | null, { answers }: Filled, req: Request) => {
    const content = getContentToTry(db, slug, version)
    const row = addTestResponse(db, { content, answers, ...actorOf(req, clock) })
    return created(compileView(content)(row))
  }

  router.post(
    '/:slug/versions/:version/test-responses',
    admin,
    handle(
      {
        summary: 'Keep answers to a version as a test response: never in a result, an export or a rate',
        params: versionParamsSchema,
        body: fillTestResponseSchema,
        returns: testResponseSchema,
      },
      ({ params: { slug, version }, body, req }) => fill(slug, version, body, req),
    ),
  )
  router.post(
    '/:slug/draft/test-responses',
    admin,
    handle(
      {
        summary: 'Keep answers to a draft as a test response, while nothing is missing in the draft',
        params: slugParamsSchema,
        body: fillTestResponseSchema,
        returns: testResponseSchema,
      },
      ({ params: { slug }, body, req }) => fill(slug, null, body, req),
    ),
  )
  router.get(
    '/:slug/test-responses',
    admin,
    handle(
      {
        summary: 'Test responses to the versions and the draft of a set, and what each does to every figure',
        params: slugParamsSchema,
        returns: testResponsesSchema,
      },
      ({ params: { slug } }) => viewTestResponses(db, slug),
    ),
  )
  router.delete(
    '/:slug/test-responses',
    admin,
    handle({ summary: 'Delete every test response of a set', params: slugParamsSchema }, ({ params: { slug } }) => {
      loadTitle(db, slug)
      deleteTestResponses(db, slug)
    }),
  )
  router.delete(
    '/:slug/test-responses/:id',
    admin,
    handle({ summary: 'Delete a test response', params: testResponseParamsSchema }, ({ params: { slug, id } }) =>
      deleteTestResponse(db, slug, id),
    ),
  )
  return router
}

import { Router, type Request } from 'express'
import { countFrame } from '../collections/queries/collections.ts'
import { presentCollection } from '../collections/rules/present-collection.ts'
import { collectionParamsSchema, collectionSchema } from '../collections/schema.ts'
import type { AppContext } from '../context.ts'
import { removeUploads } from '../frame/import/uploads.ts'
import { handle } from '../http/handle.ts'
import { actorOf, requireRole } from '../http/staff.ts'
import { getSchedule } from '../invitations/queries/schedule.ts'
import { extendSchema, scheduleSchema } from '../invitations/schema/schedule.ts'
import { extendCollection } from './queries/extend.ts'
import { openCollection } from './queries/open.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: a collection goes into the field, and stays there longer. */
export function fieldingRoutes({ db, clock, tokenKey, config }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  const who = (req: Request) => ({ ...actorOf(req, clock), tokenKey })

  router.post(
    '/:id/open',
    admin,
    handle(
      { summary: 'Open a draft: make its invitations or links', params, returns: collectionSchema },
      async ({ params, req }) => {
        const opened = openCollection(db, params.id, who(req))
        // The frame stands: what was uploaded and not drawn has no use any more.
        await removeUploads(config.dataDir, params.id)
        return presentCollection(opened, countFrame(db, opened.id), clock())
      },
    ),
  )
  router.post(
    '/:id/extend',
    admin,
    handle(
      { summary: 'Close on a later day', params, body: extendSchema, returns: scheduleSchema },
      ({ params, body, req }) => {
        const extended = extendCollection(db, params.id, body.closes, actorOf(req, clock))
        return getSchedule(db, extended, clock())
      },
    ),
  )
  return router
}

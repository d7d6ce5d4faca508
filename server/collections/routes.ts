import { Router, type Request } from 'express'
import type { AppContext } from '../context.ts'
import { countFrame, listCollections, type Collection, requireCollection } from './queries/collections.ts'
import { created, handle } from '../http/handle.ts'
import { actorOf, requireRole } from '../http/staff.ts'
import { closeCollection, createCollection } from './queries/stages.ts'
import { moveCollectionToVersion } from './queries/version.ts'
import { presentCollection } from './rules/present-collection.ts'
import {
  collectionParamsSchema,
  collectionSchema,
  collectionsSchema,
  moveSchema,
  newCollectionSchema,
} from './schema.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: a collection's life. */
export function collectionRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  const everyone = requireRole('admin', 'reviewer', 'analyst')
  const admin = requireRole('admin')
  const present = (collection: Collection) => presentCollection(collection, countFrame(db, collection.id), clock())
  const who = (req: Request) => actorOf(req, clock)

  router.get(
    '/',
    everyone,
    handle({ summary: 'Collections, newest first', returns: collectionsSchema }, () => ({
      collections: listCollections(db).map(present),
    })),
  )
  router.post(
    '/',
    admin,
    handle({ summary: 'Make a draft', body: newCollectionSchema, returns: collectionSchema }, ({ body, req }) =>
      created(present(createCollection(db, body, who(req)))),
    ),
  )
  router.get(
    '/:id',
    everyone,
    handle({ summary: 'One collection', params, returns: collectionSchema }, ({ params }) =>
      present(requireCollection(db, params.id)),
    ),
  )
  router.post(
    '/:id/close',
    admin,
    handle({ summary: 'Close for good', params, returns: collectionSchema }, ({ params, req }) =>
      present(closeCollection(db, params.id, who(req))),
    ),
  )
  router.post(
    '/:id/version',
    admin,
    handle(
      {
        summary: 'Field a corrected version from now on; answers keep the version they were begun on',
        params,
        body: moveSchema,
        returns: collectionSchema,
      },
      ({ params, body, req }) => present(moveCollectionToVersion(db, params.id, body.version, who(req))),
    ),
  )
  return router
}

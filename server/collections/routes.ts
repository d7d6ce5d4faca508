import { Router, type Request } from 'express'
import type { z } from 'zod'
import type { AppContext } from '../context.ts'
import { queueInvitationsGently } from '../invitations/queries/queue-mailing.ts'
import { listCascadeLinks } from '../invitations/queries/links.ts'
import { presentPlan } from '../invitations/rules/present-plan.ts'
import { listInvitationMessages } from '../outbox/queries/messages.ts'
import { deriveToken } from '../links/tokens.ts'
import { removeUploads } from '../frame/import/uploads.ts'
import { countFrame } from '../frame/queries.ts'
import { created, handle, Reply } from '../http/handle.ts'
import { actorOf, requireRole, staffOf } from '../http/staff.ts'
import { daysToCsv, progressToCsv } from '../progress/export.ts'
import { listCollections, load, type Collection } from './queries/collections.ts'
import { getProgress } from '../progress/queries/progress.ts'
import { closeCollection, createCollection, openCollection } from './queries/stages.ts'
import { moveCollectionToVersion } from './queries/version.ts'
import { presentCollection } from './rules/present-collection.ts'
import {
  collectionParamsSchema,
  collectionSchema,
  collectionsSchema,
  invitationPlanSchema,
  linksSchema,
  messagesQuerySchema,
  messagesSchema,
  moveSchema,
  newCollectionSchema,
  progressQuerySchema,
  progressSchema,
  queueBodySchema,
  type Progress,
} from './schema.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: a collection's life. */
export function collectionRoutes({ db, clock, tokenKey, config }: AppContext): Router {
  const router = Router()
  const everyone = requireRole('admin', 'reviewer', 'analyst')
  const admin = requireRole('admin')
  const present = (collection: Collection) => presentCollection(collection, countFrame(db, collection.id), clock())
  const who = (req: Request) => ({ ...actorOf(req, clock), tokenKey })

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
      present(load(db, params.id)),
    ),
  )
  router.post(
    '/:id/open',
    admin,
    handle(
      { summary: 'Open a draft: make its invitations or links', params, returns: collectionSchema },
      async ({ params, req }) => {
        const opened = openCollection(db, params.id, who(req))
        // The frame stands: what was uploaded and not drawn has no use any more.
        await removeUploads(config.dataDir, params.id)
        return present(opened)
      },
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
  router.get(
    '/:id/progress',
    everyone,
    handle(
      {
        summary: 'Counts of invitations and responses, never answers; small ones for admins alone',
        params,
        query: progressQuerySchema,
        returns: progressSchema,
      },
      async ({ params, query, req }) => {
        const collection = load(db, params.id)
        return answerProgress(collection, await getProgress(db, collection, staffOf(req), clock()), query)
      },
    ),
  )
  router.post(
    '/:id/invitations',
    admin,
    handle(
      {
        summary: 'Queue invitations, or only say who would get one',
        params,
        body: queueBodySchema,
        returns: invitationPlanSchema,
      },
      async ({ params, body, req }) => ({
        dryRun: body.dryRun,
        ...presentPlan(await queueInvitationsGently(db, load(db, params.id), { ...who(req), dryRun: body.dryRun })),
      }),
    ),
  )
  router.get(
    '/:id/messages',
    admin,
    handle(
      {
        summary: 'Where each message to an invited service stands, a page at a time',
        params,
        query: messagesQuerySchema,
        returns: messagesSchema,
      },
      ({ params, query }) => listInvitationMessages(db, load(db, params.id).id, query),
    ),
  )
  router.get(
    '/:id/links',
    admin,
    handle({ summary: 'The links of a cascade, to pass on', params, returns: linksSchema }, ({ params }) => ({
      links: listCascadeLinks(db, load(db, params.id).id).map(({ link, system }) => ({
        id: link.id,
        system: { code: system.code, name: system.name },
        organisation: link.organisation,
        url: `${config.publicUrl}/c/${deriveToken(tokenKey, 'cascade', link.id)}`,
        withdrawnAt: link.withdrawnAt,
      })),
    })),
  )
  return router
}

function answerProgress(
  collection: Collection,
  progress: Progress,
  { format, of }: z.infer<typeof progressQuerySchema>,
): Progress | Reply {
  if (format !== 'csv') return progress
  const text = of === 'days' ? daysToCsv(progress, collection) : progressToCsv(progress, collection)
  return new Reply(200, text, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="progress-${of}.csv"`,
  })
}

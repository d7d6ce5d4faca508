import { Router } from 'express'
import type { z } from 'zod'
import { requireCollection, type Collection } from '../collections/queries/collections.ts'
import { collectionParamsSchema } from '../collections/schema.ts'
import type { AppContext } from '../context.ts'
import { handle, Reply } from '../http/handle.ts'
import { requireRole, staffOf } from '../http/staff.ts'
import { daysToCsv, progressToCsv } from './export.ts'
import { getProgress } from './queries/progress.ts'
import { progressQuerySchema, progressSchema, type Progress } from './schema.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: how far a collection has come. */
export function progressRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  const everyone = requireRole('admin', 'reviewer', 'analyst')
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
        const collection = requireCollection(db, params.id)
        return answerProgress(collection, await getProgress(db, collection, staffOf(req), clock()), query)
      },
    ),
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

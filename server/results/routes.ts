import { Router } from 'express'
import { z } from 'zod'
import { requireCollection } from '../collections/queries/collections.ts'
import type { AppContext } from '../context.ts'
import { created, handle, Reply } from '../http/handle.ts'
import { actorOf, requireRole, staffOf } from '../http/staff.ts'
import { resultsToCsv } from './export.ts'
import { getResults } from './queries/published.ts'
import { releaseSnapshot } from './queries/release.ts'
import { findSnapshot, listSnapshots } from './queries/snapshots.ts'
import { listVersionsToCountUnder } from './queries/versions.ts'
import { presentSnapshot } from './rules/present-snapshot.ts'
import * as schema from './schema.ts'
import { takeSnapshotInBackground, verifySnapshotInBackground } from './worker.ts'

/** Snapshots and results, under /api/collections. */
export function resultRoutes(context: AppContext): Router {
  const { db, clock } = context
  const router = Router()
  const admin = requireRole('admin')
  const everyone = requireRole('admin', 'reviewer', 'analyst')

  router.get(
    '/:id/results',
    everyone,
    handle(
      {
        summary: 'The released results: the whole, or with a breakdown or the cross',
        params: schema.collectionParams,
        query: schema.resultsQuery,
        returns: schema.resultsSchema,
      },
      ({ params, query, req }) => answerResults(context, params.id, query, staffOf(req).systemIds),
    ),
  )
  router.get(
    '/:id/snapshots',
    admin,
    handle(
      { summary: 'Snapshots, oldest first', params: schema.collectionParams, returns: z.array(schema.snapshotSchema) },
      ({ params }) => listSnapshots(db, requireCollection(db, params.id).id).map(presentSnapshot),
    ),
  )
  router.post(
    '/:id/snapshots',
    admin,
    handle(
      {
        summary: 'Take a snapshot, by the plan of the collection’s own version or of a later one',
        params: schema.collectionParams,
        body: schema.takeBody,
        returns: schema.snapshotSchema,
      },
      async ({ params, body: { version }, req }) => {
        const taking = { ...actorOf(req, clock), version }
        return created(presentSnapshot(await takeSnapshotInBackground(db, params.id, taking)))
      },
    ),
  )
  router.get(
    '/:id/snapshots/versions',
    admin,
    handle(
      {
        summary:
          'The versions by whose plan a snapshot can be taken: the collection’s own, and later ones that change no more than the plan',
        params: schema.collectionParams,
        returns: schema.versionsToTakeSchema,
      },
      ({ params }) =>
        listVersionsToCountUnder(db, requireCollection(db, params.id)).map(({ version, comparability }) => ({
          version,
          comparability,
        })),
    ),
  )
  router.post(
    '/:id/snapshots/:sid/verify',
    admin,
    handle(
      {
        summary: 'Take a snapshot again and compare',
        params: schema.snapshotParams,
        returns: schema.verificationSchema,
      },
      ({ params }) =>
        verifySnapshotInBackground(db, params.id, findSnapshot(db, requireCollection(db, params.id).id, params.sid).id),
    ),
  )
  router.post(
    '/:id/snapshots/:sid/release',
    admin,
    handle(
      {
        summary: 'Release a snapshot: staff see its results from then on',
        params: schema.snapshotParams,
        returns: schema.snapshotSchema,
      },
      ({ params, req }) => presentSnapshot(releaseSnapshot(db, params.id, params.sid, actorOf(req, clock))),
    ),
  )
  return router
}

function answerResults(
  { db }: AppContext,
  id: string,
  { breakdown, cross, format }: z.infer<typeof schema.resultsQuery>,
  systemIds: readonly string[] | null,
): Reply {
  const results = getResults(db, id, { breakdown, cross: cross === 'true' }, systemIds)
  const { notice } = requireCollection(db, id)
  // The JSON is a contract to the letter: what else is to be said goes beside it. A header holds ASCII alone.
  const headers: Record<string, string> = notice === null ? {} : { 'X-Notice': notice.replace(/[^\x20-\x7e]+/g, ' ') }
  if (format !== 'csv') return new Reply(200, results, headers)
  const name = [results.collection.questionSet, ...results.breakdown].join('-')
  return new Reply(200, resultsToCsv(results, notice), {
    ...headers,
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  })
}

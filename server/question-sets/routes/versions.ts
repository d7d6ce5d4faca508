import { Router } from 'express'
import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { handle, Reply } from '../../http/handle.ts'
import { requireRole } from '../../http/staff.ts'
import { versionToFile } from '../export.ts'
import { compareVersions, getVersionByNumber, listQuestionSets, type QuestionSetVersion } from '../queries/versions.ts'
import { presentSet, presentVersion } from '../rules/present-version.ts'
import { presentChanges } from '../rules/draft/present-changes.ts'
import {
  comparisonSchema,
  compareQuerySchema,
  questionSetFileSchema,
  questionSetListSchema,
  questionSetVersionSchema,
  slugParamsSchema,
  versionParamsSchema,
} from '../schema/versions.ts'
import { paperForm } from '../templates/paper-form.ts'

/** Mounted at /api/question-sets: what was published, for every signed-in person. */
export function versionRoutes({ db }: Pick<AppContext, 'db'>): Router {
  const router = Router()
  const staffOnly = requireRole('admin', 'reviewer', 'analyst')

  router.get(
    '/',
    staffOnly,
    handle({ summary: 'Question sets and their versions', returns: questionSetListSchema }, () =>
      listQuestionSets(db).map(presentSet),
    ),
  )

  router.get(
    '/:slug/versions/:version',
    staffOnly,
    handle(
      {
        summary: 'One version: questions, provenance and analysis plan',
        params: versionParamsSchema,
        returns: questionSetVersionSchema,
      },
      ({ params }) => presentVersion(loadVersion(db, params.slug, params.version)),
    ),
  )

  router.get(
    '/:slug/versions/:version/export',
    staffOnly,
    handle(
      { summary: 'One version as a file', params: versionParamsSchema, returns: questionSetFileSchema },
      ({ params: { slug, version } }) =>
        fileReply(`${slug}-version-${version}.json`, versionToFile(loadVersion(db, slug, version))),
    ),
  )

  router.get(
    '/:slug/compare',
    staffOnly,
    handle(
      {
        summary: 'Every change between two published versions, classed',
        params: slugParamsSchema,
        query: compareQuerySchema,
        returns: comparisonSchema,
      },
      ({ params: { slug }, query: { from, to } }) => ({
        from,
        to,
        changes: presentChanges(compareVersions(db, loadVersion(db, slug, from), loadVersion(db, slug, to))),
      }),
    ),
  )

  router.get(
    '/:slug/versions/:version/paper',
    staffOnly,
    handle(
      { summary: 'One version as a form to print, with the codes for data entry; HTML', params: versionParamsSchema },
      ({ params }) => {
        const version = getVersionByNumber(db, params.slug, params.version)
        if (!version) throw notFound('There is no such version of a question set.')
        return paperForm(version)
      },
    ),
  )
  return router
}

/** Throws not_found. */
function loadVersion(db: AppContext['db'], slug: string, version: number): QuestionSetVersion {
  const found = getVersionByNumber(db, slug, version)
  if (!found) throw notFound('There is no such version of a question set.')
  return found
}

export const fileReply = (name: string, file: object) =>
  new Reply(200, file, { 'Content-Disposition': `attachment; filename="${name}"` })

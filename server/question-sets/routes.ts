import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { handle } from '../http/handle.ts'
import { requireRole } from '../http/sessions.ts'
import { getVersionByNumber, listQuestionSets, type QuestionSetVersion } from './queries.ts'
import {
  questionSetListSchema,
  questionSetVersionSchema,
  versionParamsSchema,
  type QuestionSetSummary,
  type QuestionSetVersionDetail,
} from './schema.ts'
import { paperForm } from './templates/paper-form.ts'

/** Mounted at /api/question-sets: what was published, for every signed-in person. */
export function questionSetRoutes({ db }: Pick<AppContext, 'db'>): Router {
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
      ({ params }) => {
        const version = getVersionByNumber(db, params.slug, params.version)
        if (!version) throw notFound('There is no such version of a question set.')
        return presentVersion(version)
      },
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

type ListedSet = ReturnType<typeof listQuestionSets>[number]

const presentSummary = ({ id, version, sha256, comparability, publishedAt }: ListedSet['versions'][number]) => ({
  id,
  version,
  sha256,
  comparability,
  publishedAt,
})

const presentSet = ({ id, slug, title, versions }: ListedSet): QuestionSetSummary => ({
  id,
  slug,
  title,
  versions: versions.map(presentSummary),
})

const presentVersion = (row: QuestionSetVersion): QuestionSetVersionDetail => ({
  ...presentSummary(row),
  slug: row.slug,
  title: row.title,
  planSha256: row.planSha256,
  questions: row.questions,
  plan: row.plan,
})

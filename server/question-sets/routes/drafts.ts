import { Router, type Request } from 'express'
import type { AppContext } from '../../context.ts'
import { readFileBody } from '../../http/file-body.ts'
import { created, handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { draftToFile } from '../export.ts'
import { largestFile } from '../import/read-json.ts'
import { getDraftCheck, getDraftComparison, viewDraft } from '../queries/draft-views.ts'
import { discardDraft, importIntoDraft, listDrafts, loadDraft, startDraft, updateDraft } from '../queries/drafts.ts'
import { publishDraft } from '../queries/publish-draft.ts'
import { fileReply } from './versions.ts'
import { presentDraftSummary } from '../rules/draft/present-draft.ts'
import { presentVersion } from '../rules/present-version.ts'
import {
  comparisonSchema,
  questionSetFileSchema,
  questionSetVersionSchema,
  slugParamsSchema,
} from '../schema/versions.ts'
import {
  draftCheckSchema,
  draftSchema,
  draftsSchema,
  importedDraftSchema,
  publishDraftSchema,
  seenRevisionSchema,
  startDraftSchema,
  updateDraftSchema,
} from '../schema/drafts.ts'

const params = slugParamsSchema

/** Mounted at /api/question-sets: drafts, and making versions of them; for admins alone. */
export function draftRoutes({ db, clock }: Pick<AppContext, 'db' | 'clock'>): Router {
  const router = Router()
  const admin = requireRole('admin')
  const who = (req: Request) => actorOf(req, clock)

  router.get(
    '/drafts',
    admin,
    handle({ summary: 'Drafts of question sets, of new ones too', returns: draftsSchema }, () => ({
      drafts: listDrafts(db).map(presentDraftSummary),
    })),
  )
  router.post(
    '/:slug/draft',
    admin,
    handle(
      {
        summary: 'Start a draft from the newest version, or of a new question set',
        params,
        body: startDraftSchema,
        returns: draftSchema,
      },
      ({ params: { slug }, body, req }) => created(viewDraft(db, startDraft(db, { slug, ...body, ...who(req) }))),
    ),
  )
  router.get(
    '/:slug/draft',
    admin,
    handle({ summary: 'A draft, and who changed what', params, returns: draftSchema }, ({ params: { slug } }) =>
      viewDraft(db, loadDraft(db, slug)),
    ),
  )
  router.put(
    '/:slug/draft',
    admin,
    handle(
      {
        summary: 'Save the whole draft, complete or not; refused where somebody else has saved since',
        params,
        body: updateDraftSchema,
        returns: draftSchema,
      },
      ({ params: { slug }, body, req }) => viewDraft(db, updateDraft(db, { slug, ...body, ...who(req) })),
    ),
  )
  router.post(
    '/:slug/draft/import',
    admin,
    handle(
      {
        summary:
          'Put a file (application/octet-stream) in the place of what the draft holds: ours, or plain SurveyJS JSON',
        params,
        query: seenRevisionSchema,
        returns: importedDraftSchema,
      },
      async ({ params: { slug }, query, req }) => {
        const file = await readFileBody(req, largestFile)
        const { draft, notes } = importIntoDraft(db, { slug, ...query, file, ...who(req) })
        return { ...viewDraft(db, draft), notes }
      },
    ),
  )
  router.delete(
    '/:slug/draft',
    admin,
    handle(
      { summary: 'Discard a draft for good', params, query: seenRevisionSchema },
      ({ params: { slug }, query, req }) => discardDraft(db, { slug, ...query, ...who(req) }),
    ),
  )
  router.get(
    '/:slug/draft/check',
    admin,
    handle(
      { summary: 'What keeps a draft from being published, place by place', params, returns: draftCheckSchema },
      ({ params: { slug } }) => getDraftCheck(db, slug),
    ),
  )
  router.get(
    '/:slug/draft/compare',
    admin,
    handle(
      { summary: 'Every change of a draft from the newest version, classed', params, returns: comparisonSchema },
      ({ params: { slug } }) => getDraftComparison(db, slug),
    ),
  )
  router.get(
    '/:slug/draft/export',
    admin,
    handle({ summary: 'A draft as a file', params, returns: questionSetFileSchema }, ({ params: { slug } }) =>
      fileReply(`${slug}-draft.json`, draftToFile(loadDraft(db, slug))),
    ),
  )
  router.post(
    '/:slug/draft/publish',
    admin,
    handle(
      {
        summary: 'Make a draft the next version, for ever',
        params,
        body: publishDraftSchema,
        returns: questionSetVersionSchema,
      },
      ({ params: { slug }, body, req }) => created(presentVersion(publishDraft(db, { slug, ...body, ...who(req) }))),
    ),
  )
  return router
}

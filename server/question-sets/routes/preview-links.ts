import { Router } from 'express'
import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { handle } from '../../http/handle.ts'
import { requireRole } from '../../http/staff.ts'
import { loadDraft } from '../queries/drafts.ts'
import { getVersionByNumber } from '../queries/versions.ts'
import { makePreviewToken, type Previewed } from '../../links/preview-token.ts'
import { previewLinkSchema, slugParamsSchema, versionParamsSchema } from '../schema/versions.ts'

/** Mounted at /api/question-sets: addresses of previews to pass on; for admins alone. */
export function previewLinkRoutes({ db, config, tokenKey }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  const linkTo = (previewed: Previewed) => ({
    url: `${config.publicUrl}/preview/${makePreviewToken(tokenKey, previewed)}`,
  })

  router.get(
    '/:slug/versions/:version/preview-link',
    admin,
    handle(
      {
        summary: 'The address of a preview to pass on; what is answered there is not kept',
        params: versionParamsSchema,
        returns: previewLinkSchema,
      },
      ({ params: { slug, version } }) => {
        const found = getVersionByNumber(db, slug, version)
        if (!found) throw notFound('There is no such version of a question set.')
        return linkTo({ versionId: found.id })
      },
    ),
  )
  router.get(
    '/:slug/draft/preview-link',
    admin,
    handle(
      {
        summary: 'The address of a preview of the draft to pass on; it ends with the draft',
        params: slugParamsSchema,
        returns: previewLinkSchema,
      },
      ({ params: { slug } }) => linkTo(loadDraft(db, slug)),
    ),
  )
  return router
}

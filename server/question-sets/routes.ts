import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { draftRoutes } from './routes/drafts.ts'
import { previewLinkRoutes } from './routes/preview-links.ts'
import { testResponseRoutes } from './routes/test-responses.ts'
import { versionRoutes } from './routes/versions.ts'

/** Mounted at /api/question-sets: versions, drafts, and trying both out. */
export const questionSetRoutes = (context: AppContext): Router =>
  Router().use(versionRoutes(context), draftRoutes(context), testResponseRoutes(context), previewLinkRoutes(context))

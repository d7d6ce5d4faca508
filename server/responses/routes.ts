import express, { Router } from 'express'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { handle } from '../http/handle.ts'
import { saveSchema, submitSchema } from './schema.ts'
import { showCheckPage, submitFromCheckPage } from './routes/check.ts'
import { sendFinishLater, showFinishLaterPage } from './routes/finish-later.ts'
import { showWithdrawPage, withdraw } from './routes/leaving.ts'
import { loadLink } from './routes/load-link.ts'
import { choose, passOnToColleague, showChoicePage, showPassOnPage, showUndoPage, undo } from './routes/own-choice.ts'
import { savePage, showPage } from './routes/pages.ts'
import { getQuestionnaire, patchAnswers, submitAnswers } from './routes/questionnaire.ts'
import { formOnly, jsonOnly, whileAnswerable } from './routes/state.ts'
import { showIntroduction, showReceipt } from './routes/start.ts'
import { accessibilityPage, cookiesPage, privacyPage } from './templates/information.ts'
import { watchSubmissions } from '../cascade/routes.ts'
import { privatePage } from '../http/security.ts'
import { previewRoutes } from './routes/preview.ts'

const pageParams = z.object({ page: z.string() })

/** Everything that a respondent opens: their link, a preview of a questionnaire, and what is to be known of the service. */
export function respondentPages(context: AppContext): Router {
  const router = Router()
  router.use(
    ['/r', '/c'],
    privatePage,
    express.urlencoded({ extended: false, limit: '256kb' }),
    express.json({ limit: '256kb' }),
    watchSubmissions(context),
    linkPages(context),
  )
  router.use('/preview', previewRoutes(context))
  router.use(informationPages())
  return router
}

/** All that a respondent's link leads to; mounted at /r (personal and resume links) and /c (shared links). */
function linkPages(context: AppContext): Router {
  const router = Router()
  const answerable = whileAnswerable()
  router.use('/:token', loadLink(context))

  router.get('/:token', handle({}, showIntroduction))
  router.get('/:token/receipt', handle({}, showReceipt))

  router.get('/:token/pages/:page', answerable, handle({ params: pageParams }, showPage(context)))
  router.post('/:token/pages/:page', formOnly, answerable, handle({ params: pageParams }, savePage(context)))
  router.get('/:token/check', answerable, handle({}, showCheckPage(context)))

  router.get('/:token/withdraw', handle({}, showWithdrawPage))
  router.post('/:token/withdraw', formOnly, handle({}, withdraw(context)))
  router.get('/:token/decline', handle({}, showChoicePage))
  router.post('/:token/decline', formOnly, handle({}, choose(context)))
  router.get('/:token/pass-on', handle({}, showPassOnPage))
  router.post('/:token/pass-on', formOnly, handle({}, passOnToColleague(context)))
  router.get('/:token/undo', handle({}, showUndoPage))
  router.post('/:token/undo', formOnly, handle({}, undo(context)))
  router.get('/:token/later', handle({}, showFinishLaterPage))
  router.post('/:token/later', formOnly, handle({}, sendFinishLater(context)))

  router.get('/:token/questionnaire', handle({}, getQuestionnaire))
  router.patch('/:token/answers', jsonOnly, handle({ body: saveSchema }, patchAnswers(context)))
  const submitJson = handle({ body: submitSchema }, submitAnswers(context))
  const submitForm = handle({}, submitFromCheckPage(context))
  router.post('/:token/submit', (req, res, next) => (req.is('json') ? submitJson : submitForm)(req, res, next))
  return router
}

/** What people may want to know before they trust a page: the same for everyone. */
function informationPages(): Router {
  const router = Router()
  router.get('/privacy', handle({}, privacyPage))
  router.get('/accessibility', handle({}, accessibilityPage))
  router.get('/cookies', handle({}, cookiesPage))
  return router
}

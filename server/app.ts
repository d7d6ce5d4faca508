import compression from 'compression'
import express, { type Express } from 'express'
import { accountRoutes, readSession, signInPages } from './accounts/routes.ts'
import { collectionRoutes } from './collections/routes.ts'
import type { AppContext } from './context.ts'
import { dispositionRoutes } from './invitations/routes/dispositions.ts'
import { coordinatorPages } from './cascade/routes/coordinator-pages.ts'
import { coordinatorRoutes } from './cascade/routes/coordinators.ts'
import { scheduleRoutes } from './invitations/routes/schedule.ts'
import { templateRoutes } from './message-templates/routes.ts'
import { unsubscribeRoutes } from './invitations/routes/unsubscribe.ts'
import { deliveryReportRoutes, deliveryRoutes } from './invitations/routes/delivery.ts'
import { flagRoutes, watchSubmissions } from './cascade/routes/flags.ts'
import { frameRoutes } from './frame/routes.ts'
import { assetsFolder } from './http/assets.ts'
import { consolePages } from './http/console-page.ts'
import { onError, onNotFound } from './http/on-error.ts'
import { openApiRoutes } from './http/open-api.ts'
import { checkOrigin, privatePage, securityHeaders } from './http/security.ts'
import { questionSetRoutes } from './question-sets/routes/versions.ts'
import { draftRoutes } from './question-sets/routes/drafts.ts'
import { previewLinkRoutes } from './question-sets/routes/preview-links.ts'
import { testResponseRoutes } from './question-sets/routes/test-responses.ts'
import { previewRoutes } from './responses/routes/preview.ts'
import { informationPages, respondentRoutes } from './responses/routes.ts'
import { resultRoutes } from './results/routes.ts'
import { systemRoutes } from './systems/routes.ts'

/** The whole application: middleware, routers, 404, onError. */
export function createApp(context: AppContext): Express {
  const { publicUrl } = context.config
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  // Rate limits count by address: a proxy on this machine says whose it is, and nobody else is believed.
  app.set('trust proxy', 'loopback')

  app.use(securityHeaders(publicUrl))
  app.use(compression())
  app.use('/assets', express.static(`${assetsFolder}/assets`, { immutable: true, maxAge: '1y', index: false }))
  app.get('/healthz', (_req, res) => res.json({ status: 'ok' }))
  app.use(informationPages())
  app.use(coordinatorPages(context))

  app.use(
    ['/r', '/c'],
    privatePage,
    express.urlencoded({ extended: false, limit: '256kb' }),
    express.json({ limit: '256kb' }),
    watchSubmissions(context),
    respondentRoutes(context),
  )

  app.use('/u', unsubscribeRoutes(context))
  app.use('/preview', previewRoutes(context))

  app.use(['/sign-in', '/sign-out', '/console', '/api'], privatePage, readSession(context))
  app.use(['/sign-in', '/sign-out'], express.urlencoded({ extended: false, limit: '10kb' }), checkOrigin(publicUrl))
  app.use(signInPages(context))
  app.use('/console', consolePages())

  app.use('/api', checkOrigin(publicUrl), express.json({ limit: '1mb' }))
  const api = {
    '/api/account': accountRoutes(context),
    '/api/systems': systemRoutes(context),
    '/api/question-sets': [
      questionSetRoutes(context),
      draftRoutes(context),
      testResponseRoutes(context),
      previewLinkRoutes(context),
    ],
    '/api/delivery-reports': deliveryReportRoutes(context),
    '/api/collections': [
      collectionRoutes(context),
      frameRoutes(context),
      scheduleRoutes(context),
      coordinatorRoutes(context),
      flagRoutes(context),
      templateRoutes(context),
      resultRoutes(context),
      dispositionRoutes(context),
      deliveryRoutes(context),
    ],
  }
  for (const [path, router] of Object.entries(api)) app.use(path, router)
  app.use('/api/openapi.json', openApiRoutes(api))

  app.get('/', (_req, res) => res.redirect(303, '/console'))
  app.use(onNotFound)
  app.use(onError(context.log))
  return app
}

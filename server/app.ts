import compression from 'compression'
import express, { type Express } from 'express'
import { accountPages, accountRoutes, readSession } from './accounts/routes.ts'
import { cascadeRoutes, coordinatorPages } from './cascade/routes.ts'
import { collectionRoutes } from './collections/routes.ts'
import type { AppContext } from './context.ts'
import { fieldingRoutes } from './fielding/routes.ts'
import { frameRoutes } from './frame/routes.ts'
import { assetsFolder } from './http/assets.ts'
import { consolePages } from './http/console-page.ts'
import { onError, onNotFound } from './http/on-error.ts'
import { openApiRoutes } from './http/open-api.ts'
import { checkOrigin, privatePage, securityHeaders } from './http/security.ts'
import { deliveryReportRoutes, invitationRoutes, unsubscribeRoutes } from './invitations/routes.ts'
import { messageTemplateRoutes } from './message-templates/routes.ts'
import { progressRoutes } from './progress/routes.ts'
import { questionSetRoutes } from './question-sets/routes.ts'
import { respondentPages } from './responses/routes.ts'
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

  app.use(coordinatorPages(context))
  app.use(respondentPages(context))
  app.use('/u', unsubscribeRoutes(context))

  app.use(['/sign-in', '/sign-out', '/console', '/api'], privatePage, readSession(context))
  app.use(accountPages(context))
  app.use('/console', consolePages())

  app.use('/api', checkOrigin(publicUrl), express.json({ limit: '1mb' }))
  const api = {
    '/api/account': [accountRoutes(context)],
    '/api/systems': [systemRoutes(context)],
    '/api/question-sets': [questionSetRoutes(context)],
    '/api/delivery-reports': [deliveryReportRoutes(context)],
    '/api/collections': [
      collectionRoutes(context),
      frameRoutes(context),
      messageTemplateRoutes(context),
      invitationRoutes(context),
      cascadeRoutes(context),
      fieldingRoutes(context),
      resultRoutes(context),
      progressRoutes(context),
    ],
  }
  for (const [path, routers] of Object.entries(api)) app.use(path, routers)
  app.use('/api/openapi.json', openApiRoutes(api))

  app.get('/', (_req, res) => res.redirect(303, '/console'))
  app.use(onNotFound)
  app.use(onError(context.log))
  return app
}

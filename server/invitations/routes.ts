import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { deliveryRoutes } from './routes/delivery.ts'
import { dispositionRoutes } from './routes/dispositions.ts'
import { invitationListRoutes } from './routes/invitations.ts'
import { scheduleRoutes } from './routes/schedule.ts'
export { deliveryReportRoutes } from './routes/delivery.ts'
export { unsubscribeRoutes } from './routes/unsubscribe.ts'

/** Mounted at /api/collections: invitations, their plan, what became of them, and addresses that do not work. */
export const invitationRoutes = (context: AppContext): Router =>
  Router().use(
    invitationListRoutes(context),
    scheduleRoutes(context),
    dispositionRoutes(context),
    deliveryRoutes(context),
  )

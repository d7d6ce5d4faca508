import { Router } from 'express'
import { requireCollection } from '../../collections/queries/collections.ts'
import { collectionParamsSchema } from '../../collections/schema.ts'
import type { AppContext } from '../../context.ts'
import { handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { listInvitationMessages } from '../queries/messages.ts'
import { queueInvitationsGently } from '../queries/queue-mailing.ts'
import { presentPlan } from '../rules/present-plan.ts'
import { invitationPlanSchema, messagesQuerySchema, messagesSchema, queueBodySchema } from '../schema/invitations.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: invitations, and where their messages stand. */
export function invitationListRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  router.post(
    '/:id/invitations',
    admin,
    handle(
      {
        summary: 'Queue invitations, or only say who would get one',
        params,
        body: queueBodySchema,
        returns: invitationPlanSchema,
      },
      async ({ params, body, req }) => ({
        dryRun: body.dryRun,
        ...presentPlan(
          await queueInvitationsGently(db, requireCollection(db, params.id), {
            ...actorOf(req, clock),
            dryRun: body.dryRun,
          }),
        ),
      }),
    ),
  )
  router.get(
    '/:id/messages',
    admin,
    handle(
      {
        summary: 'Where each message to an invited service stands, a page at a time',
        params,
        query: messagesQuerySchema,
        returns: messagesSchema,
      },
      ({ params, query }) => listInvitationMessages(db, requireCollection(db, params.id).id, query),
    ),
  )
  return router
}

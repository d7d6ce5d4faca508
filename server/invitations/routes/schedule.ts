import { Router, type Request } from 'express'
import { requireCollection } from '../../collections/queries/collections.ts'
import { collectionParamsSchema } from '../../collections/schema.ts'
import type { AppContext } from '../../context.ts'
import { handle, Reply } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { planToCsv } from '../export.ts'
import { queueLinkAgain } from '../queries/link-again.ts'
import { checkMailable, planMailingGently } from '../queries/queue-mailing.ts'
import { getSchedule, pauseSending, resumeSending, setSchedule } from '../queries/schedule.ts'
import { presentPlan } from '../rules/present-plan.ts'
import {
  invitationParamsSchema,
  mailingPlanSchema,
  newScheduleSchema,
  queuedMessageSchema,
  recipientsQuerySchema,
  scheduleSchema,
} from '../schema/schedule.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: when messages leave, and who gets them. */
export function scheduleRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  const who = (req: Request) => actorOf(req, clock)
  const present = (id: string) => getSchedule(db, requireCollection(db, id), clock())

  router.get(
    '/:id/schedule',
    admin,
    handle({ summary: 'The plan of mailings and where each stands', params, returns: scheduleSchema }, ({ params }) =>
      present(params.id),
    ),
  )
  router.put(
    '/:id/schedule',
    admin,
    handle(
      {
        summary: 'Replace what has not been sent of the plan, the window and the rate',
        params,
        body: newScheduleSchema,
        returns: scheduleSchema,
      },
      ({ params, body, req }) => {
        setSchedule(db, requireCollection(db, params.id).id, body, who(req))
        return present(params.id)
      },
    ),
  )
  router.get(
    '/:id/schedule/recipients',
    admin,
    handle(
      {
        summary: 'Who would get a mailing now, and why each other service would not',
        params,
        query: recipientsQuerySchema,
        returns: mailingPlanSchema,
      },
      async ({ params, query: { kind, format } }) => {
        const collection = requireCollection(db, params.id)
        checkMailable(collection, kind, clock())
        const plan = await planMailingGently(db, collection, kind, clock())
        if (format === 'json') return { dryRun: true, kind, ...presentPlan(plan) }
        return new Reply(200, planToCsv(plan), {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${kind}-recipients.csv"`,
        })
      },
    ),
  )
  for (const [name, change] of [
    ['pause', pauseSending],
    ['resume', resumeSending],
  ] as const)
    router.post(
      `/:id/schedule/${name}`,
      admin,
      handle({ summary: `${name} sending`, params, returns: scheduleSchema }, ({ params, req }) => {
        change(db, requireCollection(db, params.id).id, who(req))
        return present(params.id)
      }),
    )
  router.post(
    '/:id/invitations/:invitationId/link-again',
    admin,
    handle(
      { summary: "Send one person's link again", params: invitationParamsSchema, returns: queuedMessageSchema },
      ({ params, req }) => queueLinkAgain(db, { collectionId: params.id, invitationId: params.invitationId }, who(req)),
    ),
  )
  return router
}

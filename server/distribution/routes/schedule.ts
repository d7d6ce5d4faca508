import { Router } from 'express'
import { load } from '../../collections/queries/collections.ts'
import { extendCollection } from '../../collections/queries/extend.ts'
import { collectionParamsSchema } from '../../collections/schema.ts'
import type { AppContext } from '../../context.ts'
import { handle } from '../../http/handle.ts'
import { requireRole, staffOf } from '../../http/sessions.ts'
import { queueLinkAgain } from '../queries/link-again.ts'
import { checkMailable, planMailingGently } from '../queries/queue-mailing.ts'
import { getSchedule, pauseSending, resumeSending, setSchedule } from '../queries/schedule.ts'
import {
  extendSchema,
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
  const who = (req: Parameters<typeof staffOf>[0]) => ({ actor: staffOf(req).email, now: clock() })
  const present = (id: string) => getSchedule(db, load(db, id), clock())

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
        setSchedule(db, load(db, params.id).id, body, who(req))
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
      async ({ params, query: { kind } }) => {
        const collection = load(db, params.id)
        checkMailable(collection, kind, clock())
        return { dryRun: true, kind, ...(await planMailingGently(db, collection, kind, clock())) }
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
        change(db, load(db, params.id).id, who(req))
        return present(params.id)
      }),
    )
  router.post(
    '/:id/extend',
    admin,
    handle(
      { summary: 'Close on a later day', params, body: extendSchema, returns: scheduleSchema },
      ({ params, body, req }) => {
        extendCollection(db, params.id, body.closes, who(req))
        return present(params.id)
      },
    ),
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

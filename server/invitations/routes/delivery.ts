import { Router } from 'express'
import { requireCollection } from '../../collections/queries/collections.ts'
import { collectionParamsSchema } from '../../collections/schema.ts'
import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { readFileBody } from '../../http/file-body.ts'
import { created, handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { largestReport, takeInReport } from '../import/take-in-report.ts'
import { countDeliveryReports, listDeliveryReports } from '../queries/delivery-reports.ts'
import { listHistory } from '../queries/history.ts'
import { getInvitation } from '../queries/invitations.ts'
import {
  correctContact,
  listNotTaken,
  listReportsToRead,
  listUndelivered,
  retryNotTaken,
} from '../queries/undelivered.ts'
import {
  correctedSchema,
  correctionSchema,
  deliveryReportsSchema,
  historySchema,
  invitationParamsSchema,
  retriedSchema,
  takenReportSchema,
  undeliveredSchema,
} from '../schema/delivery.ts'

const admin = requireRole('admin')
const types = ['application/octet-stream', 'message/rfc822']

/** At /api/delivery-reports: what mail servers reported back. */
export function deliveryReportRoutes(context: AppContext): Router {
  const router = Router()
  router.get(
    '/',
    admin,
    handle({ summary: 'Delivery reports, understood or not', returns: deliveryReportsSchema }, () => ({
      counts: countDeliveryReports(context.db),
      reports: listDeliveryReports(context.db),
    })),
  )
  router.post(
    '/',
    admin,
    handle(
      { summary: 'Take in a delivery report: an .eml file as application/octet-stream', returns: takenReportSchema },
      async ({ req }) => {
        const { id, verdict, status, repeated } = await takeInReport(
          context,
          await readFileBody(req, largestReport, types),
          'upload',
        )
        return created({ id, verdict, status, repeated })
      },
    ),
  )
  return router
}

/** Under /api/collections: addresses that do not work, and what happened to one invitation. */
export function deliveryRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  router.get(
    '/:id/undelivered',
    admin,
    handle(
      {
        summary: 'Services whose address does not work, and reports that a person has to read',
        params: collectionParamsSchema,
        returns: undeliveredSchema,
      },
      ({ params }) => {
        const { id } = requireCollection(db, params.id)
        const reports = [...listNotTaken(db, id), ...listReportsToRead(db, id)]
        return { services: listUndelivered(db, id), reports }
      },
    ),
  )
  router.post(
    '/:id/undelivered/retry',
    admin,
    handle(
      {
        summary: 'Send once more what no mail server took, but for addresses that do not work',
        params: collectionParamsSchema,
        returns: retriedSchema,
      },
      ({ params, req }) => ({
        queued: retryNotTaken(db, requireCollection(db, params.id), actorOf(req, clock)),
      }),
    ),
  )
  router.put(
    '/:id/invitations/:invitation/contact',
    admin,
    handle(
      {
        summary: 'Correct a contact, and send the link again',
        params: invitationParamsSchema,
        body: correctionSchema,
        returns: correctedSchema,
      },
      ({ params, body, req }) =>
        correctContact(
          db,
          {
            collectionId: requireCollection(db, params.id).id,
            invitationId: params.invitation,
            email: body.email,
            name: body.name ?? null,
            sendAgain: body.sendAgain,
          },
          actorOf(req, clock),
        ),
    ),
  )
  router.get(
    '/:id/invitations/:invitation/history',
    admin,
    handle(
      { summary: 'What happened to an invitation', params: invitationParamsSchema, returns: historySchema },
      ({ params }) => {
        const invited = getInvitation(db, params.invitation)
        if (!invited || invited.collection.id !== params.id) throw notFound('There is no such invitation.')
        const { name, locationId, telephone, contactName, contactEmail } = invited.service
        return {
          service: { name, locationId, telephone, contactName, contactEmail },
          history: listHistory(db, params.invitation),
        }
      },
    ),
  )
  return router
}

import { Router } from 'express'
import { z } from 'zod'
import { requireCollection } from '../../collections/queries/collections.ts'
import { isOpen } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { getInvitationState, getSetDisposition, setDisposition } from '../queries/dispositions.ts'
import { dispositionFromEvents, dispositionOf, dispositions } from '../rules/dispositions.ts'

const params = z.object({ id: z.string().max(100), invitation: z.string().max(100) })
const disposition = z.enum(dispositions)
const bodySchema = z.strictObject({
  /** Null takes back what was set. */
  disposition: disposition.nullable(),
  reason: z.string().trim().min(1, 'is blank: say why').max(500),
})
const returns = z.object({
  /** What counts. */
  disposition,
  fromEvents: disposition,
  /** By hand; it does not hold against answers that came later. */
  set: disposition.nullable(),
  reason: z.string().nullable(),
})

/** Under /api/collections: what became of an invitation, by AAPOR's names. */
export function dispositionRoutes({ db, clock }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  const path = '/:id/invitations/:invitation/disposition'

  const answer = (id: string, invitationId: string) => {
    const collection = requireCollection(db, id)
    const known = getInvitationState(db, id, invitationId)
    if (!known) throw notFound('There is no such invitation.')
    const state = { ...known, closed: !isOpen(collection, clock()) }
    return {
      disposition: dispositionOf(state),
      fromEvents: dispositionFromEvents(state),
      ...getSetDisposition(db, invitationId),
    }
  }
  router.get(
    path,
    admin,
    handle({ summary: 'The disposition of an invitation', params, returns }, ({ params }) =>
      answer(params.id, params.invitation),
    ),
  )
  router.put(
    path,
    admin,
    handle(
      { summary: 'Set a disposition by hand, or take that back', params, body: bodySchema, returns },
      ({ params, body, req }) => {
        const { id, invitation: invitationId } = params
        setDisposition(db, { collectionId: requireCollection(db, id).id, invitationId, ...body }, actorOf(req, clock))
        return answer(id, invitationId)
      },
    ),
  )
  return router
}

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Router, type Request } from 'express'
import { requireCollection } from '../../collections/queries/collections.ts'
import { collectionParamsSchema } from '../../collections/schema.ts'
import type { AppContext } from '../../context.ts'
import { newId } from '../../db/ids.ts'
import { readFileBody } from '../../http/file-body.ts'
import { handle } from '../../http/handle.ts'
import { actorOf, requireRole } from '../../http/staff.ts'
import { readCoordinatorsFile } from '../import.ts'
import { listCoordinatedLinks, queueCoordinatorMessages } from '../queries/coordinator-messages.ts'
import { correctCoordinator, restoreLink, withdrawLink } from '../queries/coordinator-changes.ts'
import { requireCascade, saveCoordinators } from '../queries/coordinators.ts'
import { getParticipation } from '../queries/participation.ts'
import { presentLink } from '../rules/present-link.ts'
import {
  coordinatedLinksSchema,
  coordinatorMessagesBodySchema,
  coordinatorPlanSchema,
  coordinatorsQuerySchema,
  coordinatorsSavedSchema,
  linkParamsSchema,
  linksSchema,
  participationSchema,
  withdrawLinkSchema,
} from '../schema/coordinators.ts'
import { correctedSchema, correctionSchema } from '../../invitations/schema/delivery.ts'
import { deriveToken } from '../../links/tokens.ts'
import { listCascadeLinks } from '../queries/links.ts'

const params = collectionParamsSchema
const largest = 5 * 1024 ** 2

/** Mounted at /api/collections: the coordinators of a cascade. */
export function coordinatorRoutes({ db, clock, config, tokenKey }: AppContext): Router {
  const router = Router()
  const admin = requireRole('admin')
  const addresses = { publicUrl: config.publicUrl, tokenKey }
  const who = (req: Request) => ({ ...actorOf(req, clock), tokenKey })

  router.get(
    '/:id/coordinators',
    admin,
    handle(
      { summary: 'The links of a cascade with their coordinators', params, returns: coordinatedLinksSchema },
      ({ params }) => ({
        links: listCoordinatedLinks(db, requireCollection(db, params.id).id).map((found) =>
          presentLink(found, addresses),
        ),
      }),
    ),
  )
  router.put(
    '/:id/coordinators',
    admin,
    handle(
      {
        summary: 'Make a link for each organisation of a csv (application/octet-stream), all or nothing',
        params,
        query: coordinatorsQuerySchema,
        returns: coordinatorsSavedSchema,
      },
      async ({ params, query, req }) => {
        requireCascade(requireCollection(db, params.id))
        const rows = await readUpload(req, join(config.dataDir, 'uploads', params.id))
        return saveCoordinators(db, params.id, rows, { ...who(req), dryRun: query.dryRun })
      },
    ),
  )
  router.get(
    '/:id/participation',
    admin,
    handle(
      {
        summary: 'Answers to a cascade by the reach that coordinators declared, as a range; never a response rate',
        params,
        returns: participationSchema,
      },
      ({ params }) => getParticipation(db, requireCollection(db, params.id)),
    ),
  )
  router.post(
    '/:id/coordinators/messages',
    admin,
    handle(
      {
        summary: 'Queue the messages to coordinators, or only say who would get one',
        params,
        body: coordinatorMessagesBodySchema,
        returns: coordinatorPlanSchema,
      },
      ({ params, body, req }) => queueCoordinatorMessages(db, params.id, { ...who(req), dryRun: body.dryRun }),
    ),
  )
  router.put(
    '/:id/coordinators/:link/contact',
    admin,
    handle(
      {
        summary: "Correct or replace a link's coordinator, and send the message again",
        params: linkParamsSchema,
        body: correctionSchema,
        returns: correctedSchema,
      },
      ({ params, body, req }) =>
        correctCoordinator(
          db,
          { collectionId: params.id, linkId: params.link, ...body, name: body.name ?? null },
          who(req),
        ),
    ),
  )
  router.post(
    '/:id/coordinators/:link/withdraw',
    admin,
    handle(
      {
        summary: 'Withdraw a link: whoever opens it sees that it does not work; answers already given stay',
        params: linkParamsSchema,
        body: withdrawLinkSchema,
      },
      ({ params, body, req }) => withdrawLink(db, { collectionId: params.id, linkId: params.link, ...body }, who(req)),
    ),
  )
  router.post(
    '/:id/coordinators/:link/restore',
    admin,
    handle({ summary: 'Let a withdrawn link work again', params: linkParamsSchema }, ({ params, req }) =>
      restoreLink(db, { collectionId: params.id, linkId: params.link }, who(req)),
    ),
  )
  router.get(
    '/:id/links',
    admin,
    handle({ summary: 'The links of a cascade, to pass on', params, returns: linksSchema }, ({ params }) => ({
      links: listCascadeLinks(db, requireCollection(db, params.id).id).map(({ link, system }) => ({
        id: link.id,
        system: { code: system.code, name: system.name },
        organisation: link.organisation,
        url: `${config.publicUrl}/c/${deriveToken(tokenKey, 'cascade', link.id)}`,
        withdrawnAt: link.withdrawnAt,
      })),
    })),
  )
  return router
}

/** The rows of the body; it holds addresses of people, and is gone once it is read. */
async function readUpload(req: Request, folder: string) {
  const content = await readFileBody(req, largest)
  const file = join(folder, `coordinators.${newId()}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(file, content, { mode: 0o600, flag: 'wx' })
    return await readCoordinatorsFile(file)
  } finally {
    await rm(file, { force: true })
  }
}

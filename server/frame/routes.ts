import type { Request } from 'express'
import { Router } from 'express'
import { requireCollection } from '../collections/queries/collections.ts'
import { collectionParamsSchema } from '../collections/schema.ts'
import type { AppContext } from '../context.ts'
import { AppError, badRequest, conflict } from '../errors.ts'
import { handle } from '../http/handle.ts'
import { actorOf, requireRole } from '../http/staff.ts'
import { attachFrame, reportFrame, requireFrameDraft } from './import/attach-frame.ts'
import { findUpload, isTooLarge, receiveUpload, removeUploads, tooLarge } from './import/uploads.ts'
import { presentReport } from './rules/present-report.ts'
import {
  frameBodySchema,
  frameReportSchema,
  frameStoredSchema,
  reportQuerySchema,
  uploadedSchema,
  uploadParamsSchema,
  uploadQuerySchema,
} from './schema.ts'

const params = collectionParamsSchema

/** Mounted at /api/collections: uploading the register and the contacts, the report, the frame. */
export function frameRoutes(context: AppContext): Router {
  const { db, clock } = context
  const { dataDir } = context.config
  const router = Router()
  const admin = requireRole('admin')

  router.put(
    '/:id/uploads/:part',
    admin,
    handle(
      {
        summary: 'Upload the register or the contacts, as application/octet-stream',
        params: uploadParamsSchema,
        query: uploadQuerySchema,
        returns: uploadedSchema,
      },
      ({ params, query, req }) => {
        requireFrameDraft(requireCollection(db, params.id))
        return receiveUpload(
          { dataDir, collectionId: params.id, part: params.part, name: query.name ?? params.part },
          rawBody(req),
        )
      },
    ),
  )
  router.get(
    '/:id/frame/report',
    admin,
    handle(
      {
        summary: 'What would be drawn from the uploads, row by row',
        params,
        query: reportQuerySchema,
        returns: frameReportSchema,
      },
      async ({ params, query }) => {
        const { read } = await readUploads(context, params.id, query.acceptUnknown)
        return presentReport(read)
      },
    ),
  )
  router.post(
    '/:id/frame',
    admin,
    handle(
      {
        summary: 'Draw the frame from the uploads, in the place of an earlier one',
        params,
        body: frameBodySchema,
        returns: frameStoredSchema,
      },
      async ({ params, body, req }) => {
        const { read, fileName } = await readUploads(context, params.id, body.acceptUnknown)
        const stored = attachFrame(db, params.id, read, {
          ...actorOf(req, clock),
          fileName,
          registerDate: body.registerDate,
        })
        // They hold addresses of people: kept no longer than they are needed.
        await removeUploads(dataDir, params.id)
        return stored
      },
    ),
  )
  return router
}

/** Draws from what was uploaded; writes nothing. Throws no_register, and what `requireFrameDraft` throws. */
async function readUploads({ db, config: { dataDir } }: AppContext, collectionId: string, acceptUnknown: boolean) {
  const collection = requireCollection(db, collectionId)
  requireFrameDraft(collection)
  const register = await findUpload(dataDir, collectionId, 'register')
  if (!register) throw conflict('no_register', 'Upload the register first.')
  const contacts = await findUpload(dataDir, collectionId, 'contacts')
  const files = { register: register.path, fileName: register.name, contacts: contacts?.path, acceptUnknown }
  return { read: await reportFrame(db, files, collection), fileName: register.name }
}

/** The body as it comes in; what is too large is refused before it is read where its length is said. */
function rawBody(req: Request): AsyncIterable<Buffer> {
  if (!req.is('application/octet-stream'))
    throw new AppError(415, 'wrong_type', 'Send the file as application/octet-stream.')
  if (req.get('content-encoding')) throw badRequest('encoded', 'Send the file as it is, without an encoding.')
  if (isTooLarge(Number(req.get('content-length') ?? 0))) throw tooLarge()
  return req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
}

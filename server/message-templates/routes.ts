import { Router, type Request } from 'express'
import { requireCollection } from '../collections/queries/collections.ts'
import { collectionParamsSchema } from '../collections/schema.ts'
import type { AppContext } from '../context.ts'
import { created, handle } from '../http/handle.ts'
import { actorOf, requireRole } from '../http/staff.ts'
import { queueTestMessage } from './queries/test-message.ts'
import {
  getMessageTemplate,
  listMessageTemplates,
  restoreMessageTemplate,
  saveMessageTemplate,
} from './queries/templates.ts'
import { checkTemplate } from './rules/check-template.ts'
import { presentTemplate } from './rules/present-template.ts'
import { templateKinds } from './rules/template-fields.ts'
import {
  previewBodySchema,
  previewSchema,
  restoreTemplateSchema,
  saveTemplateSchema,
  templateParamsSchema,
  templateSchema,
  templatesSchema,
  testBodySchema,
  testSentSchema,
} from './schema.ts'
import { exampleFor } from './queries/example.ts'
import { renderMessage } from './templates/render-message.ts'
import { shippedTemplates } from './templates/shipped.ts'

const params = templateParamsSchema

/** Mounted at /api/collections: the words of a collection's messages. */
export function messageTemplateRoutes(context: AppContext): Router {
  const { db, clock } = context
  const router = Router()
  const admin = requireRole('admin')
  const who = (req: Request) => actorOf(req, clock)

  router.get(
    '/:id/templates',
    admin,
    handle(
      { summary: 'The words of every kind of message', params: collectionParamsSchema, returns: templatesSchema },
      ({ params: { id } }) => {
        const saved = listMessageTemplates(db, requireCollection(db, id).id)
        return {
          templates: templateKinds.map((kind) =>
            presentTemplate(
              kind,
              saved.find((row) => row.kind === kind),
            ),
          ),
        }
      },
    ),
  )
  router.put(
    '/:id/templates/:kind',
    admin,
    handle(
      { summary: 'Save words of your own', params, body: saveTemplateSchema, returns: templateSchema },
      ({ params: { id, kind }, body, req }) => {
        const saved = saveMessageTemplate(db, {
          collectionId: requireCollection(db, id).id,
          kind,
          ...body,
          ...who(req),
        })
        return presentTemplate(kind, saved)
      },
    ),
  )
  router.post(
    '/:id/templates/:kind/restore',
    admin,
    handle(
      { summary: 'Go back to the shipped words', params, body: restoreTemplateSchema, returns: templateSchema },
      ({ params: { id, kind }, body, req }) => {
        restoreMessageTemplate(db, { collectionId: requireCollection(db, id).id, kind, ...body, ...who(req) })
        return presentTemplate(kind, undefined)
      },
    ),
  )
  router.post(
    '/:id/templates/:kind/preview',
    admin,
    handle(
      {
        summary: 'A message as one recipient would see it, its links opening nothing; stores and sends nothing',
        params,
        body: previewBodySchema,
        returns: previewSchema,
      },
      ({ params: { id, kind }, body: { locationId, ...words } }) => {
        const stored = getMessageTemplate(db, requireCollection(db, id).id, kind) ?? shippedTemplates[kind]
        const template = { subject: words.subject ?? stored.subject, body: words.body ?? stored.body }
        const { collection, fields, recipient } = exampleFor(context, id, { kind, locationId })
        const { notice } = collection
        return {
          ...renderMessage(kind, fields, { template, notice }),
          faults: checkTemplate(kind, template),
          recipient,
        }
      },
    ),
  )
  router.post(
    '/:id/templates/:kind/test',
    admin,
    handle(
      {
        summary: 'Send the saved words to yourself or another address, its links opening nothing',
        params,
        body: testBodySchema,
        returns: testSentSchema,
      },
      ({ params: { id, kind }, body, req }) =>
        created(queueTestMessage(db, { collectionId: requireCollection(db, id).id, kind, to: body.to, ...who(req) })),
    ),
  )
  return router
}

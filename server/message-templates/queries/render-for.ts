import type { AppContext } from '../../context.ts'
import type { Fields, TemplateKind } from '../rules/template-fields.ts'
import { renderMessage, type RenderedMessage } from '../templates/render-message.ts'
import { getMessageTemplate } from './templates.ts'

/** The words of a collection for a kind, with the values of one recipient. */
export function renderFor(
  { db }: Pick<AppContext, 'db'>,
  collection: { id: string; notice: string | null },
  { kind, fields }: { kind: TemplateKind; fields: Fields },
): RenderedMessage {
  return renderMessage(kind, fields, {
    template: getMessageTemplate(db, collection.id, kind),
    notice: collection.notice,
  })
}

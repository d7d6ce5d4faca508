import type { AppContext } from '../context.ts'
import type { Written } from '../outbox/worker.ts'
import type { Message } from '../outbox/queries/messages.ts'
import { exampleFor } from './queries/example.ts'
import { renderFor } from './queries/render-for.ts'
import { isTemplateKind } from './rules/template-fields.ts'

/** The words as they stand, with the values of a recipient of the frame and links that open nothing. */
export function writeTestMessage(context: AppContext, { collectionId, templateKind }: Message): Written {
  if (collectionId === null || templateKind === null || !isTemplateKind(templateKind))
    return { failed: 'It is not known what this is a test of.' }
  const { collection, fields } = exampleFor(context, collectionId, { kind: templateKind })
  const rendered = renderFor(context, collection, { kind: templateKind, fields })
  return { ...rendered, subject: `[Test] ${rendered.subject}` }
}

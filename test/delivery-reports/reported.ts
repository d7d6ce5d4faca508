import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeReturnPath } from '../../server/links/return-path.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import type { TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { storedMessages } from '../stored/messages.ts'

const folder = join(import.meta.dirname, '../fixtures/delivery-reports')

interface SentMessage {
  id: string
  messageId: string
  recipient: string
  status: string
}

export const sentMessages = (app: TestApp): SentMessage[] =>
  storedMessages(app.db).map(({ id, messageId, recipient, status }) => ({ id, messageId, recipient, status }))

/** A report of the corpus about a message. `returnPath`, `messageId`: what it carries in the place of the right ones. */
export function reportOn(
  app: TestApp,
  message: { id: string; messageId: string },
  name: string,
  {
    returnPath = makeReturnPath(app.context.tokenKey, message.id, 'surveys.example.net'),
    messageId = message.messageId,
    recipient = 'manager1@example.org',
  } = {},
): string {
  return readFileSync(join(folder, `${name}.eml`), 'utf8')
    .replaceAll('{{returnPath}}', returnPath)
    .replaceAll('{{messageId}}', messageId)
    .replaceAll('manager1@example.org', recipient)
}

/** An open collection whose invitations were handed over. */
export async function handedOver(app: TestApp, services: Parameters<typeof openPersonalCollection>[1] = {}) {
  const opened = openPersonalCollection(app, { services: 1, ...services })
  queueInvitations(app.db, opened.collection, { actor: 'admin@example.org', now: app.time.now })
  await sendDueMessages(app.context)
  return { ...opened, message: sentMessages(app)[0]! }
}

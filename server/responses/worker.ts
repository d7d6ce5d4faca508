import { respondentState } from '../collections/rules/status.ts'
import type { AppContext } from '../context.ts'
import { resumeToken } from '../links/resume-token.ts'
import { deriveToken, hashToken, keyLost } from '../links/tokens.ts'
import { renderFor } from '../message-templates/queries/render-for.ts'
import { responseFields } from '../message-templates/rules/message-fields.ts'
import type { Message } from '../outbox/queries/messages.ts'
import type { Written } from '../outbox/worker.ts'
import { getResponseForMail } from './queries/mail.ts'

/** The message with the link to finish later, made at the moment of sending. */
export function writeFinishLaterMessage(context: AppContext, message: Message): Written {
  const { db, config, tokenKey, clock } = context
  const found = message.responseId ? getResponseForMail(db, message.responseId) : undefined
  if (found?.status !== 'partial') return { cancelled: 'The answers were submitted or withdrawn.' }
  if (respondentState(found.collection, clock()) === 'closed') return { cancelled: 'The collection has closed.' }
  const { invitation } = found
  const token = invitation
    ? deriveToken(tokenKey, 'invitation', invitation.id, invitation.tokenVersion)
    : resumeToken(tokenKey, found.id)
  if (invitation && hashToken(token) !== invitation.tokenHash) return { failed: keyLost }
  const fields = responseFields(found, { publicUrl: config.publicUrl, token })
  return renderFor(context, found.collection, { kind: 'finish_later', fields })
}

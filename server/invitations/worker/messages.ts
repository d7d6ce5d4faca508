import { respondentState } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import { deriveToken, hashToken, keyLost } from '../../links/tokens.ts'
import { renderFor } from '../../message-templates/queries/render-for.ts'
import { invitationFields, unsubscribeAddress } from '../../message-templates/rules/message-fields.ts'
import { kindFields, type TemplateKind } from '../../message-templates/rules/template-fields.ts'
import type { Message } from '../../outbox/queries/messages.ts'
import type { Written } from '../../outbox/worker.ts'
import { getInvitationForMail } from '../queries/mail.ts'
import { reasonToCancel } from '../rules/reason-to-cancel.ts'

/** Writes messages of a kind to an invited person, each made at the moment of sending, or says why it must not go any more. */
export const writeInvited =
  (kind: TemplateKind) =>
  (context: AppContext, message: Message): Written => {
    const { db, config, tokenKey, clock } = context
    const found = message.invitationId ? getInvitationForMail(db, message.invitationId) : undefined
    if (!found) return { cancelled: 'The invitation is gone.' }
    const { invitation, collection } = found
    const reason = reasonToCancel(kind, { ...found, state: respondentState(collection, clock()) })
    if (reason !== undefined) return { cancelled: reason }
    const token = deriveToken(tokenKey, 'invitation', invitation.id, invitation.tokenVersion)
    if (hashToken(token) !== invitation.tokenHash) return { failed: keyLost }
    const unsubscribeLink = unsubscribeAddress(config.publicUrl, tokenKey, invitation)
    const fields = invitationFields(found, { publicUrl: config.publicUrl, token, unsubscribeLink })
    const stoppable = kindFields[kind].offered.includes('unsubscribe_link')
    return {
      ...renderFor(context, collection, { kind, fields }),
      ...(stoppable ? { headers: unsubscribeHeaders(unsubscribeLink) } : {}),
    }
  }

/** RFC 2369 and RFC 8058: a mail program may offer a button that stops these messages. */
const unsubscribeHeaders = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

import { signInAddress } from '../../accounts/rules.ts'
import { respondentState } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import {
  getCascadeLinkForMail,
  getInvitationForMail,
  getResponseForMail,
  getSignInLink,
} from '../../message-templates/queries/mail.ts'
import type { Message } from '../../outbox/queries/messages.ts'
import { getMessageTemplate } from '../../message-templates/queries/templates.ts'
import { addressesOfLink } from '../../links/cascade-addresses.ts'
import {
  cascadeFields,
  invitationFields,
  responseFields,
  unsubscribeAddress,
} from '../../message-templates/rules/message-fields.ts'
import { faultOfAddress } from '../../outbox/rules/mail-address.ts'
import { reasonToCancel } from '../rules/reason-to-cancel.ts'
import {
  isTemplateKind,
  kindFields,
  type Fields,
  type TemplateKind,
} from '../../message-templates/rules/template-fields.ts'
import { resumeToken } from '../../links/resume-token.ts'
import { deriveToken, hashToken } from '../../links/tokens.ts'
import { renderMessage, type RenderedMessage } from '../../message-templates/templates/render-message.ts'
import { renderSignIn } from '../../accounts/templates/sign-in-message.ts'
import { exampleFor } from '../../message-templates/templates/example.ts'

export type Prepared =
  (RenderedMessage & { headers?: Record<string, string> }) | { cancelled: string } | { failed: string }

const keyLost = 'The file token.key is not the one that the link was made with: no working link can be made.'

/** Makes a message's words and links at the moment of sending, or says why it must not go any more. */
export function prepare(context: AppContext, message: Message): Prepared {
  const { kind, recipient } = message
  const fault = faultOfAddress(recipient)
  if (fault !== undefined) return { failed: fault }
  if (kind === 'sign_in') return prepareSignIn(context, message)
  if (kind === 'test') return prepareTest(context, message)
  if (kind === 'coordinator') return prepareCoordinator(context, message)
  if (kind === 'finish_later') return prepareFinishLater(context, message)
  return preparePersonal(context, message, kind)
}

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

function preparePersonal(context: AppContext, message: Message, kind: TemplateKind): Prepared {
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

function prepareCoordinator(context: AppContext, message: Message): Prepared {
  const { db, config, tokenKey, clock } = context
  const found = message.cascadeLinkId ? getCascadeLinkForMail(db, message.cascadeLinkId) : undefined
  if (!found || found.link.withdrawnAt !== null) return { cancelled: 'The shared link is withdrawn.' }
  // The message holds the page of whoever coordinates now.
  if (message.recipient !== found.link.coordinatorEmail) return { cancelled: 'The coordinator was replaced.' }
  if (respondentState(found.collection, clock()) === 'closed') return { cancelled: 'The collection has closed.' }
  if (hashToken(deriveToken(tokenKey, 'cascade', found.link.id)) !== found.link.tokenHash) return { failed: keyLost }
  const { url, coordinatorUrl } = addressesOfLink({ publicUrl: config.publicUrl, tokenKey }, found.link)
  const fields = cascadeFields(found, { publicUrl: config.publicUrl, link: url, progressLink: coordinatorUrl })
  return renderFor(context, found.collection, { kind: 'coordinator', fields })
}

function prepareFinishLater(context: AppContext, message: Message): Prepared {
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

/** The words as they stand, with the values of a recipient of the frame and links that open nothing. */
function prepareTest(context: AppContext, { collectionId, templateKind }: Message): Prepared {
  if (collectionId === null || templateKind === null || !isTemplateKind(templateKind))
    return { failed: 'It is not known what this is a test of.' }
  const { collection, fields } = exampleFor(context, collectionId, { kind: templateKind })
  const rendered = renderFor(context, collection, { kind: templateKind, fields })
  return { ...rendered, subject: `[Test] ${rendered.subject}` }
}

function prepareSignIn({ db, config, tokenKey, clock }: AppContext, message: Message): Prepared {
  const found = message.signInLinkId ? getSignInLink(db, message.signInLinkId) : undefined
  if (!found || found.usedAt !== null || found.expiresAt <= clock().toISOString())
    return { cancelled: 'The link is used or has expired.' }
  const token = deriveToken(tokenKey, 'sign_in', found.id)
  if (hashToken(token) !== found.tokenHash) return { failed: keyLost }
  return renderSignIn({ link: signInAddress(config.publicUrl, token), expiresAt: found.expiresAt })
}

import { respondentState } from '../collections/rules/status.ts'
import type { AppContext } from '../context.ts'
import { addressesOfLink } from '../links/cascade-addresses.ts'
import { deriveToken, hashToken, keyLost } from '../links/tokens.ts'
import { renderFor } from '../message-templates/queries/render-for.ts'
import { cascadeFields } from '../message-templates/rules/message-fields.ts'
import type { Message } from '../outbox/queries/messages.ts'
import type { Written } from '../outbox/worker.ts'
import { getCascadeLinkForMail } from './queries/mail.ts'

/** The message that a coordinator passes on, made at the moment of sending. */
export function writeCoordinatorMessage(context: AppContext, message: Message): Written {
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

import { signInAddress } from '../../accounts/rules.ts'
import { respondentState } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import type { Mail } from '../mailer.ts'
import { getInvitationForMail, getSignInLink } from '../queries/mail.ts'
import type { Message } from '../queries/outbox.ts'
import { deriveToken, hashToken } from '../rules/tokens.ts'
import { renderInvitation } from './invitation.ts'
import { renderSignIn } from './sign-in.ts'

export type Prepared = Pick<Mail, 'subject' | 'text' | 'html'> | { cancelled: string } | { failed: string }

/** What a message says, made at the moment of sending; or why it is not sent (`cancelled`: it has no purpose any more). */
export function prepare(context: AppContext, message: Message): Prepared {
  return message.kind === 'invitation' ? prepareInvitation(context, message) : prepareSignIn(context, message)
}

function prepareInvitation({ db, config, tokenKey, clock }: AppContext, message: Message): Prepared {
  const found = message.invitationId ? getInvitationForMail(db, message.invitationId) : undefined
  if (!found) return { cancelled: 'The invitation is gone.' }
  const { invitation, collection, service, system } = found
  if (respondentState(collection, clock()) === 'closed') return { cancelled: 'The collection has closed.' }
  if (found.responseStatus === 'complete') return { cancelled: 'The service has answered.' }
  if (invitation.outcome !== null && invitation.outcome !== 'contacted')
    return { cancelled: `The invitation stands at "${invitation.outcome}".` }
  const token = deriveToken(tokenKey, 'invitation', invitation.id, invitation.tokenVersion)
  if (hashToken(token) !== invitation.tokenHash) return { failed: keyLost }
  const link = `${config.publicUrl}/r/${token}`
  const { title, minutes } = found
  const { closesAt, retainUntil, k, notice } = collection
  return renderInvitation({
    title,
    minutes,
    closesAt,
    retainUntil,
    k,
    notice,
    link,
    declineLink: `${link}/decline`,
    privacyLink: `${config.publicUrl}/privacy`,
    service: service.name,
    contactName: service.contactName,
    system: system.name,
  })
}

const keyLost = 'The file token.key is not the one that the link was made with: no working link can be made.'

function prepareSignIn({ db, config, tokenKey, clock }: AppContext, message: Message): Prepared {
  const found = message.signInLinkId ? getSignInLink(db, message.signInLinkId) : undefined
  if (!found || found.usedAt !== null || found.expiresAt <= clock().toISOString())
    return { cancelled: 'The link is used or has expired.' }
  const token = deriveToken(tokenKey, 'sign_in', found.id)
  if (hashToken(token) !== found.tokenHash) return { failed: keyLost }
  return renderSignIn({ link: signInAddress(config.publicUrl, token), expiresAt: found.expiresAt })
}

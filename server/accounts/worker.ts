import type { AppContext } from '../context.ts'
import { deriveToken, hashToken, keyLost } from '../links/tokens.ts'
import type { Message } from '../outbox/queries/messages.ts'
import type { Written } from '../outbox/worker.ts'
import { getSignInLink } from './queries.ts'
import { signInAddress } from './rules.ts'
import { renderSignIn } from './templates/sign-in-message.ts'

/** The message with a one-time link, made at the moment of sending. */
export function writeSignInMessage({ db, config, tokenKey, clock }: AppContext, message: Message): Written {
  const found = message.signInLinkId ? getSignInLink(db, message.signInLinkId) : undefined
  if (!found || found.usedAt !== null || found.expiresAt <= clock().toISOString())
    return { cancelled: 'The link is used or has expired.' }
  const token = deriveToken(tokenKey, 'sign_in', found.id)
  if (hashToken(token) !== found.tokenHash) return { failed: keyLost }
  return renderSignIn({ link: signInAddress(config.publicUrl, token), expiresAt: found.expiresAt })
}

import { timingSafeEqual } from 'node:crypto'
import { deriveToken, type TokenKey } from './tokens.ts'

/**
 * The token of a link to finish later, for who came through a shared link: the one that they were given at their first save is stored
 * as a hash only, and cannot be sent. This one names the response and proves that we made it; nothing is stored of it.
 */
export const resumeToken = (key: TokenKey, responseId: string): string =>
  `${responseId}.${deriveToken(key, 'resume', responseId)}`

/** The response that such a token opens; undefined where it is none of ours. */
export function responseIdOf(key: TokenKey, token: string): string | undefined {
  const [responseId = '', proof = ''] = token.split('.')
  const expected = Buffer.from(deriveToken(key, 'resume', responseId))
  const given = Buffer.from(proof)
  return given.length === expected.length && timingSafeEqual(given, expected) ? responseId : undefined
}

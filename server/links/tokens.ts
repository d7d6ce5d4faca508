import { createHash, createHmac } from 'node:crypto'

/** 32 secret bytes kept beside the database, never in it: who copies the database cannot answer for anyone. */
export type TokenKey = Buffer

export type TokenKind = 'invitation' | 'cascade' | 'coordinator' | 'short_code' | 'resume' | 'sign_in' | 'preview'

/**
 * The token of a personal, cascade or sign-in link, 192 bits, derived so that a reminder or a reprint carries the same link although only
 * the hash is stored. A new version retires the old link.
 */
export function deriveToken(key: TokenKey, kind: TokenKind, id: string, version = 1): string {
  return createHmac('sha256', key).update(`${kind}:${id}:${version}`).digest().subarray(0, 24).toString('base64url')
}

/** What is stored and looked up. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Why no message can bring a link whose hash is another. */
export const keyLost = 'The file token.key is not the one that the link was made with: no working link can be made.'

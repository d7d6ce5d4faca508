import { createHmac } from 'node:crypto'
import { deriveToken, hashToken, type TokenKey } from './tokens.ts'

// Crockford's alphabet: no I, L, O or U, so that a code can be typed from a poster or read out.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 10

/** The code of a link's short address, 50 bits, such as `7K3M9-QXD4T`: enough for what is passed on anyway, where failed look-ups are limited. */
export function shortCodeOf(key: TokenKey, cascadeLinkId: string): string {
  const digest = createHmac('sha256', key).update(`short_address:${cascadeLinkId}`).digest()
  const code = Array.from(digest.subarray(0, length), (byte) => alphabet[byte % 32]).join('')
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

/** What is stored and looked up, however the code is typed; it needs the key, because so short a code could be found from a plain hash. */
export function hashShortCode(key: TokenKey, typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  return hashToken(deriveToken(key, 'short_code', code))
}

export interface Coordinated {
  id: string
  coordinatorEmail: string | null
}

/** The token of a coordinator's own page. It comes from their address too, so that one who is replaced loses the page. */
export const coordinatorToken = (key: TokenKey, { id, coordinatorEmail }: Coordinated): string =>
  deriveToken(key, 'coordinator', coordinatorEmail === null ? id : `${id}:${coordinatorEmail.toLowerCase()}`)

/** The hashes that a link is found by. */
export function hashesOfLink(key: TokenKey, link: Coordinated) {
  const { id } = link
  return {
    tokenHash: hashToken(deriveToken(key, 'cascade', id)),
    shortCodeHash: hashShortCode(key, shortCodeOf(key, id)),
    coordinatorTokenHash: hashToken(coordinatorToken(key, link)),
  }
}

import { randomBytes, randomInt } from 'node:crypto'

// Crockford's alphabet: no I, L, O or U, so that a reference can be read out over a telephone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const draw = (length: number) => Array.from({ length }, () => alphabet[randomInt(32)]).join('')

/** An opaque identifier, 100 random bits, lower case. */
export const newId = (): string => draw(20).toLowerCase()

/**
 * An opaque identifier that begins with the millisecond it was made in, then 55 random bits, lower case: rows that come one after the
 * other lie together in every index, so that storing one costs the same beside a hundred and beside a hundred thousand. It tells when:
 * retention gives another in its place.
 */
export const newTimedId = (now: Date): string => now.getTime().toString(32).padStart(9, '0') + draw(11).toLowerCase()

/** The reference on a receipt, such as `7K3M-9QXD-4T2B`: 60 random bits. */
export const newReference = (): string => `${draw(4)}-${draw(4)}-${draw(4)}`

/** A bearer token of 256 random bits, safe in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

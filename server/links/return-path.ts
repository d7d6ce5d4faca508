import { createHmac, timingSafeEqual } from 'node:crypto'
import type { TokenKey } from './tokens.ts'

const seal = (key: TokenKey, id: string) => createHmac('sha256', key).update(`bounce:${id}`).digest('hex').slice(0, 12)

/** The envelope sender of a message: it comes back on a delivery report and says which message it is about (VERP). `host`: of MAIL_FROM. */
export const makeReturnPath = (key: TokenKey, messageId: string, host: string): string =>
  `bounce+${messageId}.${seal(key, messageId)}@${host}`

/** Which message (`messages.id`) an address made by `makeReturnPath` names; `forged` where its seal is wrong, undefined for any other address. */
export function readReturnPath(key: TokenKey, address: string): { messageId: string } | 'forged' | undefined {
  const [, id, given] = /^<?bounce\+([a-z0-9]{20})\.([0-9a-f]{12})@[^@\s]+$/i.exec(address.trim()) ?? []
  if (id === undefined || given === undefined) return undefined
  // Some servers fold the case of an address on its way back.
  const messageId = id.toLowerCase()
  const right = timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(seal(key, messageId)))
  return right ? { messageId } : 'forged'
}

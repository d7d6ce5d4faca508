import { createHmac, timingSafeEqual } from 'node:crypto'
import type { TokenKey } from './tokens.ts'

const seal = (key: TokenKey, id: string, version: number) =>
  createHmac('sha256', key).update(`unsubscribe:${id}:${version}`).digest().subarray(0, 12).toString('base64url')

/** The token of an address that stops an invitation's messages: short, because a folded header has broken signatures. It opens no answers. */
export const makeUnsubscribeToken = (key: TokenKey, invitation: { id: string; tokenVersion: number }): string =>
  `${invitation.id}.${seal(key, invitation.id, invitation.tokenVersion)}`

/** The invitation that a token names, before its seal is checked; undefined where it is no such token. */
export const invitationIdIn = (token: string): string | undefined =>
  /^([0-9a-z]{20})\.[A-Za-z0-9_-]{16}$/.exec(token)?.[1]

/**
 * Whether a token is of the address written to now (`current`), of one that was written to before the invitation was passed on
 * (`replaced`: it stops nothing of its successor's), or made up (undefined).
 */
export function checkUnsubscribeToken(
  key: TokenKey,
  token: string,
  invitation: { id: string; tokenVersion: number },
): 'current' | 'replaced' | undefined {
  for (let version = invitation.tokenVersion; version >= 1; version -= 1) {
    const right = Buffer.from(`${invitation.id}.${seal(key, invitation.id, version)}`)
    const given = Buffer.from(token)
    if (given.length === right.length && timingSafeEqual(given, right))
      return version === invitation.tokenVersion ? 'current' : 'replaced'
  }
  return undefined
}

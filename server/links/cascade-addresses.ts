import { coordinatorToken, shortCodeOf, type Coordinated } from './short-code.ts'
import { deriveToken, type TokenKey } from './tokens.ts'

/** Every address of a cascade link: to answer, to type from a poster, the poster itself, and the coordinator's own page. */
export function addressesOfLink({ publicUrl, tokenKey }: { publicUrl: string; tokenKey: TokenKey }, link: Coordinated) {
  const { id } = link
  const url = `${publicUrl}/c/${deriveToken(tokenKey, 'cascade', id)}`
  return {
    url,
    shortUrl: `${publicUrl}/s/${shortCodeOf(tokenKey, id)}`,
    posterUrl: `${url}/poster`,
    coordinatorUrl: `${publicUrl}/coordinator/${coordinatorToken(tokenKey, link)}`,
  }
}

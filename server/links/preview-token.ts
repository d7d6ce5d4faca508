import { timingSafeEqual } from 'node:crypto'
import { deriveToken, type TokenKey } from './tokens.ts'

/** What a preview link shows. A draft that is begun again has another link: `createdAt` is when this one was. */
export type Previewed = { versionId: string } | { slug: string; createdAt: string }

/** The token of a preview link: it names what is shown and proves that we made it; nothing is stored of it. */
export function makePreviewToken(key: TokenKey, previewed: Previewed): string {
  const [named, sealed] =
    'versionId' in previewed
      ? [previewed.versionId, `version:${previewed.versionId}`]
      : [previewed.slug, `draft:${previewed.slug}:${previewed.createdAt}`]
  return `${named}.${deriveToken(key, 'preview', sealed)}`
}

/** The version's identifier or the draft's short name, before the seal is checked. */
export const namedIn = (token: string): string => token.split('.')[0] ?? ''

export function isPreviewToken(key: TokenKey, token: string, previewed: Previewed): boolean {
  const [given, right] = [token, makePreviewToken(key, previewed)].map((text) => Buffer.from(text))
  return given!.length === right!.length && timingSafeEqual(given!, right!)
}

import { formatLondonDate } from '../../time/london-dates.ts'
import type { Fields } from './template-fields.ts'
import type { TokenKey } from '../../links/tokens.ts'
import { makeUnsubscribeToken } from '../../links/unsubscribe-link.ts'

interface About {
  collection: { closesAt: string; retainUntil: string; k: number }
  system: { name: string }
  title: string
  minutes: number
}

interface Address {
  publicUrl: string
  token: string
}

export const unsubscribeAddress = (
  publicUrl: string,
  key: TokenKey,
  invitation: { id: string; tokenVersion: number },
): string => `${publicUrl}/u/${makeUnsubscribeToken(key, invitation)}`

const aboutFields = ({ collection, system, title, minutes }: About, publicUrl: string): Fields => ({
  system: system.name,
  survey: title,
  minutes: String(minutes),
  closes: formatLondonDate(collection.closesAt),
  deleted_on: formatLondonDate(collection.retainUntil),
  smallest_group: String(collection.k),
  privacy_link: `${publicUrl}/privacy`,
})

/** Values for a message to an invited person; `token` is the one of their link. */
export function invitationFields(
  found: About & { service: { name: string; contactName: string | null } },
  { publicUrl, token, unsubscribeLink }: Address & { unsubscribeLink: string },
): Fields {
  const link = `${publicUrl}/r/${token}`
  return {
    ...aboutFields(found, publicUrl),
    service: found.service.name,
    contact_name: found.service.contactName?.trim() || 'registered manager',
    link,
    decline_link: `${link}/decline`,
    withdraw_link: `${link}/withdraw`,
    unsubscribe_link: unsubscribeLink,
  }
}

/** Values for the message that a coordinator passes on. */
export function cascadeFields(
  found: About & { link: { organisation: string | null; coordinatorName: string | null } },
  { publicUrl, link, progressLink }: { publicUrl: string; link: string; progressLink: string },
): Fields {
  return {
    ...aboutFields(found, publicUrl),
    organisation: found.link.organisation?.trim() || found.system.name,
    contact_name: found.link.coordinatorName?.trim() || 'colleague',
    link,
    progress_link: progressLink,
  }
}

/** Values for the message with the link to finish later. */
export const responseFields = (found: About, { publicUrl, token }: Address): Fields => ({
  ...aboutFields(found, publicUrl),
  contact_name: 'colleague',
  link: `${publicUrl}/r/${token}`,
})

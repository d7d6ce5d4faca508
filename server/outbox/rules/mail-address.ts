import { z } from 'zod'

const plain = z.email().max(254)
/** As `z.email`, with letters of any script: a server that cannot carry them says so when the message is handed over. */
const international = z.email({ pattern: z.regexes.unicodeEmail }).max(254)

/** Why no message can go to an address, in plain words; undefined where one can. An address with a line break would start a header. */
export function faultOfAddress(address: string): string | undefined {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(address))
    return 'The address holds a line break or another control character. Write it again, on one line.'
  if (/[\s"<>(),;:\\[\]]/.test(address))
    return 'The address holds a space, a quotation mark, a comma or brackets. Write only the address itself, such as name@example.org.'
  const domain = address.slice(address.lastIndexOf('@') + 1)
  if (/^[^@]+@[^@.]+$/.test(address))
    return `The address ends in "${domain}", without a dot and what follows it. It should look like name@example.org.`
  if (plain.safeParse(address).success) return undefined
  if (international.safeParse(address).success && isDomain(domain)) return undefined
  return 'This is not an email address. It should look like name@example.org.'
}

/** Names of any script, at least two, with dots between; the last is no number. */
const isDomain = (domain: string): boolean =>
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+(?!\p{N}+$)[\p{L}\p{M}\p{N}-]{2,}$/u.test(domain)

/** The address in MAIL_FROM, which may carry a name before it: `Surveys <surveys@example.org>`. */
export const addressOf = (mailFrom: string): string => (/<([^<>]*)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom).trim()

/** What follows the @ of MAIL_FROM. */
export const hostOfAddress = (mailFrom: string): string => addressOf(mailFrom).split('@').at(-1) ?? 'localhost'

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
  if (plain.safeParse(address).success || international.safeParse(address).success) return undefined
  return 'This is not an email address. It should look like name@example.org.'
}

/** The address in MAIL_FROM, which may carry a name before it: `Surveys <surveys@example.org>`. */
export const addressOf = (mailFrom: string): string => (/<([^<>]*)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom).trim()

/** What follows the @ of MAIL_FROM. */
export const hostOfAddress = (mailFrom: string): string => addressOf(mailFrom).split('@').at(-1) ?? 'localhost'

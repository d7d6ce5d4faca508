import { faultOfAddress } from '../../outbox/rules/mail-address.ts'

const longestName = 100

/** What was typed into a field, without blanks around it. */
export const typedText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Why no message can go to what was typed as an address; undefined where one can. */
export const faultOfTypedAddress = (email: string): string | undefined =>
  email === '' ? 'Enter an email address' : faultOfAddress(email)

/** Why what was typed is no person's name; undefined where it may be one. */
export function faultOfName(name: string): string | undefined {
  if (name === '') return 'Enter their name'
  if (name.length > longestName) return `Their name must be ${longestName} characters or fewer`
  return /[\p{Cc}\p{Zl}\p{Zp}<>]/u.test(name) || /https?:|www\./i.test(name)
    ? 'Enter a name only, without addresses or special characters'
    : undefined
}

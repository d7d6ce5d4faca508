import { domainToASCII } from 'node:url'

/** Whether two addresses are one mailbox's. A server may write its own name into the domain: manager@mail.example.org for manager@example.org. */
export function isSameMailbox(one: string, other: string): boolean {
  const [local, domain] = partsOf(one)
  const [otherLocal, otherDomain] = partsOf(other)
  if (local !== otherLocal) return false
  return domain === otherDomain || domain.endsWith(`.${otherDomain}`) || otherDomain.endsWith(`.${domain}`)
}

function partsOf(address: string): [string, string] {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1).toLowerCase()
  return [address.slice(0, at).toLowerCase(), domainToASCII(domain) || domain]
}

/**
 * Whether a reply is about others' addresses alone, such as the sender's: `501 <surveys@example.net>: domain not found`. What it answers
 * (`RCPT TO:<…>`) is no part of it.
 */
export function namesOnlyOthers(reply: string, recipients: readonly string[]): boolean {
  const named = [...reply.matchAll(/(?<!rcpt to: ?)<([^\s<>@]{1,80}@[^\s<>@]{1,255})>/gi)].map((found) => found[1]!)
  return named.length > 0 && !named.some((address) => recipients.some((each) => isSameMailbox(address, each)))
}

import { useState } from 'react'

export interface IssuedLink {
  address: string
  justIssued: boolean
}

/**
 * The personal link as this page shows it. On the page where it was issued it stands below the questions: it must not push away what a
 * person is about to press. On the next page it stands at the top, as in the plain way, and then folded.
 */
export function usePersonalLink(
  known: IssuedLink | undefined,
  issued: string | undefined,
  pageName: string,
): (IssuedLink & { onThisPage: boolean }) | undefined {
  const [seen, setSeen] = useState<string[]>([])
  const address = issued ? new URL(issued, location.href).href : known?.address
  if (address && seen.at(-1) !== pageName) setSeen([...seen, pageName])
  if (!address) return undefined
  const newUntil = issued ? 2 : known?.justIssued ? 1 : 0
  return { address, justIssued: seen.length <= newUntil, onThisPage: issued !== undefined && seen.length <= 1 }
}

interface Times {
  status: 'draft' | 'open' | 'closed' | 'released'
  opensAt: string
  closesAt: string
}

/** Whether the last second of the close date has passed, whatever the status says. */
export const hasEnded = ({ closesAt }: Pick<Times, 'closesAt'>, now: Date): boolean =>
  now.getTime() >= Date.parse(closesAt) + 1000

/** Whether answers are taken now: opened by an admin, and between the first and the last second of its days in Europe/London. */
export function isOpen(collection: Times, now: Date): boolean {
  return collection.status === 'open' && now.getTime() >= Date.parse(collection.opensAt) && !hasEnded(collection, now)
}

/** How a collection stands towards respondents; `closed` also where the close date has passed before an admin closed it. */
export function respondentState(collection: Times, now: Date): 'not_open_yet' | 'open' | 'closed' {
  if (isOpen(collection, now)) return 'open'
  return collection.status === 'draft' || (collection.status === 'open' && !hasEnded(collection, now))
    ? 'not_open_yet'
    : 'closed'
}

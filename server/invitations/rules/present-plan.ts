import type { InvitationPlan } from './plan-mailings.ts'

/** As many services as anybody reads; a file has them all. */
export const mostListed = 500

/** Who would get a mailing and who would not, counted in full and listed as far as anybody reads. */
export function presentPlan({ queued, leftOut, last }: InvitationPlan) {
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason)
  return {
    last,
    counts: { queued: queued.length, leftOut: leftOut.length },
    reasons: [...byReason].map(([reason, services]) => ({ reason, count: services.length })),
    queued: queued.slice(0, mostListed),
    leftOut: leftOut.slice(0, mostListed),
  }
}

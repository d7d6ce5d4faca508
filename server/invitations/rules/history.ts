/** What can stand in the history of an invitation. */
export const historyEvents = [
  'queued',
  'sending',
  'sent',
  'deferred',
  'failed',
  'cancelled',
  'delayed',
  'bounced_soft',
  'bounced_hard',
  'bounced_policy',
  'delivered',
  'complaint',
  'auto_reply',
  'not_understood',
  'begun',
  'saved',
  'completed',
  'declined',
  'not_eligible',
  'no_discharges',
  'passed_on',
  'unsubscribed',
  'withdrawn',
  'undone',
  'contact_corrected',
  'link_sent_again',
  'disposition_set',
] as const
export type HistoryEvent = (typeof historyEvents)[number]

export interface HistoryEntry {
  at: string
  event: HistoryEvent
  detail: string | null
  /** Of a message. */
  kind: string | null
  recipient: string | null
  /** Who did it, where it is no message: a staff e-mail address, `respondent` or `command line`. */
  actor: string | null
}

interface Sources {
  sent: readonly { at: string; event: HistoryEvent; detail: string | null; kind: string; recipient: string }[]
  reported: readonly { at: string; verdict: string; kind: string; recipient: string }[]
  invitation: readonly { at: string; event: HistoryEvent; detail: string | null; actor: string }[]
  response: { createdAt: string; savedAt: string; submittedAt: string | null } | undefined
}

/** One history, oldest first; what fell into one moment stays in the order in which it was noted, after the beginning. */
export function joinHistory({ sent, reported, invitation, response }: Sources): HistoryEntry[] {
  const noted = (event: HistoryEvent) => invitation.some((entry) => entry.event === event)
  const ofResponse: { at: string; event: HistoryEvent }[] = []
  const begun = response && !noted('begun') ? [{ at: response.createdAt, event: 'begun' as const }] : []
  // Only the last save is known; a submission is the last of all.
  if (response && !response.submittedAt && response.savedAt > response.createdAt)
    ofResponse.push({ at: response.savedAt, event: 'saved' })
  if (response?.submittedAt && !noted('completed')) ofResponse.push({ at: response.submittedAt, event: 'completed' })
  const nobody = { detail: null, kind: null, recipient: null, actor: null }
  const entries: HistoryEntry[] = [
    ...begun.map((entry) => ({ ...nobody, ...entry })),
    ...invitation.map(({ at, event, detail, actor }) => ({ ...nobody, at, event, detail, actor })),
    ...sent.map((entry) => ({ ...entry, actor: null })),
    ...reported.map(({ at, verdict, kind, recipient }) => ({
      ...nobody,
      at,
      event: verdict as HistoryEvent,
      kind,
      recipient,
    })),
    ...ofResponse.map((entry) => ({ ...nobody, ...entry })),
  ]
  return entries.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

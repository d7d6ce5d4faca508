import { asksToAnswer, type MailingKind } from './schedule.ts'
import { nextWithin, type SendWindow } from './send-window.ts'

/** What is known of a service when a mailing goes out. */
export interface Candidate {
  invitationId: string | null
  locationId: string
  service: string
  recipient: string | null
  notEligible: boolean
  outcome: 'declined' | 'not_eligible' | 'contacted' | 'undelivered' | 'withdrawn' | null
  unsubscribed: boolean
  setDisposition: string | null
  responseStatus: 'partial' | 'complete' | 'withdrawn' | null
  /** Of the invitation. */
  messageStatus: 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled' | null
  /** A message to this address came back for good. */
  bounced: boolean
  /** Another message to it is in the outbox. */
  waiting: boolean
  /** It has had a message of this kind, whatever became of it. */
  hadThisKind: boolean
  /** Of the last message that was handed over. */
  lastSentAt: string | null
}

const outcomeReasons = {
  declined: 'The service declined.',
  not_eligible: 'The service said that it is not eligible.',
  undelivered: 'Its address does not work.',
  withdrawn: 'The respondent withdrew.',
} as const

const messageReasons = {
  queued: 'Its invitation waits to be sent.',
  sending: 'Its invitation is being sent.',
  sent: 'Its invitation was sent.',
  failed: 'Its invitation could not be delivered.',
  cancelled: 'Its invitation was cancelled.',
} as const

const settledByHand = new Set<string | null>(['I', 'R', 'O', 'NE'])
const leastTimeBetween = 2 * 24 * 60 * 60_000

/** Why a service gets no message of this kind now; undefined where it gets one. */
export function reasonAgainst(candidate: Candidate, kind: MailingKind, now: Date): string | undefined {
  const reason = reasonAgainstAny(candidate)
  if (reason !== undefined) return reason
  const { messageStatus, responseStatus } = candidate
  if (!asksToAnswer(kind)) return reasonAgainstThanks(candidate)
  if (responseStatus === 'complete') return 'It has answered.'
  if (kind === 'invitation') return messageStatus === null ? undefined : messageReasons[messageStatus]
  return reasonAgainstReminder(candidate, now)
}

function reasonAgainstAny(candidate: Candidate): string | undefined {
  const { outcome, setDisposition } = candidate
  if (candidate.notEligible) return 'The service is not eligible.'
  if (candidate.recipient === null) return 'No address is known.'
  if (candidate.invitationId === null) return 'It had no address when the collection opened.'
  if (outcome !== null && outcome !== 'contacted') return outcomeReasons[outcome]
  if (candidate.bounced) return outcomeReasons.undelivered
  if (candidate.responseStatus === 'withdrawn') return outcomeReasons.withdrawn
  if (candidate.unsubscribed) return 'The recipient asked for no more messages.'
  // Complete answers count, whatever was set, unless the service is not eligible.
  const settled = candidate.responseStatus === 'complete' ? setDisposition === 'NE' : settledByHand.has(setDisposition)
  return settled ? `Its disposition was set to ${setDisposition} by hand.` : undefined
}

function reasonAgainstThanks({ responseStatus, hadThisKind }: Candidate): string | undefined {
  if (responseStatus !== 'complete') return 'It has no complete answer.'
  return hadThisKind ? 'It has had one already.' : undefined
}

function reasonAgainstReminder({ waiting, messageStatus, lastSentAt }: Candidate, now: Date): string | undefined {
  if (waiting) return 'A message to it waits to be sent.'
  // A link sent again after an address was corrected reaches those whose invitation failed.
  if (lastSentAt === null) return messageStatus === null ? 'It was not invited yet.' : messageReasons[messageStatus]
  return now.getTime() - Date.parse(lastSentAt) < leastTimeBetween
    ? 'It had a message in the last two days.'
    : undefined
}

/** When a message that is due then leaves at the earliest. */
export const leavesAt = (dueAt: Date, window: SendWindow | null): Date => (window ? nextWithin(window, dueAt) : dueAt)

/** Who gets a mailing, and why each other service does not. */
export interface InvitationPlan {
  queued: { locationId: string; service: string; recipient: string; dueAt: string }[]
  leftOut: { locationId: string; service: string; reason: string }[]
  /** When the last one leaves at the earliest, behind those that wait already, and whether that is before the close; null where none is queued. */
  last: { leavesAt: string; inTime: boolean } | null
}

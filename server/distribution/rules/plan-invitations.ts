/** What is known of a service when invitations are to be sent. */
export interface Candidate {
  invitationId: string | null
  locationId: string
  service: string
  recipient: string | null
  notEligible: boolean
  outcome: 'declined' | 'not_eligible' | 'contacted' | 'undelivered' | 'withdrawn' | null
  responseStatus: 'partial' | 'complete' | 'withdrawn' | null
  messageStatus: 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled' | null
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

/** Why a service gets no invitation now; undefined where it gets one. */
export function reasonAgainst(candidate: Candidate): string | undefined {
  const { outcome, messageStatus } = candidate
  if (candidate.notEligible) return 'The service is not eligible.'
  if (candidate.recipient === null) return 'No address is known.'
  if (candidate.invitationId === null) return 'It had no address when the collection opened.'
  if (outcome !== null && outcome !== 'contacted') return outcomeReasons[outcome]
  if (candidate.responseStatus === 'complete') return 'It has answered.'
  return messageStatus === null ? undefined : messageReasons[messageStatus]
}

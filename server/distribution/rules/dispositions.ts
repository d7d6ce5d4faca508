/** AAPOR Standard Definitions; see reporting-methods for what each stands for. */
export const dispositions = ['I', 'P', 'R', 'NC', 'O', 'U', 'NE'] as const
export type Disposition = (typeof dispositions)[number]

export interface InvitationState {
  /** What the person or an admin stated. */
  outcome: 'declined' | 'not_eligible' | 'contacted' | 'undelivered' | 'withdrawn' | null
  response: { status: 'partial' | 'complete' | 'withdrawn'; leadAnswered: boolean; anyAnswer: boolean } | null
  /** Reported by the register or the service. */
  notEligible: boolean
  closed: boolean
  /** Every message bounced or was refused. */
  undelivered: boolean
}

/**
 * The one disposition of an invitation, by precedence: NE, I, P (the lead indicator answered, not submitted), R (declined, opted out,
 * withdrawn, or begun with less), U undelivered, NC (contact confirmed, nothing begun), U otherwise. Until the close whatever is begun
 * is still in progress and counts as P.
 */
export function dispositionOf(state: InvitationState): Disposition {
  const { outcome, response } = state
  if (state.notEligible || outcome === 'not_eligible') return 'NE'
  if (response?.status === 'complete') return 'I'
  if (isPartial(state)) return 'P'
  if (isRefusal(state)) return 'R'
  return outcome === 'contacted' && !state.undelivered ? 'NC' : 'U'
}

const hasBegun = ({ response }: InvitationState) => response?.status === 'partial' && response.anyAnswer
const hasGivenUp = ({ outcome }: InvitationState) => outcome === 'declined' || outcome === 'withdrawn'

function isPartial(state: InvitationState): boolean {
  return hasBegun(state) === true && (state.response?.leadAnswered === true || (!state.closed && !hasGivenUp(state)))
}

const isRefusal = (state: InvitationState) =>
  hasGivenUp(state) || state.response?.status === 'withdrawn' || hasBegun(state)

/** AAPOR Standard Definitions; see reporting-methods for what each stands for. */
export const dispositions = ['I', 'P', 'R', 'NC', 'O', 'U', 'NE'] as const
export type Disposition = (typeof dispositions)[number]

export interface InvitationState {
  /** What the person or an admin stated. */
  outcome: 'declined' | 'not_eligible' | 'contacted' | 'undelivered' | 'withdrawn' | null
  response: { status: 'partial' | 'complete' | 'withdrawn'; leadAnswered: boolean; anyAnswer: boolean } | null
  /** Reported by the register. */
  notEligible: boolean
  closed: boolean
  /** The last message was refused, or the address bounced for good and nobody corrected it. */
  undelivered: boolean
  /** Opted out of messages. */
  unsubscribed: boolean
  /** Somebody was there: passed it on, or took a choice back. */
  contacted: boolean
  /** By hand, with a reason. */
  set: Disposition | null
}

/**
 * The one disposition of an invitation: what was set by hand where that can be (`canBeSet`), else by precedence NE, I, P (the lead indicator
 * answered, not submitted), R (declined, opted out, withdrawn, or begun with less), U undelivered, NC (contact confirmed, nothing begun), U
 * otherwise. Until the close whatever is begun is still in progress and counts as P. O is only ever set by hand.
 */
export function dispositionOf(state: InvitationState): Disposition {
  return state.set !== null && canBeSet(state.set, state) ? state.set : dispositionFromEvents(state)
}

/**
 * What is stored cannot be contradicted, now or later: complete answers are I unless the service turns out not eligible, nothing else is I,
 * and P needs something begun.
 */
export function canBeSet(wanted: Disposition, state: Pick<InvitationState, 'response'>): boolean {
  if (state.response?.status === 'complete') return wanted === 'I' || wanted === 'NE'
  return wanted !== 'I' && (wanted !== 'P' || hasBegun(state))
}

/** What would hold if nothing was set by hand. */
export function dispositionFromEvents(state: Omit<InvitationState, 'set'>): Disposition {
  const { outcome, response } = state
  if (state.notEligible || outcome === 'not_eligible') return 'NE'
  if (response?.status === 'complete') return 'I'
  if (isPartial(state)) return 'P'
  if (isRefusal(state)) return 'R'
  if (isUndelivered(state)) return 'U'
  return state.contacted || outcome === 'contacted' ? 'NC' : 'U'
}

type Known = Omit<InvitationState, 'set'>

export const isUndelivered = ({ undelivered, outcome }: Pick<InvitationState, 'undelivered' | 'outcome'>): boolean =>
  undelivered || outcome === 'undelivered'

/** An answer is there, and not submitted. */
export const hasBegun = ({ response }: Pick<InvitationState, 'response'>): boolean =>
  response?.status === 'partial' && response.anyAnswer

const hasGivenUp = ({ outcome }: Known) => outcome === 'declined' || outcome === 'withdrawn'

function isPartial(state: Known): boolean {
  return hasBegun(state) && (state.response?.leadAnswered === true || (!state.closed && !hasGivenUp(state)))
}

const isRefusal = (state: Known) =>
  hasGivenUp(state) || state.unsubscribed || state.response?.status === 'withdrawn' || hasBegun(state)

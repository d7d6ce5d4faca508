import type { TemplateKind } from './template-fields.ts'

interface Standing {
  invitation: { outcome: string | null; unsubscribedAt: string | null }
  responseStatus: 'partial' | 'complete' | 'withdrawn' | null
  state: 'not_open_yet' | 'open' | 'closed'
}

const asksToAnswer: readonly TemplateKind[] = ['invitation', 'reminder', 'link_again', 'passed_on']
/** Sent because the person or an admin asked for this one message. */
const askedFor: readonly TemplateKind[] = ['link_again', 'passed_on']

/** Why a message to an invited person must not go any more, judged at the moment of sending; undefined where it may. */
export function reasonToCancel(
  kind: TemplateKind,
  { invitation, responseStatus, state }: Standing,
): string | undefined {
  const { outcome, unsubscribedAt } = invitation
  if (unsubscribedAt !== null && !askedFor.includes(kind)) return 'The person asked for no more messages.'
  if (outcome === 'undelivered' && !askedFor.includes(kind)) return 'Its address does not work.'
  if (asksToAnswer.includes(kind)) {
    if (state === 'closed') return 'The collection has closed.'
    if (responseStatus === 'complete') return 'The service has answered.'
    if (outcome !== null && outcome !== 'contacted' && outcome !== 'undelivered')
      return `The invitation stands at "${outcome}".`
  }
  if (kind === 'thank_you' && responseStatus !== 'complete') return 'There is no answer to thank for any more.'
  if (kind === 'results_released' && (outcome === 'declined' || outcome === 'withdrawn' || outcome === 'not_eligible'))
    return `The invitation stands at "${outcome}".`
  return undefined
}

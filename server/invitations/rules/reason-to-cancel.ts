import type { TemplateKind } from '../../message-templates/rules/template-fields.ts'

interface Standing {
  invitation: { outcome: string | null; unsubscribedAt: string | null }
  responseStatus: 'partial' | 'complete' | 'withdrawn' | null
  state: 'not_open_yet' | 'open' | 'closed'
}

const asksToAnswer: readonly TemplateKind[] = ['invitation', 'reminder', 'link_again', 'passed_on']
/** Sent because the person or an admin asked for this one message. */
const askedFor: readonly TemplateKind[] = ['link_again', 'passed_on']

const standsAt = (outcome: string) => `The invitation stands at "${outcome}".`

/** Why a message to an invited person must not go any more, judged at the moment of sending; undefined where it may. */
export function reasonToCancel(kind: TemplateKind, standing: Standing): string | undefined {
  const { outcome, unsubscribedAt } = standing.invitation
  if (!askedFor.includes(kind)) {
    if (unsubscribedAt !== null) return 'The person asked for no more messages.'
    if (outcome === 'undelivered') return 'Its address does not work.'
  }
  if (asksToAnswer.includes(kind)) return reasonNotToAsk(standing)
  // What is left thanks for answers, or says what became of them.
  if (standing.responseStatus !== 'complete') return 'There is no complete answer any more.'
  return outcome === 'declined' || outcome === 'withdrawn' || outcome === 'not_eligible' ? standsAt(outcome) : undefined
}

function reasonNotToAsk({ invitation: { outcome }, responseStatus, state }: Standing): string | undefined {
  if (state === 'closed') return 'The collection has closed.'
  if (responseStatus === 'complete') return 'The service has answered.'
  return outcome === null || outcome === 'contacted' || outcome === 'undelivered' ? undefined : standsAt(outcome)
}

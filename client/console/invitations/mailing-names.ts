import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Schedule } from '../../../server/invitations/schema/schedule.ts'
import { modeOf } from '../../../surveys/modes.ts'

export type MailingKind = Schedule['mailings'][number]['kind']

/** A kind of mailing as a heading, and as what somebody gets. */
export const mailingNames: Record<MailingKind, [string, string]> = {
  invitation: ['Invitation', 'an invitation'],
  reminder: ['Reminder', 'a reminder'],
  thank_you: ['Thank-you', 'a thank-you'],
  results_released: ['Note on results', 'the note on results'],
}

/** What a dry run can be made of: what asks while the collection is open; a thank-you and a note on results where they are planned. */
export function kindsToTry({ mode, status }: CollectionView, { mailings }: Schedule): MailingKind[] {
  if (!modeOf({ mode }).invites || status === 'draft') return []
  const planned = (['thank_you', 'results_released'] as const).filter((wanted) =>
    mailings.some(({ kind, queuedAt }) => kind === wanted && queuedAt === null),
  )
  return status === 'open' ? ['invitation', 'reminder', ...planned] : planned
}

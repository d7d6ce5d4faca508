import type { History } from '../../../server/invitations/schema/delivery.ts'
import type { Disposition } from '../../../server/statistics/response-rates.ts'

type Entry = History['history'][number]

const events: Record<Entry['event'], string> = {
  queued: 'waiting to leave',
  sending: 'leaving',
  sent: 'handed to the mail server',
  deferred: 'put off, to be tried again',
  failed: 'not taken by the mail server',
  cancelled: 'cancelled',
  delayed: 'delayed on its way',
  bounced_soft: 'came back for a passing reason',
  bounced_hard: 'came back: the address does not work',
  bounced_policy: 'turned away by a rule of the receiving server',
  delivered: 'delivered, the receiving server says',
  complaint: 'marked as unwanted by the recipient, their provider says',
  auto_reply: 'answered by an automatic reply',
  not_understood: 'answered by a report that was not understood',
  begun: 'Began to answer',
  saved: 'Last saved answers',
  completed: 'Submitted the answers',
  declined: 'Declined',
  not_eligible: 'Said that the service is no longer provided',
  no_discharges: 'Said that no people were discharged to them',
  passed_on: 'Passed on to another person',
  unsubscribed: 'Asked for no more messages',
  withdrawn: 'Withdrew',
  undone: 'Took a choice back',
  contact_corrected: 'Contact corrected',
  link_sent_again: 'Link sent again',
  disposition_set: 'Outcome set by hand',
}

const kinds: Record<string, string> = {
  invitation: 'Invitation',
  reminder: 'Reminder',
  thank_you: 'Thank-you',
  results_released: 'Note on results',
  link_again: 'Link',
  passed_on: 'Link to a colleague',
  finish_later: 'Link to finish later',
}

/** What happened, in words: `Invitation handed to the mail server`. */
export const wordsOf = ({ event, kind }: Pick<Entry, 'event' | 'kind'>): string =>
  kind === null ? events[event] : `${kinds[kind] ?? 'Message'} ${events[event]}`

/** What became of an invitation, by AAPOR's letters, in the words of the progress page. */
export const dispositionWords: Record<Disposition, string> = {
  I: 'Complete: answers were submitted',
  P: 'Partial: begun, not submitted',
  R: 'Declined',
  NC: 'Contact only: somebody was reached, nothing begun',
  O: 'Other',
  U: 'Not known: no answer',
  NE: 'Not eligible',
}

// Every kind of message, with the room that it belongs to: what the outbox is handed.
import { writeSignInMessage } from './accounts/worker.ts'
import { writeCoordinatorMessage } from './cascade/worker.ts'
import type { AppContext } from './context.ts'
import { listQueues } from './invitations/queries/queues.ts'
import { queueDueMailings } from './invitations/worker/mailings.ts'
import { writeInvited } from './invitations/worker/messages.ts'
import { writeTestMessage } from './message-templates/worker.ts'
import { sendDue, startOutbox, type OutboxWorker, type Post } from './outbox/worker.ts'
import { writeFinishLaterMessage } from './responses/worker.ts'

const post: Post = {
  write: {
    sign_in: writeSignInMessage,
    invitation: writeInvited('invitation'),
    reminder: writeInvited('reminder'),
    thank_you: writeInvited('thank_you'),
    results_released: writeInvited('results_released'),
    link_again: writeInvited('link_again'),
    passed_on: writeInvited('passed_on'),
    coordinator: writeCoordinatorMessage,
    finish_later: writeFinishLaterMessage,
    test: writeTestMessage,
  },
  listQueues,
  queueDue: queueDueMailings,
}

/** Sends what falls due until stopped. */
export const startOutboxWorker = (context: AppContext): OutboxWorker => startOutbox(context, post)

/** One pass over what is due now. Returns how many messages were handed over. */
export const sendDueMessages = (context: AppContext, signal?: AbortSignal): Promise<number> =>
  sendDue(context, post, { signal })

import type { AppContext } from '../context.ts'
import { claimDueMessage, recordAttempt, requeueInterrupted, type Message } from './queries/outbox.ts'
import { isPermanent, nextAttemptAt } from './rules/retries.ts'
import { prepare } from './templates/prepare.ts'

const lanes = 4
const pollMs = 1000

export interface OutboxWorker {
  /** Resolves once what is in hand is sent or has failed; nothing new is begun. */
  stop(): Promise<void>
}

/** Sends what falls due until stopped. What an earlier run left half-sent goes first, under the Message-ID it had. */
export function startOutboxWorker(context: AppContext): OutboxWorker {
  const stopping = new AbortController()
  requeueInterrupted(context.db, { now: context.clock(), all: true })
  let pass: Promise<unknown> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    pass = sendDueMessages(context, stopping.signal)
      .catch((error: unknown) => context.log.error({ err: error }, 'the outbox could not be worked on'))
      .finally(() => (busy = false))
  }, pollMs)
  return {
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      await pass
    },
  }
}

/** One pass: everything that is due now, a few messages at a time. Returns how many were handed over. */
export async function sendDueMessages(context: AppContext, signal?: AbortSignal): Promise<number> {
  requeueInterrupted(context.db, { now: context.clock() })
  const counts = await Promise.all(Array.from({ length: lanes }, () => workLane(context, signal)))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function workLane(context: AppContext, signal: AbortSignal | undefined): Promise<number> {
  const host = new URL(context.config.publicUrl).hostname
  let sent = 0
  while (!signal?.aborted) {
    const message = claimDueMessage(context.db, { now: context.clock(), host })
    if (!message) break
    if (await deliver(context, message)) sent += 1
  }
  return sent
}

async function deliver(context: AppContext, message: Message): Promise<boolean> {
  const { db, clock, mailer, config } = context
  const prepared = prepare(context, message)
  if ('cancelled' in prepared || 'failed' in prepared) {
    const [event, detail] =
      'cancelled' in prepared ? (['cancelled', prepared.cancelled] as const) : (['failed', prepared.failed] as const)
    recordAttempt(db, message.id, { event, detail, now: clock() })
    return false
  }
  const mail = {
    ...prepared,
    from: config.mailFrom,
    to: message.recipient,
    messageId: message.messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
  return mailer.send(mail).then(
    (reply) => {
      recordAttempt(db, message.id, { event: 'sent', detail: reply, now: clock() })
      return true
    },
    (error: unknown) => {
      recordFailure(context, message, error)
      return false
    },
  )
}

function recordFailure({ db, clock, log }: AppContext, message: Message, error: unknown): void {
  const now = clock()
  const detail = error instanceof Error ? error.message : String(error)
  const dueAt = isPermanent(error) ? undefined : nextAttemptAt(message.attempts, now)
  recordAttempt(db, message.id, dueAt ? { event: 'deferred', detail, now, dueAt } : { event: 'failed', detail, now })
  // The server's words may hold the address: they stay in the database, which forgets them at the end of retention.
  log.warn(
    { message: message.id, attempts: message.attempts, next: dueAt?.toISOString() ?? null },
    'a message could not be sent',
  )
}

import { hasEnded } from '../collections/rules/status.ts'
import type { AppContext } from '../context.ts'
import { commitTogether } from '../db/commit-together.ts'
import { claimDueMessages, releaseClaimed } from './queries/claims.ts'
import { listDueMailings } from '../invitations/queries/mailings.ts'
import { isClaimed, recordAttempt, requeueInterrupted, type Message } from './queries/messages.ts'
import { queueMailing } from '../invitations/queries/queue-mailing.ts'
import { explainFailure } from './rules/explain-failure.ts'
import { hostOfAddress } from './rules/mail-address.ts'
import { isDeadAddress, isPermanent, nextAttemptAt } from './rules/retries.ts'
import { makeReturnPath } from '../links/return-path.ts'
import { asksToAnswer, startOfMailing } from '../invitations/rules/schedule.ts'
import { isWithin, windowFor } from '../invitations/rules/send-window.ts'
import { prepare } from '../invitations/templates/prepare.ts'

const lanes = 8
// Claimed with one flush to disk.
const stockSize = 40
const pollMs = 1000
/** Without a message done for so long, what falls due meanwhile is sent beside what is waited for. */
const stalledMs = 3000
const mostPasses = 5

export interface OutboxWorker {
  /** Resolves once what is in hand is sent or has failed; nothing new is begun. */
  stop(): Promise<void>
}

/** Sends what falls due until stopped. What an earlier run left half-sent goes first, under the Message-ID it had. */
export function startOutboxWorker(context: AppContext): OutboxWorker {
  const stopping = new AbortController()
  requeueInterrupted(context.db, { now: context.clock(), all: true })
  const passes = new Set<Promise<unknown>>()
  let lastDone = 0
  const start = (begin: typeof sendDueMessages) => {
    const pass: Promise<unknown> = begin(context, stopping.signal, () => (lastDone = performance.now()))
      .catch((error: unknown) => context.log.error({ err: error }, 'the outbox could not be worked on'))
      .finally(() => passes.delete(pass))
    passes.add(pass)
    lastDone = performance.now()
  }
  const timer = setInterval(() => {
    if (passes.size === 0) start(sendDueMessages)
    // A server that keeps one message waiting for its answer holds up no other.
    else if (passes.size < mostPasses && performance.now() - lastDone > stalledMs) start(sendStock)
  }, pollMs)
  return {
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      await Promise.all(passes)
    },
  }
}

/**
 * One pass: the mailings whose day has come, then everything that is due now, a few messages at a time. `onDone`: after each message.
 * Returns how many were handed over.
 */
export async function sendDueMessages(context: AppContext, signal?: AbortSignal, onDone?: () => void): Promise<number> {
  requeueInterrupted(context.db, { now: context.clock() })
  await queueDueMailings(context, signal)
  return sendStock(context, signal, onDone)
}

async function sendStock(context: AppContext, signal?: AbortSignal, onDone?: () => void): Promise<number> {
  const stock: Message[] = []
  const counts = await Promise.all(Array.from({ length: lanes }, () => workLane(context, stock, { signal, onDone })))
  releaseClaimed(
    context.db,
    stock.map(({ id }) => id),
    context.clock(),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Puts into the outbox every mailing of a plan that begins to leave now. What a kill cut short is gone on with at the next pass. */
async function queueDueMailings({ db, clock, log }: AppContext, signal: AbortSignal | undefined): Promise<void> {
  for (const { mailing, collection } of listDueMailings(db, clock())) {
    const now = clock()
    const window = windowFor(mailing.kind, collection)
    const starts = startOfMailing({ dueOn: mailing.dueOn! }, window, collection.opensAt)
    const tooLate = asksToAnswer(mailing.kind) && hasEnded(collection, now)
    if (signal?.aborted || starts > now || tooLate || (window && !isWithin(window, now))) continue
    const { queued, leftOut } = await queueMailing(db, collection, mailing, { actor: 'schedule', now, signal })
    log.info(
      { collection: collection.id, kind: mailing.kind, queued: queued.length, leftOut: leftOut.length },
      'a mailing of the plan is in the outbox',
    )
  }
}

/** Sends one message after the other from the stock that the lanes share, and fills it when it is used up. */
async function workLane(
  context: AppContext,
  stock: Message[],
  { signal, onDone }: { signal: AbortSignal | undefined; onDone: (() => void) | undefined },
): Promise<number> {
  const host = new URL(context.config.publicUrl).hostname
  let sent = 0
  while (!signal?.aborted) {
    if (stock.length === 0)
      stock.push(...claimDueMessages(context.db, { now: context.clock(), host, limit: stockSize }))
    const message = stock.shift()
    if (!message) break
    if (await deliver(context, message)) sent += 1
    onDone?.()
  }
  return sent
}

async function deliver(context: AppContext, message: Message): Promise<boolean> {
  const { db, clock, mailer, config, tokenKey } = context
  if (!isClaimed(db, message.id)) return false
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
    returnPath: makeReturnPath(tokenKey, message.id, hostOfAddress(config.mailFrom)),
    headers: { ...prepared.headers, 'Auto-Submitted': 'auto-generated' },
  }
  return mailer.send(mail).then(
    async (reply) => {
      await commitTogether(db, () => recordAttempt(db, message.id, { event: 'sent', detail: reply, now: clock() }))
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
  const detail = explainFailure(error)
  const dueAt = isPermanent(error) ? undefined : nextAttemptAt(message.attempts, now)
  recordAttempt(
    db,
    message.id,
    dueAt ? { event: 'deferred', detail, now, dueAt } : { event: 'failed', detail, now, isDead: isDeadAddress(error) },
  )
  // The server's words may hold the address: they stay in the database, which forgets them at the end of retention.
  log.warn(
    { message: message.id, attempts: message.attempts, next: dueAt?.toISOString() ?? null },
    'a message could not be sent',
  )
}

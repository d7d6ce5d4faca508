import type { AppContext, Mail } from '../context.ts'
import { commitTogether } from '../db/commit-together.ts'
import { claimDueMessages, releaseClaimed, type ListQueues } from './queries/claims.ts'
import { isClaimed, recordAttempt, requeueInterrupted, type Message } from './queries/messages.ts'
import { explainFailure } from './rules/explain-failure.ts'
import { faultOfAddress, hostOfAddress } from './rules/mail-address.ts'
import { isDeadAddress, isPermanent, nextAttemptAt } from './rules/retries.ts'
import { makeReturnPath } from '../links/return-path.ts'

const lanes = 8
// Claimed with one flush to disk.
const stockSize = 40
const pollMs = 1000
/** Without a message done for so long, what falls due meanwhile is sent beside what is waited for. */
const stalledMs = 3000
const mostPasses = 5

/** A message as it is sent, or why it is not. */
export type Written =
  (Pick<Mail, 'subject' | 'text' | 'html'> & { headers?: Mail['headers'] }) | { cancelled: string } | { failed: string }

/** What the rooms whose messages these are hand in: how each kind is written, when it may leave, and what falls due by a plan. */
export interface Post {
  /** Makes a message's words and links at the moment of sending. */
  write: Record<Message['kind'], (context: AppContext, message: Message) => Written>
  listQueues: ListQueues
  /** Puts into the outbox what falls due by a plan, before each pass. */
  queueDue: (context: AppContext, signal: AbortSignal | undefined) => Promise<void>
}

export interface OutboxWorker {
  /** Resolves once what is in hand is sent or has failed; nothing new is begun. */
  stop(): Promise<void>
}

/** Sends what falls due until stopped. What an earlier run left half-sent goes first, under the Message-ID it had. */
export function startOutbox(context: AppContext, post: Post): OutboxWorker {
  const stopping = new AbortController()
  requeueInterrupted(context.db, { now: context.clock(), all: true })
  const passes = new Set<Promise<unknown>>()
  let lastDone = 0
  const onDone = () => void (lastDone = performance.now())
  const start = (begin: typeof sendStock) => {
    const pass: Promise<unknown> = begin(context, post, { signal: stopping.signal, onDone })
      .catch((error: unknown) => context.log.error({ err: error }, 'the outbox could not be worked on'))
      .finally(() => passes.delete(pass))
    passes.add(pass)
    lastDone = performance.now()
  }
  const timer = setInterval(() => {
    if (passes.size === 0) start(sendDue)
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
 * One pass: what falls due by a plan, then everything that is due now, a few messages at a time. `onDone`: after each message.
 * Returns how many were handed over.
 */
export async function sendDue(context: AppContext, post: Post, watched: Watched = {}): Promise<number> {
  requeueInterrupted(context.db, { now: context.clock() })
  await post.queueDue(context, watched.signal)
  return sendStock(context, post, watched)
}

interface Watched {
  signal?: AbortSignal
  onDone?: () => void
}

async function sendStock(context: AppContext, post: Post, watched: Watched): Promise<number> {
  const stock: Message[] = []
  const counts = await Promise.all(Array.from({ length: lanes }, () => workLane(context, post, stock, watched)))
  releaseClaimed(
    context.db,
    stock.map(({ id }) => id),
    context.clock(),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Sends one message after the other from the stock that the lanes share, and fills it when it is used up. */
async function workLane(
  context: AppContext,
  post: Post,
  stock: Message[],
  { signal, onDone }: Watched,
): Promise<number> {
  const host = new URL(context.config.publicUrl).hostname
  let sent = 0
  while (!signal?.aborted) {
    if (stock.length === 0)
      stock.push(
        ...claimDueMessages(context.db, { now: context.clock(), host, limit: stockSize, listQueues: post.listQueues }),
      )
    const message = stock.shift()
    if (!message) break
    if (await deliver(context, post, message)) sent += 1
    onDone?.()
  }
  return sent
}

async function deliver(context: AppContext, post: Post, message: Message): Promise<boolean> {
  const { db, clock, mailer, config, tokenKey } = context
  if (!isClaimed(db, message.id)) return false
  const fault = faultOfAddress(message.recipient)
  const written = fault === undefined ? post.write[message.kind](context, message) : { failed: fault }
  if ('cancelled' in written || 'failed' in written) {
    const [event, detail] =
      'cancelled' in written ? (['cancelled', written.cancelled] as const) : (['failed', written.failed] as const)
    recordAttempt(db, message.id, { event, detail, now: clock() })
    return false
  }
  const mail = {
    ...written,
    from: config.mailFrom,
    to: message.recipient,
    messageId: message.messageId,
    returnPath: makeReturnPath(tokenKey, message.id, hostOfAddress(config.mailFrom)),
    headers: { ...written.headers, 'Auto-Submitted': 'auto-generated' },
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

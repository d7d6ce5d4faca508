import { and, count, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { messages } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { queueMessage } from '../../outbox/queries/messages.ts'
import type { ResponseRow } from './responses.ts'
import { getResponseById, requireOpen } from './responses.ts'

/** How many messages with the link one response may ask for: enough for typing errors, useless for pestering. */
export const mostFinishLaterMessages = 3

const ofResponse = (responseId: string) => and(eq(messages.responseId, responseId), eq(messages.kind, 'finish_later'))

/** Puts a message with the person's own link into the outbox; the address is nowhere else. Throws closed. */
export function requestFinishLater(
  db: Db,
  { id: responseId, collectionId }: Pick<ResponseRow, 'id' | 'collectionId'>,
  { recipient, now }: { recipient: string; now: Date },
): 'queued' | 'too_many' | 'ended' {
  return write(db, (tx) => {
    requireOpen(tx, collectionId, now)
    if (getResponseById(tx, responseId)?.status !== 'partial') return 'ended'
    const asked = tx.select({ count: count() }).from(messages).where(ofResponse(responseId)).get()
    if ((asked?.count ?? 0) >= mostFinishLaterMessages) return 'too_many'
    queueMessage(tx, { kind: 'finish_later', collectionId, responseId, recipient }, { now })
    return 'queued'
  })
}

/** The Message-IDs of the messages that brought a response's link: by these their files are found. */
export const listFinishLaterMessageIds = (db: Db, responseId: string): string[] =>
  db
    .select({ messageId: messages.messageId })
    .from(messages)
    .where(ofResponse(responseId))
    .all()
    .map((row) => row.messageId)

const deleteMessages = prepared((db) =>
  db
    .delete(messages)
    .where(and(eq(messages.responseId, sql.placeholder('responseId')), eq(messages.kind, 'finish_later')))
    .prepare(),
)

/** Forgets the addresses that were left for finishing later. */
export const deleteFinishLaterMessages = (tx: Db, responseId: string) => deleteMessages(tx).run({ responseId })

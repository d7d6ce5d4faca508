import { eq, getTableColumns, sql } from 'drizzle-orm'
import { newReference } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { invitations, responses, textAnswers } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { recordInvitationEvent, respondentActor } from '../../invitations/queries/events.ts'
import { conflictsOf, type Changes } from '../rules/merge-answers.ts'
import type { Submission } from '../rules/submission.ts'
import { deleteFinishLaterMessages } from './finish-later.ts'
import {
  getResponseOf,
  newResponse,
  requireOpen,
  takeBackByAnswering,
  type Owner,
  type ResponseRow,
} from './responses.ts'
import type { SaveResult } from './saving.ts'

export interface SubmitOptions {
  source: ResponseRow['source']
  now: Date
  /** What the respondent had before them: refused where others changed these answers later. Left out: the submission stands. */
  revision?: number
  /** What the submission changes of the stored answers; left out: it submits them as they are stored. */
  changes?: Changes
  /** Who submits; by default the respondent. */
  actor?: string
}

/**
 * Makes the response complete. Sent twice, it is stored once: the second time gives back the first. `ended`: it was withdrawn;
 * `conflict`: see `revision`. Throws closed, except for returns on paper.
 */
export function submitResponse(
  db: Db,
  owner: Owner,
  submission: Submission,
  { source, now, revision, changes, actor = respondentActor }: SubmitOptions,
): Exclude<SaveResult, { kind: 'nothing' }> {
  const submit = (tx: Db): Exclude<SaveResult, { kind: 'nothing' }> => {
    const stored = getResponseOf(tx, owner)
    if (stored?.status === 'complete') return { kind: 'saved', response: stored }
    if (stored?.status === 'withdrawn') return { kind: 'ended', response: stored }
    if (source === 'web') requireOpen(tx, owner.collectionId, now)
    const names = stored && revision !== undefined ? namesChangedSince(stored, revision, changes) : []
    if (stored && names.length > 0) return { kind: 'conflict', response: stored, names }
    const at = now.toISOString()
    const { data, stratum, categoryDiffers } = submission
    const fixed = {
      data,
      stratum,
      categoryDiffers,
      providerKey: owner.providerKey,
      source,
      status: 'complete' as const,
      reference: newReference(),
      submittedAt: at,
      savedAt: at,
      revision: (stored?.revision ?? 0) + 1,
    }
    takeBackByAnswering(tx, owner.invitationId, now, actor)
    const response = stored
      ? tx.update(responses).set(fixed).where(eq(responses.id, stored.id)).returning().get()
      : insertResponse(tx).get({ ...blankResponse, ...newResponse(owner, now), ...fixed, touched: {} })
    for (const [question, text] of Object.entries(submission.texts))
      insertText(tx).run({ responseId: response.id, question, text })
    recordCompleted(tx, response, { actor, now })
    return { kind: 'saved', response }
  }
  return write(db, submit)
}

function recordCompleted(
  tx: Db,
  { id, invitationId }: ResponseRow,
  { actor, now }: { actor: string; now: Date },
): void {
  deleteFinishLaterMessages(tx, id)
  if (invitationId !== null) recordInvitationEvent(tx, { invitationId, event: 'completed', actor, at: now })
}

const namesChangedSince = (stored: ResponseRow, revision: number, changes: Changes | undefined): string[] =>
  changes
    ? conflictsOf(stored, changes, revision)
    : Object.keys(stored.touched).filter((name) => (stored.touched[name] ?? 0) > revision)

const columns = getTableColumns(responses)
const insertResponse = prepared((db) => {
  const placeholders = Object.fromEntries(Object.keys(columns).map((name) => [name, sql.placeholder(name)]))
  return db
    .insert(responses)
    .values(placeholders as unknown as typeof responses.$inferInsert)
    .returning()
    .prepare()
})
// A placeholder takes no default from its column, and would store a null in a JSON column as the text `null`: all of those are given.
const blankResponse = Object.fromEntries(
  Object.entries(columns).map(([name, column]) => [name, column.default ?? null]),
)
const insertText = prepared((db) =>
  db
    .insert(textAnswers)
    .values({
      responseId: sql.placeholder('responseId'),
      question: sql.placeholder('question'),
      text: sql.placeholder('text'),
    })
    .prepare(),
)

/** Deletes the answers for good; the row stays, so that a withdrawn link is known and the invitation counts as a refusal. Throws closed. */
export function withdrawResponse(
  db: Db,
  response: Pick<ResponseRow, 'id' | 'collectionId' | 'invitationId'>,
  now: Date,
): void {
  const at = now.toISOString()
  const emptied = {
    data: {},
    touched: {},
    stratum: null,
    providerKey: null,
    categoryDiffers: false,
    reference: null,
    submittedAt: null,
    status: 'withdrawn' as const,
    savedAt: at,
  }
  write(db, (tx) => {
    requireOpen(tx, response.collectionId, now)
    tx.delete(textAnswers).where(eq(textAnswers.responseId, response.id)).run()
    tx.update(responses).set(emptied).where(eq(responses.id, response.id)).run()
    deleteFinishLaterMessages(tx, response.id)
    const { invitationId } = response
    if (invitationId === null) return
    tx.update(invitations).set({ outcome: 'withdrawn', outcomeAt: at }).where(eq(invitations.id, invitationId)).run()
    recordInvitationEvent(tx, { invitationId, event: 'withdrawn', actor: respondentActor, at: now })
  })
}

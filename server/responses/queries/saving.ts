import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { responses } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { recordInvitationEvent, respondentActor } from '../../invitations/queries/events.ts'
import { applyChanges, conflictsOf, mergeAnswers, type Changes } from '../rules/merge-answers.ts'
import {
  getResponseOf,
  newResponse,
  requireOpen,
  takeBackByAnswering,
  type Owner,
  type ResponseRow,
} from './responses.ts'

export interface Save {
  changes: Changes
  /** The revision that the changes were made from. */
  revision: number
  now: Date
}

export type SaveResult =
  | { kind: 'saved'; response: ResponseRow }
  /** There was nothing to save, and no response yet. */
  | { kind: 'nothing' }
  /** Others changed these answers meanwhile; nothing is stored. */
  | { kind: 'conflict'; response: ResponseRow; names: string[] }
  /** Submitted or withdrawn meanwhile; nothing is stored. */
  | { kind: 'ended'; response: ResponseRow }

/** Stores checked changes; the first that holds an answer makes the response. Throws closed. */
export function saveAnswers(db: Db, owner: Owner, { changes, revision, now }: Save): SaveResult {
  const save = (tx: Db): SaveResult => {
    requireOpen(tx, owner.collectionId, now)
    const stored = getResponseOf(tx, owner)
    if (!stored) return startResponse(tx, owner, changes, now)
    if (stored.status !== 'partial') return { kind: 'ended', response: stored }
    const names = conflictsOf(stored, changes, revision)
    if (names.length > 0) return { kind: 'conflict', response: stored, names }
    const changed = applyChanges(stored, changes)
    if (!changed) return { kind: 'saved', response: stored }
    takeBackByAnswering(tx, owner.invitationId, now)
    const response = updateSaved(tx).get({ ...changed, savedAt: now.toISOString(), id: stored.id })
    return { kind: 'saved', response }
  }
  return write(db, save)
}

function startResponse(tx: Db, owner: Owner, changes: Changes, now: Date): SaveResult {
  const data = mergeAnswers({}, changes)
  const names = Object.keys(data)
  if (names.length === 0) return { kind: 'nothing' }
  takeBackByAnswering(tx, owner.invitationId, now)
  if (owner.invitationId !== undefined)
    recordInvitationEvent(tx, { invitationId: owner.invitationId, event: 'begun', actor: respondentActor, at: now })
  const touched = Object.fromEntries(names.map((name) => [name, 1]))
  const row = {
    ...newResponse(owner, now),
    data,
    touched,
    revision: 1,
    status: 'partial' as const,
    source: 'web' as const,
  }
  return { kind: 'saved', response: tx.insert(responses).values(row).returning().get() }
}

const updateSaved = prepared((db) => {
  const changed = Object.fromEntries(
    ['data', 'touched', 'revision', 'savedAt'].map((name) => [name, sql.placeholder(name)]),
  )
  return db
    .update(responses)
    .set(changed as Partial<typeof responses.$inferInsert>)
    .where(eq(responses.id, sql.placeholder('id')))
    .returning()
    .prepare()
})

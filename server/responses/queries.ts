import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { isOpen } from '../collections/rules/status.ts'
import { newId, newReference } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { collections, frameServices, invitations, responses, systems, textAnswers } from '../db/schema.ts'
import { conflict } from '../errors.ts'
import { applyChanges, conflictsOf, mergeAnswers, type Changes } from './rules/merge-answers.ts'
import type { Submission } from './rules/submission.ts'

export type ResponseRow = typeof responses.$inferSelect

/** Whose response it is, or will be once something is saved. One of the last three is given. */
export interface Owner {
  collectionId: string
  versionId: string
  systemId: string
  providerKey: string | null
  invitationId?: string
  cascadeLinkId?: string
  resumeTokenHash?: string
}

export const getResponseByInvitation = (db: Db, invitationId: string) => responseByInvitation(db).get({ invitationId })

const responseByInvitation = prepared((db) =>
  db
    .select()
    .from(responses)
    .where(eq(responses.invitationId, sql.placeholder('invitationId')))
    .prepare(),
)

export const getResponseByResumeTokenHash = (db: Db, hash: string) =>
  db.select().from(responses).where(eq(responses.resumeTokenHash, hash)).get()

/** What a personal link that was issued at a first save leads to. */
export function getResumedResponse(db: Db, resumeTokenHash: string) {
  return db
    .select({ response: responses, collection: collections, system: systems })
    .from(responses)
    .innerJoin(collections, eq(collections.id, responses.collectionId))
    .innerJoin(systems, eq(systems.id, responses.systemId))
    .where(eq(responses.resumeTokenHash, resumeTokenHash))
    .get()
}

/** The one response of its owner, where there is one. */
export function getResponseOf(db: Db, owner: Pick<Owner, 'invitationId' | 'resumeTokenHash'>): ResponseRow | undefined {
  if (owner.invitationId !== undefined) return getResponseByInvitation(db, owner.invitationId)
  return owner.resumeTokenHash === undefined ? undefined : getResponseByResumeTokenHash(db, owner.resumeTokenHash)
}

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
    const response = updateSaved(tx).get({ ...changed, savedAt: now.toISOString(), id: stored.id })
    return { kind: 'saved', response }
  }
  return db.transaction(save, { behavior: 'immediate' })
}

/** Asked again within the transaction: it may have waited for the one that closed the collection, and a snapshot may follow. */
function requireOpen(tx: Db, collectionId: string, now: Date): void {
  const collection = timesOf(tx).get({ collectionId })
  if (!collection || !isOpen(collection, now)) throw conflict('closed', 'This survey is closed.')
}

const timesOf = prepared((db) => {
  const { status, opensAt, closesAt } = collections
  return db
    .select({ status, opensAt, closesAt })
    .from(collections)
    .where(eq(collections.id, sql.placeholder('collectionId')))
    .prepare()
})

function startResponse(tx: Db, owner: Owner, changes: Changes, now: Date): SaveResult {
  const data = mergeAnswers({}, changes)
  const names = Object.keys(data)
  if (names.length === 0) return { kind: 'nothing' }
  takeBackDecline(tx, owner.invitationId)
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

const newResponse = (owner: Owner, now: Date) => ({
  ...owner,
  id: newId(),
  createdAt: now.toISOString(),
  savedAt: now.toISOString(),
})

// Who declined and then answers has changed their mind.
function takeBackDecline(tx: Db, invitationId: string | undefined): void {
  if (invitationId === undefined) return
  tx.update(invitations)
    .set({ outcome: null, outcomeAt: null })
    .where(and(eq(invitations.id, invitationId), eq(invitations.outcome, 'declined')))
    .run()
}

export interface SubmitOptions {
  source: ResponseRow['source']
  now: Date
  /** What the respondent had before them: refused where others changed these answers later. Left out: the submission stands. */
  revision?: number
  /** What the submission changes of the stored answers; left out: it submits them as they are stored. */
  changes?: Changes
}

/**
 * Makes the response complete. Sent twice, it is stored once: the second time gives back the first. `ended`: it was withdrawn;
 * `conflict`: see `revision`. Throws closed, except for returns on paper.
 */
export function submitResponse(
  db: Db,
  owner: Owner,
  submission: Submission,
  { source, now, revision, changes }: SubmitOptions,
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
    if (!stored) takeBackDecline(tx, owner.invitationId)
    const response = stored
      ? tx.update(responses).set(fixed).where(eq(responses.id, stored.id)).returning().get()
      : insertResponse(tx).get({ ...blankResponse, ...newResponse(owner, now), ...fixed, touched: {} })
    for (const [question, text] of Object.entries(submission.texts))
      insertText(tx).run({ id: newId(), responseId: response.id, question, text })
    return { kind: 'saved', response }
  }
  return db.transaction(submit, { behavior: 'immediate' })
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
const insertText = prepared((db) =>
  db
    .insert(textAnswers)
    .values({
      id: sql.placeholder('id'),
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
  db.transaction(
    (tx) => {
      requireOpen(tx, response.collectionId, now)
      tx.delete(textAnswers).where(eq(textAnswers.responseId, response.id)).run()
      tx.update(responses).set(emptied).where(eq(responses.id, response.id)).run()
      if (response.invitationId !== null)
        tx.update(invitations)
          .set({ outcome: 'withdrawn', outcomeAt: at })
          .where(eq(invitations.id, response.invitationId))
          .run()
    },
    { behavior: 'immediate' },
  )
}

export const listTextAnswers = (db: Db, responseId: string) =>
  db.select().from(textAnswers).where(eq(textAnswers.responseId, responseId)).orderBy(textAnswers.question).all()

export interface AnsweringService {
  id: string
  locationId: string
  providerKey: string
  category: string
  notEligibleReason: string | null
  system: { code: string; region: string }
  systemId: string
  invitationId: string | null
  outcome: (typeof invitations.$inferSelect)['outcome']
  status: ResponseRow['status'] | null
}

/** Every service of a collection's frame with where it stands: for returns on paper, which name it by its Location ID. */
export function listAnsweringServices(db: Db, collectionId: string): AnsweringService[] {
  return db
    .select({
      id: frameServices.id,
      locationId: frameServices.locationId,
      providerKey: frameServices.providerKey,
      category: frameServices.category,
      notEligibleReason: frameServices.notEligibleReason,
      systemId: frameServices.systemId,
      system: { code: systems.code, region: systems.region },
      invitationId: invitations.id,
      outcome: invitations.outcome,
      status: responses.status,
    })
    .from(frameServices)
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(eq(frameServices.collectionId, collectionId))
    .all()
}

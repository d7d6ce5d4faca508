import { eq, getTableColumns } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import { canonicalJson } from '../../canonical-json.ts'
import type { Db } from '../../db/open.ts'
import { questionSetDrafts, questionSetVersions } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { formatLondonDate, londonClock } from '../../time/london-dates.ts'
import { AppError, badRequest, conflict, notFound } from '../../errors.ts'
import { readQuestionSetFile } from '../import/read-question-set-file.ts'
import { getPublishedVersion } from './versions.ts'
import type { DraftContent, JsonObject } from '../../../surveys/draft-content.ts'
import { listEdits } from '../rules/draft/list-edits.ts'
import { skeletonOf, type NewSet } from '../rules/draft/skeleton.ts'
import { listDraftChanges, recordDraftChange } from './draft-changes.ts'
import { deleteTestResponsesOfDraft } from './test-responses.ts'

const selectDrafts = (db: Db) =>
  db
    .select({ ...getTableColumns(questionSetDrafts), basedOnVersion: questionSetVersions.version })
    .from(questionSetDrafts)
    .leftJoin(questionSetVersions, eq(questionSetVersions.id, questionSetDrafts.basedOn))

export type QuestionSetDraft = NonNullable<ReturnType<typeof getDraft>>

/** With the number of the version that it is based on: null for a new set. */
export const getDraft = (db: Db, slug: string) => selectDrafts(db).where(eq(questionSetDrafts.slug, slug)).get()

export const listDrafts = (db: Db): QuestionSetDraft[] => selectDrafts(db).orderBy(questionSetDrafts.slug).all()

/** Throws not_found; draft_gone, saying who ended it, where there was one. */
export function loadDraft(db: Db, slug: string): QuestionSetDraft {
  const draft = getDraft(db, slug)
  if (draft) return draft
  const [last] = listDraftChanges(db, slug)
  if (!last) throw notFound('There is no draft of this question set.')
  throw new AppError(404, 'draft_gone', `There is no draft of this question set any more. ${sentenceOf(last)}`)
}

interface Start extends Who {
  slug: string
  /** Of a set that is new. */
  newSet?: Omit<NewSet, 'slug'> | undefined
}

/** A draft from the newest published version, or of a new set. Throws not_found, draft_exists or slug_taken. */
export function startDraft(db: Db, { slug, newSet, actor, now }: Start): QuestionSetDraft {
  return write(db, (tx) => {
    const existing = getDraft(tx, slug)
    if (existing)
      throw conflict(
        'draft_exists',
        `${existing.createdBy} started a draft of this question set on ${existing.createdAt}.`,
      )
    const base = getPublishedVersion(tx, slug)
    if (base && newSet)
      throw conflict('slug_taken', `There is a question set ${slug} already: choose another short name.`)
    if (!base && !newSet) throw notFound('There is no such question set. A new one needs a title and a mode.')
    const content = base ?? skeletonOf({ slug, ...newSet! })
    const from = base ? `started from version ${base.version}` : 'started a new question set'
    const revision = recordDraftChange(tx, slug, [from], { actor, now })
    const at = now.toISOString()
    tx.insert(questionSetDrafts)
      .values({
        slug,
        basedOn: base?.id ?? null,
        questions: { ...content.questions },
        plan: { ...content.plan },
        revision,
        createdAt: at,
        createdBy: actor,
        updatedAt: at,
        updatedBy: actor,
      })
      .run()
    recordAudit(tx, {
      actor,
      action: 'question_set.draft',
      subject: slug,
      detail: { from: base?.version ?? null },
      at: now,
    })
    return loadDraft(tx, slug)
  })
}

interface Change extends Who {
  slug: string
  /** The revision that the change was made from. */
  revision: number
}

/** Stores the whole content. Saving what is stored already changes nothing. Throws not_found, draft_gone or changed_elsewhere. */
export function updateDraft(
  db: Db,
  { slug, revision, questions, plan, actor, now }: Change & DraftContent,
): QuestionSetDraft {
  return write(db, (tx) => {
    const draft = loadDraft(tx, slug)
    // The answer to an autosave may have been lost on its way.
    if (canonicalJson([draft.questions, draft.plan]) === canonicalJson([questions, plan])) return draft
    refuseIfChanged(tx, draft, revision)
    const edits = listEdits(draft, { questions, plan })
    const change = { revision: recordDraftChange(tx, slug, edits, { actor, now }) }
    tx.update(questionSetDrafts)
      .set({ ...change, questions, plan, updatedAt: now.toISOString(), updatedBy: actor })
      .where(eq(questionSetDrafts.slug, slug))
      .run()
    return loadDraft(tx, slug)
  })
}

/**
 * Puts a file's content into the draft, under the draft's own short name; `notes` say what was not taken over as it stood. A survey of
 * another tool brings questions alone: the plan of a set that has been published stays, and the check names what no longer fits.
 * Throws unfit_file, and as `updateDraft` does.
 */
export function importIntoDraft(
  db: Db,
  { file, ...change }: Change & { file: Uint8Array | string },
): { draft: QuestionSetDraft; notes: string[] } {
  const read = readQuestionSetFile(file)
  if (!read.ok)
    throw badRequest('unfit_file', 'The file cannot be taken, and the draft is as it was.', read.problems.map(inWords))
  const { basedOn, plan: planned } = loadDraft(db, change.slug)
  const keepsPlan = read.kind === 'surveyjs' && basedOn !== null
  const plan: JsonObject = keepsPlan ? planned : read.plan
  const draft = updateDraft(db, { ...change, questions: read.questions, plan: { ...plan, slug: change.slug } })
  const lost = read.lost.filter(({ place }) => !(keepsPlan && place === 'plan'))
  return {
    draft,
    notes: [
      ...lost.map(inWords),
      ...(keepsPlan ? ['The analysis plan stays as it was: the file has none.'] : []),
      ...(read.kind === 'footbridge' && plan.slug !== change.slug ? [`The short name stays ${change.slug}.`] : []),
    ],
  }
}

const inWords = ({ place, message }: { place: string; message: string }) => `${place}: ${message}`

/** For good. Throws not_found, draft_gone or changed_elsewhere. */
export function discardDraft(db: Db, { slug, revision, actor, now }: Change): void {
  write(db, (tx) => {
    const draft = loadDraft(tx, slug)
    refuseIfChanged(tx, draft, revision)
    deleteDraft(tx, slug, 'discarded the draft', { actor, now })
    recordAudit(tx, { actor, action: 'question_set.discard', subject: slug, detail: { revision }, at: now })
  })
}

/** With the test responses to it. */
export function deleteDraft(tx: Db, slug: string, why: string, who: Who): void {
  recordDraftChange(tx, slug, [why], who)
  deleteTestResponsesOfDraft(tx, slug)
  tx.delete(questionSetDrafts).where(eq(questionSetDrafts.slug, slug)).run()
}

const sentenceOf = ({ by, at, what }: { by: string; at: string; what: string[] }) =>
  `${by} on ${formatLondonDate(at)} at ${londonClock(at)}: ${what.join('; ')}.`

/** Names who changed what since; nothing is half-written. */
export function refuseIfChanged(db: Db, { slug, revision: stored }: QuestionSetDraft, revision: number): void {
  if (stored === revision) return
  const since = listDraftChanges(db, slug, revision < stored ? revision : 0).map(({ slug: _, ...change }) => ({
    ...change,
    message: sentenceOf(change),
  }))
  throw conflict(
    'changed_elsewhere',
    `This draft was changed since revision ${revision}; it is now at revision ${stored}. ${since[0]?.message ?? ''}`,
    since,
  )
}

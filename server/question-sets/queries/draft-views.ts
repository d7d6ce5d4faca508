import type { Db } from '../../db/open.ts'
import { getPublishedVersion, listPublishedVersions } from './versions.ts'
import { adviseOnDraft, checkDraft } from '../rules/draft/check-draft.ts'
import { presentDraftSummary } from '../rules/draft/present-draft.ts'
import { presentChanges } from '../rules/draft/present-changes.ts'
import type { Comparison } from '../schema/versions.ts'
import type { DraftCheck, DraftView } from '../schema/drafts.ts'
import { listDraftChanges } from './draft-changes.ts'
import { loadDraft, type QuestionSetDraft } from './drafts.ts'
import { compareDraft } from './publish-draft.ts'

/** Everything that keeps the draft from being published, and what is worth a thought. Throws not_found or draft_gone. */
export function getDraftCheck(db: Db, slug: string): DraftCheck {
  const { revision, ...draft } = loadDraft(db, slug)
  const { problems, set } = checkDraft(slug, draft)
  if (!set || problems.length > 0) return { revision, ready: false, problems, estimate: null }
  const { advice, estimate } = adviseOnDraft(set, listPublishedVersions(db, slug))
  return { revision, ready: true, problems: advice, estimate: estimate ?? null }
}

/** Throws not_found, draft_gone or not_ready. */
export function getDraftComparison(db: Db, slug: string): Comparison {
  const changes = compareDraft(db, loadDraft(db, slug))
  return { from: getPublishedVersion(db, slug)?.version ?? null, to: 'draft', changes: presentChanges(changes) }
}

/** A draft with its content and history. */
export const viewDraft = (db: Db, draft: QuestionSetDraft): DraftView => ({
  ...presentDraftSummary(draft),
  questions: draft.questions,
  plan: draft.plan,
  changes: listDraftChanges(db, draft.slug).map(({ revision, by, at, what }) => ({ revision, by, at, what })),
})

import { canonicalJson, sha256 } from '../../canonical-json.ts'
import type { Db } from '../../db/open.ts'
import { notFound } from '../../errors.ts'
import { checkDraft } from '../rules/draft/check-draft.ts'
import type { ContentToTry } from '../rules/draft/content.ts'
import { loadDraft, type QuestionSetDraft } from './drafts.ts'
import { notReady } from './publish-draft.ts'
import { getVersionByNumber } from './versions.ts'

/** Throws not_found; draft_gone and, while something keeps it from being published, not_ready for a draft. */
export function getContentToTry(db: Db, slug: string, version: number | null): ContentToTry {
  if (version === null) return contentOfDraft(loadDraft(db, slug))
  const found = getVersionByNumber(db, slug, version)
  if (!found) throw notFound('There is no such version of a question set.')
  return found
}

/** Throws not_ready, with every problem. */
export function contentOfDraft(draft: QuestionSetDraft): ContentToTry {
  const { set, problems } = checkDraft(draft.slug, draft)
  if (!set || problems.length > 0) throw notReady(problems)
  return { slug: draft.slug, version: null, sha256: sha256(canonicalJson(set)), ...set }
}

import type { Db } from '../../db/open.ts'
import { AppError, notFound } from '../../errors.ts'
import { presentDraftSummary } from '../rules/draft/present-draft.ts'
import { compileReading } from '../rules/read-test-response.ts'
import type { TestResponseList, TestResponseView } from '../schema/test-responses.ts'
import type { ContentToTry } from '../rules/draft/content.ts'
import { getContentToTry } from './content-to-try.ts'
import { getDraft } from './drafts.ts'
import { listTestResponses, type TestResponse } from './test-responses.ts'
import { getPublishedVersion } from './versions.ts'

/** With what they say and do to figures; those of a draft by the draft as it is now. Throws not_found where there is no such set. */
export function viewTestResponses(db: Db, slug: string): TestResponseList {
  const title = loadTitle(db, slug)
  const { total, list } = listTestResponses(db, slug)
  const byContent = Map.groupBy(list, ({ version }) => version)
  const viewsById = new Map(
    [...byContent].flatMap(([version, answering]) => {
      const view = compileView(findContent(db, slug, version))
      return answering.map((row) => [row.id, view(row)] as const)
    }),
  )
  return { title, total, testResponses: list.map(({ id }) => viewsById.get(id)!) }
}

/** Of the newest version, or the draft of a new set. Throws not_found where there is neither. */
export function loadTitle(db: Db, slug: string): string {
  const version = getPublishedVersion(db, slug)
  if (version) return version.title
  const draft = getDraft(db, slug)
  if (!draft) throw notFound('There is no such question set.')
  return presentDraftSummary(draft).title
}

/** `content`: undefined where it is a draft that is not complete. */
export function compileView(content: ContentToTry | undefined): (row: TestResponse) => TestResponseView {
  const read = content && compileReading(content)
  return ({ id, version, sha256, data, createdBy, createdAt }) => ({
    id,
    version,
    createdAt,
    createdBy,
    answers: data,
    changedSince: sha256 !== content?.sha256,
    ...(read?.(data) ?? { reading: null, unread: 'Something is missing in the draft as it is now.' }),
  })
}

function findContent(db: Db, slug: string, version: number | null): ContentToTry | undefined {
  try {
    return getContentToTry(db, slug, version)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_ready') return undefined
    throw error
  }
}

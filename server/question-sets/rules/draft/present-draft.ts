import type { DraftSummary } from '../../schema/drafts.ts'
import type { DraftContent } from '../../../../surveys/draft-content.ts'

interface Draft extends DraftContent, Omit<DraftSummary, 'title' | 'basedOn'> {
  basedOnVersion: number | null
}

export const presentDraftSummary = ({ slug, questions, basedOnVersion, revision, ...about }: Draft): DraftSummary => ({
  slug,
  title: typeof questions.title === 'string' && questions.title !== '' ? questions.title : slug,
  basedOn: basedOnVersion,
  revision,
  createdAt: about.createdAt,
  createdBy: about.createdBy,
  updatedAt: about.updatedAt,
  updatedBy: about.updatedBy,
})

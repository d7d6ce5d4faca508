import type { AnalysisPlan } from '../../../../surveys/question-set.ts'
import type { JsonObject } from '../../../../surveys/draft-content.ts'

export interface NewSet {
  slug: string
  title: string
  mode: AnalysisPlan['mode']
}

/** What a new question set starts from: a page to fill, and results by region and system, which every collection knows. */
export const skeletonOf = ({ slug, title, mode }: NewSet): { questions: JsonObject; plan: AnalysisPlan } => ({
  questions: { title, pages: [{ name: 'page_1', title: 'Page 1', elements: [] }] },
  plan: {
    slug,
    mode,
    minutes: 10,
    states: { dontKnow: [], notApplicable: [] },
    breakdowns: [
      { id: 'region', label: 'Region', from: 'region' },
      { id: 'system', label: 'System', from: 'system' },
    ],
    cross: ['region', 'system'],
    indicators: [],
    scales: [],
    counted: [],
    narrative: [],
  },
})

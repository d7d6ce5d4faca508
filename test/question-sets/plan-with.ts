import { skeletonOf } from '../../server/question-sets/rules/draft/skeleton.ts'
import { analysisPlanSchema, type AnalysisPlan } from '../../surveys/question-set.ts'

/** The plan of a set that is answered by personal links: that of a new set, and what is given. Throws where it does not fit. */
export const planWith = (slug: string, given: Partial<AnalysisPlan>): AnalysisPlan =>
  analysisPlanSchema.parse({ ...skeletonOf({ slug, title: slug, mode: 'personal' }).plan, ...given })

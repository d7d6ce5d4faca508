import type { AnalysisPlan, Questions } from '../../../../surveys/question-set.ts'
import type { JsonObject } from '../../../../surveys/draft-content.ts'

/** What a preview shows and a test response answers: a published version, or a draft that is complete. */
export interface ContentToTry {
  slug: string
  /** Null for the draft. */
  version: number | null
  sha256: string
  questions: Questions
  plan: AnalysisPlan
}

const mostLevels = 50

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Why a JSON value cannot be kept, as a sentence; undefined where it can. Looks no deeper than it must. */
export function faultOfJson(value: unknown, level = 1): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (level > mostLevels) return `it is nested more than ${mostLevels} levels deep`
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') return 'it has a key __proto__, which has no place in a question set'
    const fault = faultOfJson(item, level + 1)
    if (fault) return fault
  }
  return undefined
}

import { join } from 'node:path'
import { readQuestionSet } from './read-question-set.ts'
import type { Db } from '../../db/open.ts'
import { isInAdminsHands, publishVersion } from '../queries/versions.ts'
import { compileDefinition } from '../../../surveys/definition/definition.ts'

export const shippedQuestionSets = ['discharge-information-flow', 'relational-audit'] as const

const surveysFolder = join(import.meta.dirname, '../../../surveys')

/**
 * Publishes what `surveys/` holds where its content is new; safe at every start. A set that an admin has taken over is left alone: an update
 * of the software neither overrides their version nor comes after it. Throws where a file breaks the contract or cannot be checked strictly.
 */
export function loadShippedQuestionSets(db: Db, now: Date): void {
  for (const slug of shippedQuestionSets) {
    const { questions, plan } = readQuestionSet(join(surveysFolder, slug))
    if (plan.slug !== slug) throw new Error(`surveys/${slug}/analysis.json says that its slug is ${plan.slug}`)
    compileDefinition(questions)
    if (!isInAdminsHands(db, slug)) publishVersion(db, { slug, questions, plan }, now)
  }
}

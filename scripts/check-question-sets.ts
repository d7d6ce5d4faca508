import { join } from 'node:path'
import { checkQuestionSet } from '../surveys/checking/check-question-set.ts'
import { describeEstimate } from '../surveys/checking/estimate.ts'
import { shippedQuestionSets } from '../server/question-sets/import/shipped.ts'
import { readQuestionSet } from '../server/question-sets/import/read-question-set.ts'

const surveysFolder = join(import.meta.dirname, '../surveys')

/** Prints what is wrong with each question set that is shipped, and how long it takes; false if anything is wrong or too long. */
export function checkQuestionSets(): boolean {
  const fine = shippedQuestionSets.map((name) => {
    const set = readQuestionSet(join(surveysFolder, name))
    const problems = checkQuestionSet(set)
    for (const { place, message } of problems) console.error(`surveys/${name}: ${place}: ${message}`)
    if (problems.length > 0) return false
    const { line, kept } = describeEstimate(set)
    console.log(`  ${line}`)
    return kept
  })
  return fine.every(Boolean)
}

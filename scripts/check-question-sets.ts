import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkQuestionSet } from '../surveys/check-question-set.ts'
import { describeEstimate } from '../surveys/estimate.ts'
import { readQuestionSet } from '../surveys/read-question-set.ts'

const surveysFolder = join(import.meta.dirname, '../surveys')

/** Prints what is wrong with each question set of surveys/, and how long it takes; false if anything is wrong or too long. */
export function checkQuestionSets(): boolean {
  const folders = readdirSync(surveysFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const fine = folders.map(({ name }) => {
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

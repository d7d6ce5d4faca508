import { spawnSync } from 'node:child_process'
import { checkCommitMessages } from './check-commit-messages.ts'
import { checkQuestionSets } from './check-question-sets.ts'
import { checkVocabulary } from './check-vocabulary.ts'

/** Everything that can be checked without running the product; every check runs even where an earlier one failed. */
const steps: Record<string, () => boolean> = {
  types: () => run('node_modules/typescript/bin/tsc', '--noEmit'),
  lint: () => run('node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  format: () => run('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  'file vocabulary': checkVocabulary,
  'question sets': checkQuestionSets,
  'commit messages': checkCommitMessages,
}

function run(...args: string[]): boolean {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0
}

const failed = Object.entries(steps).filter(([name, step]) => {
  const passed = step()
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`)
  return !passed
})
process.exitCode = failed.length > 0 ? 1 : 0

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const longestSubject = 72
/** More than these is no small change. Lines added and taken away count; what was only moved does not, nor what is generated. */
const fewLines = 20
const generated = /^(package-lock\.json$|drizzle\/meta\/)/
const trailer = /^[A-Z][A-Za-z-]+: \S/

/** What is wrong with a commit's message, as sentences. `changedLines`: see `linesChanged`. Whether a body says why is for its readers. */
export function faultsOfMessage(message: string, changedLines = 0): string[] {
  const [subject = '', second = '', ...rest] = message.trimEnd().split('\n')
  const body = rest.filter((line) => line.trim() !== '' && !trailer.test(line))
  const faults = {
    'It has no subject.': subject.trim() === '',
    [`The subject has ${subject.length} characters: ${longestSubject} at most.`]: subject.length > longestSubject,
    'The subject ends with a full stop: leave it out.': subject.endsWith('.'),
    'The line after the subject is not blank.': second.trim() !== '',
    [`It changes ${changedLines} lines: a body has to say why.`]: changedLines > fewLines && body.length === 0,
  }
  return Object.keys(faults).filter((fault) => faults[fault])
}

/** Counts by the output of `git … --numstat`. */
export const linesChanged = (numstat: string): number =>
  numstat
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, , path]) => path !== undefined && !generated.test(path))
    .reduce((sum, [added, removed]) => sum + (Number(added) || 0) + (Number(removed) || 0), 0)

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', maxBuffer: 256 * 1024 ** 2 })

/**
 * What is wrong in the history since this check came: of the commits that were made on top of it, merges left out. Others had no hook to tell
 * their authors. `unchecked`: why nothing could be checked.
 */
export function faultsOfHistory(folder: string): { faults: string[]; unchecked?: string } {
  try {
    if (git(folder, 'rev-parse', '--is-shallow-repository').trim() === 'true')
      return { faults: [], unchecked: 'this clone is shallow' }
    const file = 'scripts/check-commit-messages.ts'
    const base = git(folder, 'log', '--diff-filter=A', '--format=%H', '--', file).trim().split('\n').at(-1)
    if (!base) return { faults: [], unchecked: 'the history does not hold this check' }
    const format = '--format=%x1e%h%x1f%B%x1f'
    const log = git(folder, 'log', '--no-merges', '--ancestry-path', '-M', '--numstat', format, `${base}..HEAD`)
    return { faults: log.split('\x1e').slice(1).flatMap(faultsOfCommit) }
  } catch (error) {
    return { faults: [], unchecked: error instanceof Error ? error.message.trim() : String(error) }
  }
}

function faultsOfCommit(entry: string): string[] {
  const [commit, message = '', numstat = ''] = entry.split('\x1f')
  return faultsOfMessage(message, linesChanged(numstat)).map(
    (fault) => `${commit} ${message.split('\n')[0]}\n  ${fault}`,
  )
}

/** Prints every fault of the history; true where there is none, or where there is no history to look at. */
export function checkCommitMessages(): boolean {
  const { faults, unchecked } = faultsOfHistory(root)
  if (unchecked !== undefined) console.log(`  Commit messages are not checked: ${unchecked}.`)
  for (const fault of faults) console.error(fault)
  return faults.length === 0
}

/** For the hook: a message that is being written, without what git has written into it, beside what is about to be committed. */
function checkMessageFile(file: string): boolean {
  const written = readFileSync(file, 'utf8').split(/^# -+ >8 -+$/m)[0]!
  const message = written.replaceAll(/^#.*\n?/gm, '').trimStart()
  const faults = faultsOfMessage(message, linesChanged(git(root, 'diff', '--cached', '-M', '--numstat')))
  for (const fault of faults) console.error(fault)
  return faults.length === 0
}

if (import.meta.main) {
  const [file] = process.argv.slice(2)
  process.exitCode = (file === undefined ? checkCommitMessages() : checkMessageFile(file)) ? 0 : 1
}

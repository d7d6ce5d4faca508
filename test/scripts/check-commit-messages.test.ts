import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { faultsOfHistory, faultsOfMessage, linesChanged } from '../../scripts/check-commit-messages.ts'

const check = 'scripts/check-commit-messages.ts'
const body = 'It was slow.'

it.each([
  ['Read the register once\n', 5],
  ['Read the register once\n\nIt was read twice, and changed in between.\n', 500],
  [`${'a'.repeat(72)}\n`, 0],
])('lets %j pass', (message, lines) => {
  expect(faultsOfMessage(message, lines)).toEqual([])
})

it.each([
  ['\n\nIt was slow.', 0, /no subject/],
  [`${'a'.repeat(73)}\n\n${body}`, 0, /73 characters/],
  [`Read the register once.\n\n${body}`, 0, /full stop/],
  [`Read the register once\n${body}`, 0, /not blank/],
  ['Read the register once', 21, /changes 21 lines: a body has to say why/],
  ['Read the register once\n\nReviewed-by: A Person <a@example.org>', 21, /has to say why/],
])('refuses %j of %i lines', (message, lines, fault) => {
  expect(faultsOfMessage(message, lines)).toEqual([expect.stringMatching(fault)])
})

it('counts lines that were written, not what is generated or no text', () => {
  const numstat = [
    '3\t2\tserver/app.ts',
    '900\t0\tpackage-lock.json',
    '80\t0\tdrizzle/meta/0007_snapshot.json',
    '-\t-\ta.png',
  ]
  expect(linesChanged(['', ...numstat, ''].join('\n'))).toBe(5)
})

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'footbridge-history-'))
  git('init', '--quiet', '--initial-branch=main')
  commit('Begin', 'README.md')
})
afterEach(() => rmSync(root, { recursive: true }))

function git(...args: string[]): string {
  const who = { name: 'A Person', email: 'person@example.org' }
  const settings = [
    `user.name=${who.name}`,
    `user.email=${who.email}`,
    'commit.gpgsign=false',
    'core.hooksPath=.githooks',
  ]
  return execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

function commit(message: string, path: string, lines = 1): void {
  write(path, 'line\n'.repeat(lines))
  git('add', '.')
  git('commit', '--quiet', '-m', message)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

it('judges what was made on top of the check: nothing before it or beside it, and no merge', () => {
  commit('What was there before the check may say it in as many words as it wants to.', 'before.txt')
  git('branch', 'beside')
  commit('Check messages', check)
  commit('Add much', 'much.txt', 30)
  commit('Add little', 'little.txt')
  git('checkout', '--quiet', 'beside')
  commit('Whoever works beside the check has no hook that would tell them about it.', 'beside.txt')
  git('checkout', '--quiet', 'main')
  git(
    'merge',
    '--quiet',
    '-m',
    'A merge that says whatever it says, in so many words that they are too many.',
    'beside',
  )
  expect(faultsOfHistory(root)).toEqual({
    faults: [expect.stringMatching(/^[0-9a-f]+ Add much\n {2}It changes 30 lines: a body has to say why\.$/)],
  })
})

it('says where there is nothing to look at', () => {
  expect(faultsOfHistory(root).unchecked).toBe('the history does not hold this check')
  commit('Check messages', check)
  const shallow = join(root, 'shallow')
  git('clone', '--quiet', '--depth', '1', `file://${root}`, shallow)
  expect(faultsOfHistory(shallow).unchecked).toBe('this clone is shallow')
  rmSync(join(root, '.git'), { recursive: true })
  expect(faultsOfHistory(root).unchecked).toMatch(/not a git repository/)
})

it('is asked by the hook while a message is written', () => {
  for (const file of ['.githooks/commit-msg', check]) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    cpSync(join(import.meta.dirname, '../..', file), join(root, file))
  }
  write('package.json', '{ "type": "module" }')
  git('add', '.')
  expect(() => git('commit', '-m', 'Bring the check')).toThrow(/lines: a body has to say why/)
  git('commit', '-m', 'Bring the check', '-m', 'Nobody looked.')
  expect(() => commit('Say something.', 'some.txt')).toThrow(/full stop/)
  git('commit', '-m', 'Say something')
  expect(git('log', '--format=%s')).toBe('Say something\nBring the check\nBegin\n')
})

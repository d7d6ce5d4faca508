import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { addCollectionCommands } from '../../../server/cli/collections.ts'
import { addQuestionSetCommands } from '../../../server/cli/question-sets.ts'
import { canonicalJson, sha256 } from '../../../server/canonical-json.ts'
import { AppError } from '../../../server/errors.ts'
import type { Comparison, QuestionSetVersionDetail } from '../../../server/question-sets/schema/versions.ts'
import type { DraftView } from '../../../server/question-sets/schema/drafts.ts'
import type { QuestionSet } from '../../../surveys/question-set.ts'
import { readQuestionSet } from '../../../server/question-sets/import/read-question-set.ts'
import { testApp, type TestApp } from '../../app.ts'
import { openPersonalCollection } from '../../factories.ts'
import { audit, flow } from './draft-api.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  app = testApp()
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
})

/** Runs one command line; what it printed. Throws what the command throws. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addQuestionSetCommands(program, () => app.context)
  addCollectionCommands(program, () => app.context)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(args, { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}
const set = (...args: string[]) => run('question-set', ...args)
const json = async <T>(...args: string[]) => JSON.parse(await set(...args, '--json')) as T
const fault = (...args: string[]) =>
  run(...args).then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
  )

type File = QuestionSet & { footbridge: number; version?: number; sha256?: string }
const exported = async (slug: string, ...options: string[]): Promise<File> => {
  const path = join(folder, `${slug}${options.join('')}.json`)
  await set('export', slug, ...options, '--out', path)
  return JSON.parse(await readFile(path, 'utf8')) as File
}
const write = async (name: string, content: unknown) => {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const meaning = ({ questions, plan }: QuestionSet) => canonicalJson({ questions, plan })

describe.each([flow, audit])('%s', (slug) => {
  test('opened, exported, taken in and exported again means what the shipped files mean', async () => {
    const shipped = readQuestionSet(join(import.meta.dirname, '../../../surveys', slug))
    const first = await exported(slug)
    expect(first).toMatchObject({ footbridge: 1, version: 1, sha256: sha256(meaning(shipped)) })
    expect(meaning(first)).toBe(meaning(shipped))

    await set('draft', slug)
    expect(meaning(await exported(slug, '--draft'))).toBe(meaning(shipped))
    await set('update', slug, await write('other.json', { footbridge: 1, questions: { title: 'Other' }, plan: {} }))
    await set('update', slug, await write('first.json', first))
    const again = await exported(slug, '--draft')
    expect(meaning(again)).toBe(meaning(shipped))
    expect(await json<Comparison>('compare', slug)).toEqual({ from: 1, to: 'draft', changes: [] })
    expect(await fault('question-set', 'publish', slug)).toMatch(/^nothing_changed/)
  })

  test('opened, changed, compared, published and exported', async () => {
    const file = await exported(slug)
    file.questions.title = 'What we ask now'
    file.plan.minutes = 20
    expect((await json<DraftView>('draft', slug)).revision).toBe(1)
    const path = await write('changed.json', `\uFEFF${JSON.stringify(file)}`)
    expect(await fault('question-set', 'update', slug, path, '--revision', '7')).toMatch(/^changed_elsewhere/)
    expect(await json('update', slug, path)).toMatchObject({ revision: 2, updatedBy: 'command line', notes: [] })
    expect(await set('check', slug)).toContain('It can be published.')

    const { changes } = await json<Comparison>('compare', slug)
    expect(changes.map((change) => [change.class, change.place, change.what])).toEqual([
      ['wording', 'questionnaire', 'title'],
      ['wording', 'plan', 'minutes'],
    ])
    expect(await set('compare', slug)).toContain(changes[0]!.key)
    expect(await fault('question-set', 'publish', slug)).toMatch(/^statement_missing/)
    const statements = ['--statement', `${changes[0]!.key}=Its title = its name.`, '--statement', 'wording=As before.']
    const made = await json<QuestionSetVersionDetail>('publish', slug, ...statements)
    expect(made).toMatchObject({ version: 2, comparability: 'Its title = its name. As before.' })
    const published = await exported(slug)
    expect([published.version, published.sha256, meaning(published)]).toEqual([2, made.sha256, meaning(file)])
    expect(sha256(meaning(published))).toBe(made.sha256)
    expect((await exported(slug, '--version', '1')).version).toBe(1)
    expect((await json<Comparison>('compare', slug, '--from', '1', '--to', '2')).changes).toEqual(changes)
    expect(await set('read', slug)).toContain(`What we ask now: version 2, sha256 ${made.sha256}`)
    expect(await set('list')).toContain('What we ask now')
  })
})

test('a correction of spelling is declared by the key that compare marks, and what else is declared is named', async () => {
  const file = await exported(audit)
  file.questions.title = `${file.questions.title}x`
  file.plan.minutes = 20
  await set('draft', audit)
  await set('update', audit, await write('slip.json', file))
  const { changes } = await json<Comparison>('compare', audit)
  expect(await set('compare', audit)).toContain(`${changes[0]!.key}  wording (a letter or two)`)
  const [slip, minutes] = changes.map(({ key }) => key)
  const publish = ['publish', audit, '--statement', 'wording=As before.', '--correction', slip!]
  expect(await fault('question-set', ...publish, minutes!)).toMatch(/^no_correction: .*wording: plan, minutes/)
  expect((await json<QuestionSetVersionDetail>(...publish)).changes).toMatchObject([
    { class: 'correction', what: 'title', declaredBy: 'command line' },
    { class: 'wording', what: 'minutes', statement: 'As before.' },
  ])
})

test('a file of one set makes another of it, under its own short name', async () => {
  await set('draft', 'second-audit', '--title', 'A second audit', '--mode', 'cascade')
  const taken = await set('update', 'second-audit', await write('audit.json', await exported(audit)))
  expect(taken).toContain('The short name stays second-audit.')
  expect(await set('publish', 'second-audit')).toContain('second-audit: version 1 is published')
  expect((await exported('second-audit')).plan.slug).toBe('second-audit')
})

test('a file that cannot be taken changes nothing, and the message says why', async () => {
  await set('draft', flow)
  const files: [string, unknown, RegExp][] = [
    ['text', 'Hello', /^unfit_file: .*cannot be taken/],
    ['large', `{"a":"${'x'.repeat(50 * 1024 * 1024)}"}`, /^too_large: .*too large: at most 1024 KB/],
    ['deep', '['.repeat(200_000) + ']'.repeat(200_000), /^unfit_file: .*cannot be taken/],
    ['proto', '{"footbridge":1,"questions":{"__proto__":{}},"plan":{}}', /^unfit_file: .*cannot be taken/],
    ['other tool', { lists: [] }, /^unfit_file/],
    ['null', 'null', /^unfit_file/],
  ]
  for (const [name, content, message] of files) {
    const path = await write('bad.json', content)
    expect(await fault('question-set', 'update', flow, path), name).toMatch(message)
  }
  expect(await fault('question-set', 'update', flow, join(folder, 'none.json'))).toMatch(/^no_file: There is no file/)
  expect(await json('read', flow, '--draft')).toMatchObject({ revision: 1 })
})

test('what is not there, or not meant, is said in a sentence', async () => {
  const said = async (...args: string[]) => fault('question-set', ...args)
  expect(await said('read', 'unknown')).toBe('not_found: There is no version of a question set "unknown".')
  expect(await said('read', flow, '--version', '9')).toBe(
    `not_found: There is no version 9 of a question set "${flow}".`,
  )
  expect(await said('export', flow, '--version', 'last')).toMatch(/^bad_version/)
  expect(await said('compare', flow)).toMatch(/^not_found/)
  expect(await said('compare', flow, '--to', '1')).toMatch(/^bad_version/)
  expect(await said('draft', 'Food!', '--title', 'Food', '--mode', 'cascade')).toMatch(/^bad_slug/)
  expect(await said('draft', 'food', '--title', 'Food')).toMatch(/^bad_options/)
  await set('draft', flow)
  expect(await set('discard', flow)).toContain('is discarded')
  expect(await said('publish', flow)).toMatch(/^draft_gone: .*command line on Monday 1 June 2026 at 10:00: discarded/)
})

test('a collection is moved to a version that only corrects', async () => {
  const { collection } = openPersonalCollection(app)
  const file = await exported(flow)
  file.questions.pages[0]!.elements[0]!.title += '.'
  await set('draft', flow)
  await set('update', flow, await write('corrected.json', file))
  await set('publish', flow)
  expect(await run('collection', 'move', collection.id, '--version', '2')).toContain(`is on version 2 of ${flow}`)
})

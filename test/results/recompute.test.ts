// Results against a program that shares no line of code with them: test/results/recompute.py.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test, type TestContext } from 'vitest'
import type { FrameService } from '../../server/frame/queries.ts'
import { compileDefinition } from '../../surveys/definition/definition.ts'
import { getResults } from '../../server/results/queries/published.ts'
import { questionsOf } from '../../surveys/notes.ts'
import type { AnalysisPlan, Answers, Question, Questions } from '../../surveys/question-set.ts'
import { testApp, type TestApp } from '../app.ts'
import {
  addResponses,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
} from '../factories.ts'
import { changeInvitations } from '../stored/invitations.ts'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

const read = (slug: string, file: string): unknown => JSON.parse(readFileSync(`surveys/${slug}/${file}.json`, 'utf8'))

/** Answers of every kind to a shipped question set, some left out; skewed, so that some groups are of one mind. */
function sampleAnswers(slug: string, count: number, seed: number): Answers[] {
  const questions = read(slug, 'questions') as Questions
  const definition = compileDefinition(questions)
  const all = questions.pages.flatMap(questionsOf)
  const shape = Object.fromEntries(
    all.map((question) => [question.name, fc.option(anyAnswer(question), { nil: undefined, freq: 9 })]),
  )
  return fc
    .sample(fc.record(shape), { numRuns: count, seed })
    .map((answers) => definition.withoutHidden(JSON.parse(JSON.stringify(answers)) as Answers))
}

function anyAnswer(question: Question): fc.Arbitrary<unknown> {
  const oneOf = (options: readonly { value: unknown }[]) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(options[0]!.value) },
      { weight: 3, arbitrary: fc.constantFrom(...options.map(({ value }) => value)) },
    )
  if (question.type === 'matrix')
    return fc.record(Object.fromEntries(question.rows.map(({ value }) => [value, oneOf(question.columns)])), {
      requiredKeys: [],
    })
  if (question.type === 'checkbox') {
    const alone = ['none_of_these', 'not_applicable', 'dont_know'].filter((code) =>
      question.choices.some(({ value }) => value === code),
    )
    const together = question.choices.map(({ value }) => value).filter((value) => !alone.includes(String(value)))
    return fc.oneof({ weight: 8, arbitrary: fc.subarray(together) }, ...alone.map((code) => fc.constant([code])))
  }
  return 'choices' in question ? oneOf(question.choices) : fc.constant('Some words')
}

/** What the program says of a collection's released results, all tables of them; `change`: to one of them first. */
async function recompute(
  app: TestApp,
  id: string,
  slug: string,
  { skip }: Pick<TestContext, 'skip'>,
  change: (json: string) => string = (json) => json,
) {
  if (spawnSync('python3', ['--version']).status !== 0) skip('python3 is not installed: nothing to recompute with')
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
  folders.push(folder)
  await app.db.$client.backup(join(folder, 'footbridge.sqlite'))
  const { breakdowns } = read(slug, 'analysis') as AnalysisPlan
  const files = [{}, ...breakdowns.map((breakdown) => ({ breakdown: breakdown.id })), { cross: true }].map(
    (asked, place) => {
      const file = join(folder, `${place}.json`)
      const json = JSON.stringify(getResults(app.db, id, asked, null))
      writeFileSync(file, place === 0 ? change(json) : json)
      return file
    },
  )
  const { status, stdout, stderr } = spawnSync(
    'python3',
    ['test/results/recompute.py', join(folder, 'footbridge.sqlite'), id, ...files],
    { encoding: 'utf8', maxBuffer: 1e8 },
  )
  return { status, differences: stdout.trim().split('\n').filter(Boolean), said: stderr.trim() }
}

function createSystems(app: TestApp, count: number): string[] {
  return Array.from(
    { length: count },
    (_, place) =>
      createSystem(app, {
        code: `s${place}`,
        name: `System ${place}`,
        region: ['North West', 'Yorkshire and The Humber', 'London'][place % 3],
      }).code,
  )
}

/** 420 services of 6 systems, of which 330 answered, with every outcome an invitation can have. */
function personalCollection(app: TestApp) {
  const categories = [
    'residential_care_home',
    'residential_care_home',
    'nursing_home',
    'domiciliary_care',
    'domiciliary_care',
    'extra_care_housing',
    'shared_lives',
  ]
  const services = Array.from({ length: 420 }, (_, place): Partial<FrameService> => ({
    category: categories[(place * 5) % 7],
    ...(place % 4 === 0 ? { providerKey: `1-3000000${place % 5}` } : {}),
    // Extra care of two providers alone, and more than half of the first system of one: hidden however many answer.
    ...(categories[(place * 5) % 7] === 'extra_care_housing'
      ? { providerKey: `1-4000000${place % 2}` }
      : place % 6 === 0 && place % 5 < 3
        ? { providerKey: '1-500000000' }
        : {}),
    ...(place % 40 === 7 ? { notEligibleReason: 'closed' } : {}),
    ...(place % 40 === 11 ? { contactEmail: null, contactName: null } : {}),
  }))
  const { collection, invitations } = openPersonalCollection(app, { services, systems: createSystems(app, 6) })
  const answers = sampleAnswers('discharge-information-flow', invitations.length, 7)
  const statuses = (place: number) => (place < 330 ? 'complete' : place < 345 ? 'partial' : 'withdrawn')
  addResponses(
    app,
    collection.id,
    invitations.slice(0, 350).map((invitation, place) => ({
      invitation,
      status: statuses(place),
      answers: place < 345 ? answers[place]! : {},
    })),
  )
  addResponses(
    app,
    collection.id,
    invitations.slice(350, 352).map((invitation, place) => ({ invitation, source: 'test', answers: answers[place]! })),
  )
  const outcomes = ['declined', 'not_eligible', 'contacted', 'undelivered', null] as const
  invitations
    .slice(338)
    .forEach(({ invitation }, place) => changeInvitations(app.db, { outcome: outcomes[place % 5] }, invitation.id))
  return collection
}

test('of a personal collection are those of an independent recomputation, figure by figure', async (context) => {
  const app = testApp()
  const { id } = personalCollection(app)
  releaseResults(app, id)
  const { differences, said } = await recompute(app, id, 'discharge-information-flow', context)
  expect(differences).toEqual([])
  expect(said).toMatch(/^\d{4,} figures, \d{2,} hidden cells, \d{2,} lines$/)
})

test('of a cascade are those of an independent recomputation, scales and alpha included', async (context) => {
  const app = testApp()
  const systems = createSystems(app, 8)
  const { collection } = openCascadeCollection(app, { systems })
  const answers = sampleAnswers('relational-audit', 700, 11)
  addResponses(
    app,
    collection.id,
    answers.map((given, place) => ({ answers: given, system: systems[Math.floor(Math.sqrt(place % 64))]! })),
  )
  releaseResults(app, collection.id)
  const { differences, said } = await recompute(app, collection.id, 'relational-audit', context)
  expect(differences).toEqual([])
  expect(said).toMatch(/^\d{4,} figures, \d{2,} hidden cells, \d{2,} lines$/)
})

test('are compared in earnest: one limit that is a tenth off is found', async (context) => {
  const app = testApp()
  const { collection, invitations } = openPersonalCollection(app, { services: 60 })
  addResponses(
    app,
    collection.id,
    Array.from({ length: 22 }, (_, place) => ({
      answers: { summary_received: place < 6 ? 'under_quarter' : 'quarter_to_half' },
      invitation: invitations[place]!,
    })),
  )
  releaseResults(app, collection.id)
  const { status, differences } = await recompute(app, collection.id, 'discharge-information-flow', context, (json) =>
    json.replace('"high":43.9', '"high":44'),
  )
  expect([status, differences]).toEqual([1, ['indicator:summary_under_quarter (): high 44, recomputed 43.9']])
})

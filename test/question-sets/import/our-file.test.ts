import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readQuestionSetFile } from '../../../server/question-sets/import/read-question-set-file.ts'
import { shippedQuestionSets } from '../../../server/question-sets/import/shipped.ts'
import { readQuestionSet } from '../../../server/question-sets/import/read-question-set.ts'

const shipped = (slug: string) => readQuestionSet(join(import.meta.dirname, '../../../surveys', slug))
const read = (file: object) => readQuestionSetFile(JSON.stringify(file))

test.each(shippedQuestionSets)('%s in our own format comes back with both parts, and nothing is lost', (slug) => {
  const set = shipped(slug)
  const expected = { ok: true, kind: 'footbridge', ...set, lost: [], unfinished: [] }
  expect(read({ footbridge: 1, ...set })).toEqual(expected)
  // As a published version is exported.
  expect(read({ footbridge: 1, version: 3, sha256: 'abc', ...set })).toEqual(expected)
})

test('questions without a plan get one to begin with', () => {
  const { questions } = shipped('relational-audit')
  const result = read({ footbridge: 1, questions })
  expect(result).toMatchObject({ ok: true, questions, plan: { slug: 'working-together' }, unfinished: [] })
  expect(result.ok && result.lost).toEqual([{ place: 'plan', message: expect.stringContaining('proposed') as string }])
})

test('a draft that is not finished is read as it stands, and says what is missing', () => {
  const questions = {
    title: 'Half done',
    pages: [
      { name: 'p', title: '', elements: [{ type: 'radiogroup', name: 'q', title: 'Q', choices: [] }] },
      { name: 'r', title: 'R', elements: [{ type: 'file', name: 'f', title: 'F' }] },
    ],
  }
  const result = read({ footbridge: 1, questions, plan: { slug: 'half-done' } })
  expect(result).toMatchObject({ ok: true, kind: 'footbridge', questions, plan: { slug: 'half-done' }, lost: [] })
  const places = result.ok ? result.unfinished.map(({ place }) => place) : []
  expect(places).toEqual(
    expect.arrayContaining([
      'questions.pages.0.title',
      'questions.pages.0.elements.0.choices',
      'questions.pages.1.elements.0.type',
      'plan.mode',
    ]),
  )
  expect(read({ footbridge: 1, questions: {}, plan: {} }).ok).toBe(true)
  expect(read({ footbridge: 1, questions: {} }).ok).toBe(true)
})

test('names that are there twice keep a draft from compiling: it says so', () => {
  const { questions, plan } = shipped('relational-audit')
  const [first] = questions.pages
  if (!first) throw new Error('no page')
  const result = read({ footbridge: 1, questions: { ...questions, pages: [...questions.pages, first] }, plan })
  expect(result.ok && result.unfinished).toEqual([
    { place: 'questions', message: expect.stringContaining('about_you is there twice') as string },
  ])
})

test.each([
  [{ footbridge: 2, questions: {}, plan: {} }, 'footbridge'],
  [{ footbridge: '1', questions: {}, plan: {} }, 'footbridge'],
  [{ footbridge: 1 }, 'questions'],
  [{ footbridge: 1, questions: [], plan: {} }, 'questions'],
  [{ footbridge: 1, questions: {}, plan: 'later' }, 'plan'],
  [{ footbridge: 1, questions: {}, plan: null }, 'plan'],
])('%j is refused at its place', (file, place) => {
  expect(read(file)).toEqual({ ok: false, problems: [{ place, message: expect.any(String) as string }] })
})

test('anything else beside the two parts is told', () => {
  const result = read({ footbridge: 1, ...shipped('relational-audit'), author: 'A' })
  expect(result.ok && result.lost).toEqual([
    { place: 'author', message: 'author is not kept: a question set has nothing like it' },
  ])
})

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readQuestionSetFile } from '../../../server/question-sets/import/read-question-set-file.ts'
import { shippedQuestionSets } from '../../../server/question-sets/import/shipped.ts'
import { readQuestionSet } from '../../../server/question-sets/import/read-question-set.ts'

const shipped = (slug: string) => readQuestionSet(join(import.meta.dirname, '../../../surveys', slug))
const read = (file: object) => readQuestionSetFile(JSON.stringify(file))

test.each(shippedQuestionSets)('%s in our own format comes back with both parts, and nothing is lost', (slug) => {
  const set = shipped(slug)
  const expected = { ok: true, kind: 'footbridge', ...set, lost: [] }
  expect(read({ footbridge: 1, ...set })).toEqual(expected)
  // As a published version is exported.
  expect(read({ footbridge: 1, version: 3, sha256: 'abc', ...set })).toEqual(expected)
})

test('questions without a plan get one to begin with', () => {
  const { questions } = shipped('relational-audit')
  const result = read({ footbridge: 1, questions })
  expect(result).toMatchObject({ ok: true, questions, plan: { slug: 'question-set' } })
  expect(result.ok && result.lost).toEqual([{ place: 'plan', message: expect.stringContaining('proposed') as string }])
})

test('a draft that is not finished is read as it stands', () => {
  const questions = {
    title: 'Half done',
    pages: [
      { name: 'p', title: '', elements: [{ type: 'radiogroup', name: 'q', title: 'Q', choices: [] }] },
      { name: 'r', title: 'R', elements: [{ type: 'file', name: 'f', title: 'F' }] },
    ],
  }
  const result = read({ footbridge: 1, questions, plan: { slug: 'half-done' } })
  expect(result).toMatchObject({ ok: true, kind: 'footbridge', questions, plan: { slug: 'half-done' }, lost: [] })
  expect(read({ footbridge: 1, questions: {}, plan: {} }).ok).toBe(true)
  expect(read({ footbridge: 1, questions: {} }).ok).toBe(true)
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

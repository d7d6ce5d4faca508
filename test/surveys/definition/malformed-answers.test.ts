import { expect, test } from 'vitest'
import { getPublishedVersion } from '../../../server/question-sets/queries/versions.ts'
import { answersFromForm } from '../../../surveys/definition/form-values.ts'
import { definitionOf } from '../../../surveys/definition/definition.ts'
import { migrateDatabase, openDatabase } from '../../../server/db/open.ts'
import { loadShippedQuestionSets } from '../../../server/question-sets/import/shipped.ts'
import { malformedAnswers } from '../../malformed-answers.ts'
import { questionsOf } from '../../../surveys/notes.ts'

const db = openDatabase(':memory:')
migrateDatabase(db)
loadShippedQuestionSets(db, new Date('2026-01-01T00:00:00Z'))

function shipped(slug: string) {
  const version = getPublishedVersion(db, slug)
  if (!version) throw new Error(`${slug} is not there`)
  return definitionOf(version)
}

const corpus = malformedAnswers()
const json = corpus.filter(({ code }) => code !== 'not_json')

test('the corpus holds at least sixty malformed submissions', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60)
})

test.each(json)('$name is refused for what its name says', ({ questionSet, text, code }) => {
  const problems = shipped(questionSet).check(JSON.parse(text), { complete: true })
  expect(problems.map((problem) => problem.code)).toContain(code)
})

test.each(corpus.filter(({ code }) => code === 'not_json'))('$name is not JSON', ({ text }) => {
  expect(() => void JSON.parse(text)).toThrow(SyntaxError)
})

// A form's fields reach the same check; nothing that a body may hold throws on the way there.
test.each(json)('$name as the fields of a form throws nothing', ({ questionSet, text }) => {
  const definition = shipped(questionSet)
  const body = JSON.parse(text) as Record<string, unknown> | null
  const questions = definition.pages.flatMap(questionsOf)
  const answers = answersFromForm(questions, body ?? {})
  expect(Array.isArray(definition.check(answers, { complete: true }))).toBe(true)
})

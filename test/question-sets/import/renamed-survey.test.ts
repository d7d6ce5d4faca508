import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import type { Questions } from '../../../surveys/question-set.ts'
import { questionnaires, rightAnswers } from '../../surveys/definition/arbitrary-questionnaires.ts'
import { convert } from './convert.ts'

/** Names and codes as people write them in SurveyJS; made to fit, they are ours again. */
const written: Record<string, string> = {
  yes: 'Yes!',
  no: 'No / never',
  some: 'SOME',
  dont_know: "Don't know",
  row_a: 'Row A',
  row_b: '(Row B)',
}
const ours: Record<string, string> = { no: 'no_never' }
const writtenName = (name: string) => name.replace(/^q(\d+)_(\d+)$/, 'Q$1, $2?').replace(/^page_/, 'Page ')

const writtenCondition = (condition: string) =>
  condition
    .replace(/\{(q\d+_\d+)(?:\.(row_a))?\}/g, (_, name: string, row?: string) =>
      row === undefined ? `{${writtenName(name)}}` : `{${writtenName(name)}.${written[row]}}`,
    )
    .replace(/'(yes|no|some|dont_know)'/g, (_, code: string) => `'${written[code]?.replace("'", "\\'")}'`)

/** The file as somebody might have made it, and what it should become. */
const asWritten = (questions: Questions): object =>
  JSON.parse(JSON.stringify(questions), (key, value: unknown) => {
    if (typeof value !== 'string') return value
    if (key === 'name') return writtenName(value)
    if (key === 'value') return written[value] ?? value
    return key === 'visibleIf' ? writtenCondition(value) : value
  }) as object
const asOurs = <T>(content: T): T => JSON.parse(JSON.stringify(content).replace(/(["'])no\1/g, `$1${ours.no}$1`)) as T

const withoutConditions = (questions: Questions): unknown =>
  JSON.parse(JSON.stringify(questions), (key, value: unknown) => (key === 'visibleIf' ? undefined : value))

const shownBy = (questions: Questions, answers: Record<string, unknown>) => {
  const definition = compileDefinition(questions)
  return definition
    .visiblePages(answers)
    .map((page) => definition.visibleQuestions(page, answers).map(({ name }) => name))
}

const withAnswers = questionnaires.chain((questions) => fc.tuple(fc.constant(questions), rightAnswers(questions)))

test('whatever its names and codes are, a survey asks the same people the same questions', () => {
  let conditions = 0
  fc.assert(
    fc.property(withAnswers, ([questions, answers]) => {
      // Conditions outside of the contract are left out of both.
      const kept = convert(questions).questions
      const read = convert(asWritten(kept)).questions
      const expected = asOurs(kept)
      // The texts of choices are their codes, in these questionnaires.
      expect(withoutConditions(read)).toEqual({
        ...(withoutConditions(expected) as object),
        pages: expect.anything() as unknown,
      })
      expect(read.pages.map(({ name, elements }) => [name, elements.map((element) => element.name)])).toEqual(
        expected.pages.map(({ name, elements }) => [name, elements.map((element) => element.name)]),
      )
      const written = JSON.stringify(read).match(/"visibleIf"/g)?.length ?? 0
      expect(written).toBe(JSON.stringify(expected).match(/"visibleIf"/g)?.length ?? 0)
      conditions += written
      expect(shownBy(read, asOurs(answers))).toEqual(shownBy(expected, asOurs(answers)))
    }),
    { numRuns: 300 },
  )
  expect(conditions).toBeGreaterThan(100)
})

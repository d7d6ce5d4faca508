import { expect, test } from 'vitest'
import { z } from 'zod'
import { ApiError } from '../../../client/console/api.ts'
import { checkForm, problemsOf } from '../../../client/console/use-send.ts'

const details = [
  { place: 'body.email', message: 'Enter an email address' },
  { place: 'body.systems.0', message: 'no system' },
]

test('what the server refused leads to its fields', () => {
  const problems = problemsOf(
    new ApiError(400, 'invalid_request', 'The request is not valid', details),
    (place) => place.split('.')[0],
  )
  expect(problems).toEqual([
    { message: 'Enter an email address', field: 'email' },
    { message: 'no system', field: 'systems' },
  ])
})

test('without a field to lead to, the message and every place are said', () => {
  const problems = problemsOf(
    new ApiError(400, 'invalid_request', 'The request is not valid', details),
    () => undefined,
  )
  expect(problems.map(({ message }) => message)).toEqual([
    'The request is not valid',
    'body.email: Enter an email address',
    'body.systems.0: no system',
  ])
})

test('a defect is not shown as a refusal', () => {
  expect(() => problemsOf(new TypeError('undefined is not a function'), () => undefined)).toThrow(TypeError)
})

test('a form is checked by the schema of its route, one problem for each field', () => {
  const schema = z.strictObject({
    name: z.string().min(3, 'too short').regex(/^x/, 'must begin with x'),
    k: z.number('must be a number'),
  })
  expect(checkForm(schema, { name: 'a', k: Number.NaN })).toEqual({
    data: undefined,
    problems: [
      { field: 'name', message: 'too short' },
      { field: 'k', message: 'must be a number' },
    ],
  })
  expect(checkForm(schema, { name: 'xyz', k: 4 })).toEqual({ data: { name: 'xyz', k: 4 }, problems: [] })
})

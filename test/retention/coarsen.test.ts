import { expect, test } from 'vitest'
import { categoriesToMerge } from '../../server/retention/rules/coarsen.ts'
import { mentionsAny } from '../../server/retention/rules/forget.ts'

test('a single small category takes the next smallest with it, or its absence would name it', () => {
  expect([
    ...categoriesToMerge(
      new Map([
        ['care_home', 30],
        ['nursing_home', 12],
        ['shared_lives', 1],
      ]),
      10,
    ),
  ]).toEqual(['shared_lives', 'nursing_home'])
})

test('small categories that make up k together are merged with each other alone', () => {
  expect([
    ...categoriesToMerge(
      new Map([
        ['a', 6],
        ['b', 7],
        ['c', 20],
      ]),
      10,
    ),
  ]).toEqual(['a', 'b'])
})

test('nothing is merged where every category is large enough; everything where the system is small', () => {
  expect(
    categoriesToMerge(
      new Map([
        ['a', 10],
        ['b', 11],
      ]),
      10,
    ).size,
  ).toBe(0)
  expect(
    categoriesToMerge(
      new Map([
        ['a', 2],
        ['b', 3],
      ]),
      10,
    ).size,
  ).toBe(2)
})

test('a name is found as a whole word, deep in a value, in a key and within a sentence', () => {
  const mentions = mentionsAny(['1-123456789', 'a@example.org', 'Yew Tree', null, ''])
  expect(
    [
      { rows: [{ location: '1-123456789' }] },
      'Sent to a@example.org.',
      { 'a@example.org': 1 },
      'The home Yew Tree declined',
    ].every(mentions),
  ).toBe(true)
  expect([{ rows: 3 }, '11-1234567890', 'Yew', null, undefined].some(mentions)).toBe(false)
})

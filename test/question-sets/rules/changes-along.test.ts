import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listChanges } from '../../../server/question-sets/rules/difference/list-changes.ts'
import { listChangesAlong } from '../../../server/question-sets/rules/difference/changes-along.ts'
import { declareCorrections, keyOfChange } from '../../../server/question-sets/rules/draft/statements.ts'
import type { Change } from '../../../surveys/stated-change.ts'
import { readQuestionSet } from '../../../server/question-sets/import/read-question-set.ts'
import type { QuestionSet } from '../../../surveys/question-set.ts'
import { push, put, take, type Edit } from './edit-question-set.ts'

type Published = QuestionSet & { changes: Change[] | null }

const shipped: Published = {
  ...readQuestionSet(join(import.meta.dirname, '../../../surveys/discharge-information-flow')),
  changes: null,
}
const titled = (title: string): Edit => put('?who_chases', { title })

/** The next version, every respelt text of which is declared a correction unless said otherwise. */
function next(before: Published, edit: Edit, declares = true): Published {
  const set: QuestionSet = structuredClone({ questions: before.questions, plan: before.plan })
  edit(set)
  const changes = listChanges(before, set)
  const keys = declares ? changes.filter(({ respelt }) => respelt).map(keyOfChange) : []
  return { ...set, changes: declareCorrections(changes, keys, 'command line').changes }
}
const classes = (...versions: Published[]) => listChangesAlong(versions).map((change) => [change.class, change.what])

test('a version has the changes that it was published with, one that the software ships those that are found', () => {
  const second = next(shipped, titled('Who usualy chases missing information?'))
  expect(listChangesAlong([shipped, second])).toEqual(second.changes)
  expect(second.changes).toMatchObject([{ class: 'correction', declaredBy: 'command line' }])
  expect(classes(shipped, { ...second, changes: null })).toEqual([['wording', 'title']])
  expect(classes(shipped)).toEqual([])
})

test('a text that each version corrected is corrected as a whole, however many letters it came to', () => {
  const second = next(shipped, titled('Who usualy chases misding infromation'))
  const third = next(second, titled('Who usualy, chases misding infromation?'))
  const fourth = next(third, titled('Hwo usuely chases misdingly infromation?'), true)
  expect(classes(shipped, second, third)).toEqual([['correction', 'title']])
  expect(classes(shipped, second, third, fourth)).toEqual([['correction', 'title']])
  expect(listChanges(shipped, fourth).map((change) => change.class)).toEqual(['wording'])
})

test('but not where one of them worded it anew, nor where it was declared of another text', () => {
  const declared = next(shipped, titled('Who usualy chases missing information?'))
  const undeclared = next(declared, titled('Who usualy chases missing informations?'), false)
  expect(classes(shipped, declared, undeclared)).toEqual([['wording', 'title']])
  const other = next(declared, put('?should_change', { title: 'Waht should change?' }), false)
  expect(classes(shipped, declared, other)).toEqual([
    ['correction', 'title'],
    ['wording', 'title'],
  ])
  const worded = next(shipped, titled('Who asks for informations?'))
  expect(classes(shipped, worded, next(worded, titled('Who asks for information?')))).toEqual([['wording', 'title']])
})

test('and what moved, whatever its text, has moved', () => {
  const second = next(shipped, titled('Who usualy chases missing information?'))
  const third = next(second, (set) =>
    push('agreements/elements', take(set, 'after_leaving/elements', 'who_chases'))(set),
  )
  expect(classes(shipped, second, third)).toEqual([
    ['structure', 'question, from page after_leaving'],
    ['wording', 'title'],
  ])
})

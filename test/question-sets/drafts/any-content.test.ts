import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listChanges } from '../../../server/question-sets/rules/difference/list-changes.ts'
import { adviseOnDraft, checkDraft } from '../../../server/question-sets/rules/draft/check-draft.ts'
import { isObject } from '../../../server/question-sets/rules/draft/content.ts'
import { type DraftContent } from '../../../surveys/draft-content.ts'
import { listEdits } from '../../../server/question-sets/rules/draft/list-edits.ts'
import { readQuestionSet } from '../../../server/question-sets/import/read-question-set.ts'
import { audit, flow } from './draft-api.ts'

const shipped = [flow, audit].map((slug) => readQuestionSet(join(import.meta.dirname, '../../../surveys', slug)))
const copyOf = (index: number) => structuredClone(shipped[index]!) as unknown as DraftContent

type Node = Record<string, unknown> | unknown[]

/** Every object and list of a content. */
const nodesOf = (value: unknown): Node[] =>
  Array.isArray(value) || isObject(value) ? [value, ...Object.values(value).flatMap(nodesOf)] : []

const value = fc.oneof(
  fc.constantFrom(
    '',
    'grade',
    'other',
    'html',
    'text',
    'matrix',
    'checkbox',
    '{grade} = 1',
    '{',
    "{grade} = 'other'",
    '<b>',
    'constructor',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const mutation = fc.record({
  at: fc.nat(),
  key: fc.nat(),
  act: fc.constantFrom('set', 'delete', 'repeat', 'swap'),
  value,
})

const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 })

/** A shipped set, mangled in a few places: what an editor, a script or a slip may leave. */
function mangle(set: number, mutations: readonly (typeof mutation extends fc.Arbitrary<infer One> ? One : never)[]) {
  const content = copyOf(set)
  for (const { at, key, act, value } of mutations) {
    const nodes = [content.questions, content.plan].flatMap(nodesOf)
    const node = nodes[at % nodes.length]! as Record<string, unknown>
    const keys = Object.keys(node)
    const name = keys[key % Math.max(1, keys.length)]
    if (name === undefined) continue
    if (act === 'set') node[name] = value
    else if (act === 'delete') Reflect.deleteProperty(node, name)
    else if (Array.isArray(node) && act === 'repeat') node.push(structuredClone(node[Number(name)]))
    else if (Array.isArray(node)) node.reverse()
  }
  return JSON.parse(JSON.stringify(content)) as DraftContent
}

test('whatever a draft holds, it is checked, its edits are named, and what passes can be compared', () => {
  const seen = { refused: 0, passed: 0 }
  fc.assert(
    fc.property(fc.nat(1), mutations, (index, edits) => {
      const [before, content, of] = [copyOf(index), mangle(index, edits), shipped[index]!]
      const slug = of.plan.slug
      const { problems, set } = checkDraft(slug, content)
      for (const { place, where, message, severity } of problems) {
        expect(
          [place, where, message].every((text) => text.length > 2),
          JSON.stringify({ place, where, message }),
        ).toBe(true)
        expect(message).not.toMatch(/undefined|\[object|Invalid (input|option|string)|Too (small|big)|Unrecognized/)
        expect(severity).toBe('problem')
      }
      const same = JSON.stringify(before) === JSON.stringify(content)
      if (!same && !set) expect(listEdits(before, content).length).toBeGreaterThan(0)
      if (set && problems.length === 0) {
        seen.passed++
        adviseOnDraft(set, [{ version: 1, questions: of.questions }])
        listChanges(of, set)
      } else seen.refused++
    }),
    { numRuns: 1000 },
  )
  expect(Math.min(seen.refused, seen.passed)).toBeGreaterThan(20)
})

test('edits are named by page and question, and a list that was only put in another order says so', () => {
  const [before, after] = [copyOf(1), copyOf(1)]
  const pages = after.questions.pages as { elements: Record<string, unknown>[]; title?: string }[]
  after.questions.title = 'Other'
  pages[0]!.elements.reverse()
  pages[0]!.elements.find(({ name }) => name === 'grade')!.title = ''
  delete pages[1]!.title
  ;(after.plan.counted as string[]).push('helps')
  expect(listEdits(before, after).sort()).toEqual([
    'added plan.counted.helps',
    'changed about_you.grade.title',
    'changed questionnaire.title',
    'removed openness.title',
    'reordered about_you.elements',
  ])
  after.questions.pages = [...pages].reverse()
  expect(listEdits(before, after)).toContain('reordered pages')
  expect(listEdits(before, { questions: {}, plan: {} })).toContain('removed plan.slug')
})

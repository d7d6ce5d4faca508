// What zod's schemas of a question set refuse, said to somebody who writes questions and has never seen the file.
import type { z } from 'zod'
import { isObject } from './content.ts'

type Issue = z.core.$ZodIssue

export interface PlainIssue {
  path: PropertyKey[]
  message: string
}

const nouns: Record<string, string> = {
  title: 'The title',
  text: 'The text',
  label: 'The label',
  name: 'The name',
  id: 'The name',
  value: 'The code',
  code: 'The code',
  description: 'The help text',
  html: 'The paragraph',
  type: 'The type of the question',
  pages: 'The list of pages',
  elements: 'The list of questions',
  choices: 'The list of choices',
  columns: 'The list of answers',
  rows: 'The list of statements',
  maxLength: 'The longest answer',
  min: 'The smallest number',
  max: 'The largest number',
  visibleIf: 'The condition',
  otherText: 'The text of “other”',
  minutes: 'The time that people are told',
  breakdowns: 'The list of breakdowns',
  counts: 'The list of codes that count',
  variable: 'The question',
  items: 'The list of statements',
  notApplicableWhen: 'The condition of not applicable',
}
const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
}

export const ourTypes =
  'one choice (radiogroup or dropdown), several choices (checkbox), statements on a scale (matrix), short text, number or date (text), long text (comment), heading or paragraph (html)'

/** In the order of the issues; `content` is what was checked. */
export const inPlainWords = (issues: readonly Issue[], content: unknown): PlainIssue[] =>
  issues.flatMap((issue) => flatten(issue, content)).flatMap((issue) => sayOf(issue, content))

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (node, key) => (isObject(node) || Array.isArray(node) ? (node as Record<PropertyKey, unknown>)[key] : undefined),
    content,
  )

/** Of the types that a question may have, only the faults of the one that it says it has. */
function flatten(issue: Issue, content: unknown): (Issue | PlainIssue)[] {
  if (issue.code !== 'invalid_union') return [issue]
  const value = valueAt(content, issue.path)
  if (!isObject(value) || issue.path.at(-2) !== 'elements')
    return [
      {
        path: issue.path,
        message: `${nounOf(issue.path, content)} is ${value === undefined ? 'missing' : 'not one'}.`,
      },
    ]
  const isOfAnotherType = ({ path: [key, more] }: Issue) =>
    more === undefined && (key === 'type' || key === 'inputType')
  const branch = issue.errors.find((errors) => !errors.some(isOfAnotherType))
  if (branch) return branch.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }, content))
  const message =
    value.type === undefined
      ? 'The type of the question is missing.'
      : `This type of question is not one of ours: ${ourTypes}.`
  return [{ path: [...issue.path, 'type'], message }]
}

function nounOf(path: readonly PropertyKey[], content: unknown): string {
  const key = path.at(-1)
  if (typeof key === 'number') return 'An entry of the list'
  if (key === 'title' && path.at(-3) === 'elements')
    return isNote(valueAt(content, path.slice(0, -1))) ? 'The heading' : 'The text of the question'
  return nouns[String(key)] ?? `“${String(key)}”`
}

const isNote = (element: unknown) => isObject(element) && element.type === 'html'

function sayOf(issue: Issue | PlainIssue, content: unknown): PlainIssue[] {
  if (!('code' in issue)) return [issue]
  const { path } = issue
  if (path.includes('cross')) return [{ path, message: 'Name the two breakdowns to cross.' }]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: `“${key}” has no place here: take it out.` }))
  return [{ path, message: `${nounOf(path, content)}${predicateOf(issue, valueAt(content, path))}.` }]
}

function predicateOf(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? ' is missing' : ` is not ${kinds[issue.expected] ?? issue.expected}`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_value':
      return value === undefined ? ' is missing' : ` is none of ${issue.values.map(String).join(', ')}`
    case 'custom':
      return `: ${issue.message}`
    default:
      // The contract says some of it in its own words, zod the rest in a programmer's.
      return issue.message.startsWith('Invalid') ? ' is not written as it has to be' : `: ${issue.message}`
  }
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'number' || origin === 'int') return ` must be at least ${minimum}`
  return Number(minimum) <= 1 ? ' is empty' : ` needs at least ${minimum}`
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  if (origin === 'number' || origin === 'int') return ` must be at most ${maximum}`
  return origin === 'string' ? ` is longer than ${maximum} characters` : ` holds more than ${maximum}`
}

import { canonicalJson } from '../../../canonical-json.ts'
import { isObject } from './content.ts'
import { type DraftContent } from '../../../../surveys/draft-content.ts'

const mostEdits = 50

/** What one save changed, in short lines such as `changed about_you.grade.title`; unlike `listChanges` also where a draft is incomplete. */
export function listEdits(before: DraftContent, after: DraftContent): string[] {
  const parts = ({ questions, plan }: DraftContent) => ({ questions, plan })
  const edits = editsAt([], parts(before), parts(after))
  return edits.length > mostEdits ? [...edits.slice(0, mostEdits), `and ${edits.length - mostEdits} more`] : edits
}

function editsAt(path: readonly string[], before: unknown, after: unknown): string[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  const [was, is] = [partsOf(before), partsOf(after)]
  if (!was || !is) {
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
    return [`${kind} ${nameOf(path)}`]
  }
  const keys = [...new Set([...was.keys(), ...is.keys()])]
  return [
    ...(Array.isArray(after) && isReordered(was, is) ? [`reordered ${nameOf(path)}`] : []),
    ...keys.flatMap((key) => editsAt([...path, key], was.get(key), is.get(key))),
  ]
}

function isReordered(was: Map<string, unknown>, is: Map<string, unknown>): boolean {
  const common = [...is.keys()].filter((key) => was.has(key))
  return common.join() !== [...was.keys()].filter((key) => is.has(key)).join()
}

/** The items of a list by their names where each has one of its own, otherwise by their places. */
function partsOf(value: unknown): Map<string, unknown> | undefined {
  if (isObject(value)) return new Map(Object.entries(value))
  if (!Array.isArray(value)) return undefined
  const names = value.map((item: unknown) =>
    isObject(item) ? (item.name ?? item.id ?? item.value ?? item.code) : item,
  )
  const usable = names.every((name) => typeof name === 'string' || typeof name === 'number')
  const byName = usable && new Set(names).size === names.length
  return new Map(value.map((item, index) => [byName ? String(names[index]) : String(index + 1), item as unknown]))
}

/** As `listChanges` names places. */
function nameOf(path: readonly string[]): string {
  const [part, list] = path
  if (part === 'plan' || path.length < 2) return path.join('.')
  if (list !== 'pages') return `questionnaire.${path.slice(1).join('.')}`
  const inPages = path.slice(2).filter((key, index, keys) => key !== 'elements' || index === keys.length - 1)
  return inPages.join('.') || 'pages'
}

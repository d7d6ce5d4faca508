import type { Change, ChangeClass } from '../../../../surveys/stated-change.ts'
import { canonicalJson } from '../../../canonical-json.ts'

const asWords = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)

/** Compared by what they say; undefined where nothing changed. */
export function changeOf(place: string, what: string, of: ChangeClass, before: unknown, after: unknown): Change[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const [was, is] = [asWords(before), asWords(after)]
  return [
    {
      class: of,
      kind,
      place,
      what,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    },
  ]
}

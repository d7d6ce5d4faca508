import type { Change } from '../../../../surveys/stated-change.ts'
import { keyOfChange } from './statements.ts'

/** Each with the key that a statement on it names; without what was said of it when it was published. */
export const presentChanges = (changes: readonly Change[]) =>
  changes.map((change) => {
    const { class: of, kind, place, what, before, after, respelt } = change
    return { key: keyOfChange(change), class: of, kind, place, what, before, after, respelt }
  })

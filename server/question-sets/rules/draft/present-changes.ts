import type { Change } from '../difference/change.ts'
import { keyOfChange } from './statements.ts'

/** Each with the key that a statement on it names. */
export const presentChanges = (changes: readonly Change[]) =>
  changes.map((change) => ({ key: keyOfChange(change), ...change }))

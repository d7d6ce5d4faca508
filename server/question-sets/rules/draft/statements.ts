import { canonicalJson, sha256 } from '../../../canonical-json.ts'
import type { Change, StatedChange } from '../../../../surveys/stated-change.ts'

/** What may be compared across one change (by its key) or across every change of a class that has no statement of its own. */
export interface Statement {
  for: string
  text: string
}

/** Of what the change is, before and after: a statement never covers a change that was edited since it was written. */
export const keyOfChange = ({ class: of, kind, place, what, before, after }: Change): string =>
  sha256(canonicalJson({ of, kind, place, what, before, after })).slice(0, 12)

export interface Declared {
  changes: StatedChange[]
  /** Keys of what cannot be a correction of spelling, each with its change where there is one. */
  refused: { key: string; change: Change | undefined }[]
}

/** Makes corrections of the respelt texts whose keys are given; `by` answers for it. */
export function declareCorrections(changes: readonly Change[], keys: readonly string[], by: string): Declared {
  const refused = keys
    .map((key) => ({ key, change: changes.find((change) => keyOfChange(change) === key) }))
    .filter(({ change }) => !change?.respelt)
  return {
    refused,
    changes: changes.map(({ respelt, ...change }) => {
      if (!respelt) return change
      return keys.includes(keyOfChange(change))
        ? { ...change, class: 'correction', declaredBy: by }
        : { ...change, respelt }
    }),
  }
}

export interface Stated {
  changes: StatedChange[]
  /** More than corrections, and without a statement. */
  missing: Change[]
  /** Statements for what did not change. */
  unused: Statement[]
}

/** Puts each statement to its changes: its own first, then that of its class. */
export function stateChanges(changes: readonly StatedChange[], statements: readonly Statement[]): Stated {
  const used = new Set<Statement>()
  const stated = changes.map((change): StatedChange => {
    const own = statements.find((statement) => statement.for === keyOfChange(change))
    const found = own ?? statements.find((statement) => statement.for === change.class)
    if (found) used.add(found)
    return found ? { ...change, statement: found.text } : change
  })
  return {
    changes: stated,
    missing: stated.filter((change) => change.class !== 'correction' && change.statement === undefined),
    unused: statements.filter((statement) => !used.has(statement)),
  }
}

export const areCorrections = (changes: readonly Change[]): boolean =>
  changes.every((change) => change.class === 'correction')

/** What a version says of itself as a whole: each statement once, or that it only corrects. */
export function comparabilityOf(changes: readonly StatedChange[], before: number) {
  if (areCorrections(changes))
    return { comparable: true, comparability: `Corrections only: results can be compared with version ${before}.` }
  const texts = new Set(changes.flatMap(({ statement }) => (statement === undefined ? [] : [statement])))
  return { comparable: null, comparability: [...texts].join(' ') }
}

// Figures tell of one another: what is shown of one may be just what another hides. See docs/decisions/010.
import type { LinkedTables } from './cells.ts'
import { hiddenCells } from './gate.ts'

export interface LinkedFigure {
  name: string
  tables: LinkedTables
  /** Names of the figures whose answers decide who is asked here: this one's *not asked* is a count of theirs. */
  tellsOf: readonly string[]
}

/**
 * The keys of every figure's hidden cells, by its name; those of the rates are `responses`. Where responses or rates are hidden every figure
 * is, for its base and the states beside it add up to the responses; and where a figure is hidden, so is every one that tells of it.
 */
export function hideFigures(
  responses: LinkedTables,
  rates: LinkedTables,
  figures: readonly LinkedFigure[],
  k: number,
): Map<string, ReadonlySet<string>> {
  const ofRates = hiddenCells(rates, k, hiddenCells(responses, k))
  const hidden = new Map<string, ReadonlySet<string>>([['responses', ofRates]])
  const byName = new Map(figures.map((figure) => [figure.name, figure]))
  const decide = ({ name, tables, tellsOf }: LinkedFigure): ReadonlySet<string> => {
    const known = hidden.get(name)
    if (known) return known
    // Routes run forward, so this ends; a route that turned back would find this in its way.
    hidden.set(name, ofRates)
    const already = new Set([...ofRates, ...tellsOf.flatMap((other) => [...decide(byName.get(other)!)])])
    const found = hiddenCells(tables, k, already)
    hidden.set(name, found)
    return found
  }
  for (const figure of figures) decide(figure)
  return hidden
}

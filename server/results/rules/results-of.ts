import type { AnalysisPlan } from '../../../surveys/question-set.ts'
import { badRequest } from '../../errors.ts'
import type { Results } from '../schema.ts'
import type { SnapshotLabels } from './cells.ts'
import type { Groups } from '../../statistics/disclosure/cells.ts'
import type { PublishedSnapshot } from './publish.ts'
import { tableName } from './read-tables.ts'

/** The whole alone, or with one breakdown, or with the plan's cross. */
export interface Asked {
  breakdown?: string
  cross?: boolean
}

export interface Viewed {
  labels: SnapshotLabels
  published: PublishedSnapshot
  /** What the results say of the collection and of the snapshot. */
  about: Pick<Results, 'collection' | 'snapshot'>
}

/**
 * The results as every exit shows them. What is hidden was decided before; here cells are only left out: those of other tables, and for a
 * reviewer those of systems outside the scope (codes; null: every system) and of regions that hold none of theirs.
 * Throws unknown_breakdown.
 */
export function resultsOf(
  { labels, published, about }: Viewed,
  asked: Asked,
  scope: readonly string[] | null,
): Results {
  const { plan } = published
  const breakdown = breakdownOf(plan, asked)
  const table = tableName(breakdown)
  const isInScope = scope === null ? () => true : scopeOf(plan, labels, scope)
  // The whole comes first, whatever was asked for.
  const shownTables = table === '' ? [''] : ['', table]
  const select = <C extends { cell: Groups }>({ cells }: { cells: (table: string) => readonly C[] }): C[] =>
    shownTables.flatMap((shown) => cells(shown)).filter(({ cell }) => isInScope(cell))
  return {
    ...about,
    breakdown,
    indicators: published.indicators.map((figure) => ({
      id: figure.id,
      label: figure.label,
      source: figure.source,
      cells: select(figure),
    })),
    scales: published.scales.map((figure) => ({
      id: figure.id,
      label: figure.label,
      alpha: figure.alpha,
      cells: select(figure),
    })),
    responseRates: select(published.responseRates),
  }
}

function breakdownOf({ breakdowns, cross }: AnalysisPlan, asked: Asked): string[] {
  if (asked.cross && asked.breakdown !== undefined)
    throw badRequest('breakdown_or_cross', 'Ask for a breakdown or for the cross, not for both.')
  if (asked.cross) return [...cross]
  if (asked.breakdown === undefined) return []
  const ids = breakdowns.map(({ id }) => id)
  if (!ids.includes(asked.breakdown))
    throw badRequest(
      'unknown_breakdown',
      `There is no breakdown "${asked.breakdown}". Choose one of: ${ids.join(', ')}.`,
      ids,
    )
  return [asked.breakdown]
}

function scopeOf(
  { breakdowns }: AnalysisPlan,
  { regionOf }: SnapshotLabels,
  scope: readonly string[],
): (cell: Groups) => boolean {
  const systems = new Set(scope)
  const regions = new Set(scope.map((system) => regionOf[system]))
  const allowed = new Map(
    breakdowns.flatMap(({ id, from }) =>
      from === 'system' ? [[id, systems]] : from === 'region' ? [[id, regions]] : [],
    ) as [string, Set<string>][],
  )
  return (cell) => Object.entries(cell).every(([id, code]) => allowed.get(id)?.has(code) ?? true)
}

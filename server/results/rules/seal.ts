// What a snapshot holds, and the hash that seals it.
import type { State } from '../../../surveys/counting/answer-states.ts'
import { canonicalJson, sha256 } from '../../canonical-json.ts'
import type { SnapshotLabels } from './cells.ts'
import type { AlphaSums, ScaleSums } from '../../statistics/scales.ts'
import { type Mode } from '../../../surveys/modes.ts'

/** Responses of a stratum (JSON of its codes) by variable and state; `value` is the code where answered. The variable `''` is the responses themselves. */
export interface CountRow {
  stratum: string
  variable: string
  state: State
  value: string
  count: number
}
export interface SumRow {
  stratum: string
  scale: string
  sums: { scores: ScaleSums; alpha: AlphaSums }
}
/** Services of the frame; `uninvited`: eligible, but nobody was asked. */
export interface DispositionRow {
  stratum: string
  disposition: string
  count: number
}
export interface ProviderRow {
  figure: string
  cell: string
  providers: number
  largest: number
}

export interface SnapshotContent {
  /** The hash of the question-set version: questions and plan. */
  version: string
  mode: Mode
  k: number
  labels: SnapshotLabels
  responses: number
  counts: CountRow[]
  sums: SumRow[]
  dispositions: DispositionRow[]
  providers: ProviderRow[]
}

/** SHA-256 over the content in one canonical order: neither the order of responses nor the time or name of the taking counts. */
export function sealOf(content: SnapshotContent): string {
  return sha256(
    canonicalJson(Object.fromEntries(Object.entries(partsOf(content)).map(([name, part]) => [name, sha256(part)]))),
  )
}

/** The names of the parts in which two contents differ; none: they have the same seal. */
export function differingParts(one: SnapshotContent, other: SnapshotContent): string[] {
  const [a, b] = [partsOf(one), partsOf(other)]
  return Object.keys(a).filter((name) => a[name] !== b[name])
}

function partsOf({
  version,
  mode,
  k,
  labels,
  responses,
  counts,
  sums,
  dispositions,
  providers,
}: SnapshotContent): Record<string, string> {
  return {
    settings: canonicalJson({ version, mode, k }),
    labels: canonicalJson(labels),
    responses: String(responses),
    counts: inOrder(counts.map((row) => JSON.stringify([row.stratum, row.variable, row.state, row.value, row.count]))),
    sums: inOrder(sums.map((row) => canonicalJson(row))),
    dispositions: inOrder(dispositions.map((row) => canonicalJson(row))),
    providers: inOrder(providers.map((row) => JSON.stringify([row.figure, row.cell, row.providers, row.largest]))),
  }
}

const inOrder = (lines: string[]): string => lines.sort().join('\n')

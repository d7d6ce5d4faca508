// One pass over complete responses: what a snapshot holds.
import { compileStates, states, type State, type StateReader } from '../../../surveys/counting/answer-states.ts'
import type { AnalysisPlan, Answers, Scale } from '../../../surveys/question-set.ts'
import { scoreOf, turnedAnswers } from '../../../surveys/counting/scale-score.ts'
import type { Definition } from '../../../surveys/definition/definition.ts'
import { cellKey } from '../../statistics/disclosure/cells.ts'
import { cellsOfStratum, tablesOf, type SnapshotLabels } from './cells.ts'
import type { CountRow, ProviderRow, SumRow } from './seal.ts'
import { addCompleteCase, addScore, emptyAlphaSums, emptyScaleSums } from '../../statistics/scales.ts'
import { completeStratum, type Stratum } from '../../../surveys/counting/strata.ts'

export interface TallySource {
  definition: Definition
  plan: AnalysisPlan
  labels: SnapshotLabels
  /** Whether to count providers: in a personal collection. */
  providers: boolean
}

export interface TalliedResponse {
  /** As fixed at submission; its region and derived breakdowns are worked out anew, so that tables always add up. */
  stratum: Stratum
  answers: Answers
  providerKey: string
}

export interface Tally {
  add(response: TalliedResponse): void
  /** In no particular order; see `sealOf`. */
  rows(): { responses: number; counts: CountRow[]; sums: SumRow[]; providers: ProviderRow[] }
}

/** The figures that a provider's share is counted for: all responses, then indicators, then scales. */
export function figuresOf({ indicators, scales }: Pick<AnalysisPlan, 'indicators' | 'scales'>): string[] {
  return ['responses', ...indicators.map(({ id }) => `indicator:${id}`), ...scales.map(({ id }) => `scale:${id}`)]
}

/** The text by which a stratum is known: equal strata, equal texts. */
export const stratumText = (plan: Pick<AnalysisPlan, 'breakdowns'>, stratum: Stratum): string =>
  JSON.stringify(completeStratum(plan, stratum))

interface StratumTally {
  text: string
  stratum: Stratum
  responses: number
  /** By variable, then by slot: the states without a value, then the codes in the order in which they turned up. */
  counts: number[][]
  scales: { scores: ReturnType<typeof emptyScaleSums>; alpha: ReturnType<typeof emptyAlphaSums> }[]
  /** By provider: responses in the base of each figure. */
  providers: Map<string, Uint32Array>
}

const slotOfState: Record<State, number> = { answered: -1, dont_know: 0, not_applicable: 1, not_asked: 2, missing: 3 }
const firstCode = 4

export function startTally(source: TallySource): Tally {
  const { plan, labels } = source
  const reader = compileStates(source.definition, plan)
  const strata = new Map<string, StratumTally>()
  const codes = reader.variables.map(() => new Map<string, number>())
  const answered: string[] = reader.variables.map(() => '')
  const index = new Map(reader.variables.map(({ name }, place) => [name, place]))
  const indicators = plan.indicators.map(({ variable }) => index.get(variable) ?? -1)
  const scales = plan.scales.map((scale) => compileScale(scale, index))
  let current: StratumTally
  const visit = (variable: number, state: State, value: string): void => {
    const counts = current.counts[variable]!
    let slot = slotOfState[state]
    if (slot < 0) {
      const known = codes[variable]!
      slot = known.get(value) ?? firstCode + known.size
      if (slot === firstCode + known.size) known.set(value, slot)
    }
    answered[variable] = value
    counts[slot] = (counts[slot] ?? 0) + 1
  }
  const find = ({ stratum }: TalliedResponse): StratumTally => {
    const placed = completeStratum(plan, withRegion(plan, labels, stratum))
    const text = JSON.stringify(placed)
    const known = strata.get(text) ?? startStratum(text, placed, reader, plan)
    strata.set(text, known)
    return known
  }
  const add = (response: TalliedResponse): void => {
    current = find(response)
    current.responses += 1
    reader.read(response.answers, visit)
    const inBase = [
      true,
      ...indicators.map((variable) => answered[variable] !== ''),
      ...scales.map((scale, place) => addToScale(current.scales[place]!, scale, answered)),
    ]
    if (source.providers) countProvider(current, response.providerKey, inBase)
  }
  return { add, rows: () => rowsOf([...strata.values()], reader, codes, plan, source.providers) }
}

/** Breakdowns are few: a stratum's region is that of its system, by the labels that the snapshot seals. */
export function withRegion(
  { breakdowns }: Pick<AnalysisPlan, 'breakdowns'>,
  { regionOf }: SnapshotLabels,
  stratum: Stratum,
): Stratum {
  const [region, system] = ['region', 'system'].map(
    (from) => breakdowns.find((breakdown) => breakdown.from === from)?.id,
  )
  const code = region !== undefined && system !== undefined ? regionOf[stratum[system] ?? ''] : undefined
  return code === undefined ? stratum : { ...stratum, [region!]: code }
}

function startStratum(
  text: string,
  stratum: Stratum,
  { variables }: StateReader,
  { scales }: AnalysisPlan,
): StratumTally {
  const sums = scales.map(({ items }) => ({ scores: emptyScaleSums(), alpha: emptyAlphaSums(items.length) }))
  return { text, stratum, responses: 0, counts: variables.map(() => []), scales: sums, providers: new Map() }
}

interface CompiledScale {
  items: number[]
  reversed: boolean[]
}

function compileScale({ items }: Scale, index: ReadonlyMap<string, number>): CompiledScale {
  return {
    items: items.map(({ variable }) => index.get(variable) ?? -1),
    reversed: items.map(({ reversed }) => reversed === true),
  }
}

/** Whether the respondent counts in the scale. */
function addToScale(
  sums: StratumTally['scales'][number],
  { items, reversed }: CompiledScale,
  answered: readonly string[],
): boolean {
  const codes = items.map((item) => answered[item] ?? '')
  const turned = turnedAnswers(codes, reversed)
  const score = scoreOf(turned)
  if (score !== null) addScore(sums.scores, score)
  addCompleteCase(sums.alpha, turned)
  return score !== null
}

function countProvider({ providers }: StratumTally, key: string, inBase: readonly boolean[]): void {
  const counts = providers.get(key) ?? new Uint32Array(inBase.length)
  providers.set(key, counts)
  inBase.forEach((isIn, figure) => {
    if (isIn) counts[figure]! += 1
  })
}

function rowsOf(
  strata: StratumTally[],
  { variables }: StateReader,
  codes: Map<string, number>[],
  plan: AnalysisPlan,
  providers: boolean,
) {
  const counts: CountRow[] = []
  const sums: SumRow[] = []
  for (const { text, responses, counts: bySlot, scales } of strata) {
    counts.push({ stratum: text, variable: '', state: 'answered', value: '', count: responses })
    variables.forEach(({ name }, index) => {
      const push = (state: State, value: string, slot: number) => {
        const count = bySlot[index]![slot] ?? 0
        if (count > 0) counts.push({ stratum: text, variable: name, state, value, count })
      }
      for (const state of states) if (state !== 'answered') push(state, '', slotOfState[state])
      for (const [value, slot] of codes[index]!) push('answered', value, slot)
    })
    plan.scales.forEach(({ id }, index) => sums.push({ stratum: text, scale: id, sums: scales[index]! }))
  }
  const responses = strata.reduce((sum, stratum) => sum + stratum.responses, 0)
  return { responses, counts, sums, providers: providers ? providerRows(strata, plan) : [] }
}

/** How many providers each figure's base rests on in each cell, and the most that one of them has. */
function providerRows(strata: StratumTally[], plan: AnalysisPlan): ProviderRow[] {
  const tables = tablesOf(plan)
  const figures = figuresOf(plan)
  const members = Map.groupBy(
    strata.flatMap((stratum) =>
      cellsOfStratum(tables, stratum.stratum).map((groups) => ({ key: cellKey(groups), stratum })),
    ),
    ({ key }) => key,
  )
  return [...members].flatMap(([cell, within]) => {
    const merged = mergeProviders(
      within.map(({ stratum }) => stratum.providers),
      figures.length,
    )
    return figures.map((figure, place) => {
      const row: ProviderRow = { figure, cell, providers: 0, largest: 0 }
      for (const counts of merged) {
        if (counts[place]! > 0) row.providers += 1
        if (counts[place]! > row.largest) row.largest = counts[place]!
      }
      return row
    })
  })
}

function mergeProviders(all: Map<string, Uint32Array>[], figures: number): Uint32Array[] {
  const merged = new Map<string, Uint32Array>()
  for (const providers of all) {
    for (const [key, counts] of providers) {
      const sum = merged.get(key) ?? new Uint32Array(figures)
      merged.set(key, sum)
      for (let place = 0; place < figures; place += 1) sum[place]! += counts[place]!
    }
  }
  return [...merged.values()]
}

import { aim, figure, table } from './figures.ts'
import type { Growth, Measured, Turns } from './measure-submissions.ts'

const names = {
  flush: 'flush of 4 KB to this disk',
  insert: 'raw SQLite insert',
  empty: 'empty Express route',
  save: 'save of a page',
  submit: 'submission',
}

/** Rates and times, and each rate as a share of the two baselines of the same run (of the route's at the same connections). */
export function tableOfRequests(measured: readonly Measured[]): string {
  const insert = find(measured, 'insert', 1)
  const rows = measured.map(({ what, connections, figures, coreMs }) => {
    const route = measured.find((other) => other.what === 'empty' && other.connections === connections)?.figures
    const product = what === 'save' || what === 'submit'
    const times = [figures.p50, figures.p95, figures.p99].map(figure)
    const shares = product
      ? [share(figures.perSecond, insert.perSecond), share(figures.perSecond, route?.perSecond ?? NaN)]
      : ['', '']
    return [
      names[what],
      what === 'flush' || what === 'insert' ? '' : String(connections),
      figure(figures.perSecond),
      ...times,
      ...shares,
      coreMs === undefined ? '' : figure(coreMs),
    ]
  })
  return table([
    [
      '',
      'connections',
      'a second',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'of raw inserts',
      'of the empty route',
      'ms of a core each',
    ],
    ...rows,
  ])
}

export function aimsOfRequests(measured: readonly Measured[]): string[] {
  const submit = find(measured, 'submit', 32)
  return [
    aim(
      submit.perSecond >= 1000,
      `at least 1,000 validated submissions a second: ${figure(submit.perSecond)} at 32 connections`,
    ),
    aim(submit.p95 < 150, `p95 of a submission under 150 ms at 32 connections: ${figure(submit.p95)} ms`),
  ]
}

/** Growth is called none where the middle one of all turns' ratios is above nine tenths: turns of one server differ by more. */
export function reportOfGrowth({ stored, few, many }: Growth): string[] {
  const ratio = median(many.perSecond.map((rate, turn) => rate / (few.perSecond[turn] ?? NaN)))
  const row = (beside: string, { perSecond, coreMs }: Turns) => [
    beside,
    ...[0.25, 0.5, 0.75].map((place) => figure(quantile(perSecond, place))),
    coreMs === undefined ? '' : figure(coreMs),
  ]
  const count = stored.toLocaleString('en-GB')
  return [
    table([
      ['submissions a second', 'lower quarter', 'middle', 'upper quarter', 'ms of a core each'],
      row('beside none stored', few),
      row(`beside ${count} stored`, many),
    ]),
    '',
    aim(
      ratio >= 0.9,
      `no growth with stored responses: beside ${count} the rate is ${(100 * ratio).toFixed(1)}% of that beside none (middle of ${few.perSecond.length} turns)`,
    ),
  ]
}

const share = (rate: number, of: number) => `${((100 * rate) / of).toFixed(1)}%`
const quantile = (values: readonly number[], place: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * place)] ?? NaN
const median = (values: readonly number[]) => quantile(values, 0.5)

function find(measured: readonly Measured[], what: Measured['what'], connections: number) {
  const found = measured.find((other) => other.what === what && other.connections === connections)
  if (!found) throw new Error(`${what} was not measured`)
  return found.figures
}

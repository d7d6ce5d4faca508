import { aim, figure, table } from './figures.ts'
import type { Growth, Measured } from './measure-submissions.ts'

const names = { flush: 'flush of 4 KB to this disk', insert: 'raw SQLite insert', empty: 'empty Express route', save: 'save of a page', submit: 'submission' }

/** Rates and times, and each rate as a share of the two baselines of the same run (of the route's at the same connections). */
export function tableOfRequests(measured: readonly Measured[]): string {
  const insert = find(measured, 'insert', 1)
  const rows = measured.map(({ what, connections, figures }) => {
    const route = measured.find((other) => other.what === 'empty' && other.connections === connections)?.figures
    const product = what === 'save' || what === 'submit'
    const times = [figures.p50, figures.p95, figures.p99].map(figure)
    const shares = product ? [share(figures.perSecond, insert.perSecond), share(figures.perSecond, route?.perSecond ?? NaN)] : ['', '']
    return [names[what], what === 'flush' || what === 'insert' ? '' : String(connections), figure(figures.perSecond), ...times, ...shares]
  })
  return table([['', 'connections', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'of raw inserts', 'of the empty route'], ...rows])
}

export function aimsOfRequests(measured: readonly Measured[]): string[] {
  const submit = find(measured, 'submit', 32)
  return [
    aim(submit.perSecond >= 1000, `at least 1,000 validated submissions a second: ${figure(submit.perSecond)} at 32 connections`),
    aim(submit.p95 < 150, `p95 of a submission under 150 ms at 32 connections: ${figure(submit.p95)} ms`),
  ]
}

/** Growth is called none where the medians differ by less than a tenth, which rounds of one server differ by too. */
export function aimOfGrowth({ stored, few, many }: Growth): string {
  const [before, after] = [median(few), median(many)]
  const rounds = `rounds ${few.map(figure).join(' ')} and ${many.map(figure).join(' ')}`
  return aim(after >= 0.9 * before, `no growth with stored responses: ${figure(before)} submissions a second beside none stored, ${figure(after)} beside ${stored.toLocaleString('en-GB')} (${share(after, before)}; ${rounds})`)
}

const share = (rate: number, of: number) => `${((100 * rate) / of).toFixed(1)}%`
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function find(measured: readonly Measured[], what: Measured['what'], connections: number) {
  const found = measured.find((other) => other.what === what && other.connections === connections)
  if (!found) throw new Error(`${what} was not measured`)
  return found.figures
}

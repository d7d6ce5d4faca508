import type { Progress } from '../schema.ts'
import { londonDay, nextDay } from '../../time/london-dates.ts'

type Day = Progress['days'][number]
export type DayKind = 'handedOver' | 'begun' | 'complete' | 'declined' | 'bounced'

/** So many things of a kind within an hour of UTC, `2026-06-01T09`: an hour lies within one day of London. */
export interface HourCount {
  kind: DayKind
  hour: string
  count: number
}

/** How many of each there were by the end of every day in Europe/London, from `from` to `to`; what came before is in the first. */
export function countByDay(hours: readonly HourCount[], { from, to }: { from: string; to: string }): Day[] {
  const byDay = Map.groupBy(hours, ({ hour }) => {
    const day = londonDay(`${hour}:00:00Z`)
    return day < from ? from : day > to ? to : day
  })
  const total: Record<DayKind, number> = { handedOver: 0, begun: 0, complete: 0, declined: 0, bounced: 0 }
  const days: Day[] = []
  for (let day = from; day <= to; day = nextDay(day)) {
    for (const { kind, count } of byDay.get(day) ?? []) total[kind] += count
    days.push({ day, ...total })
  }
  return days
}

/** For anyone but admins: days only from the first on which k had answered. */
export const daysFromThreshold = (days: readonly Day[], k: number): Day[] =>
  days.filter(({ complete }) => complete >= k)

import { createHmac, randomBytes } from 'node:crypto'
import { londonDay } from '../../time/london-dates.ts'

/** So many answers through one link within so long are worth a look: a team that answers together, or somebody who answers for it. */
export const burst = { answers: 15, withinMs: 10 * 60_000 }
/** So many submissions to one collection in a day from what looks like one browser. */
export const repeats = 2
/** More than any day brings; then the oldest is kept and new ones go unnoticed. */
const mostMarks = 200_000

/** What a request shows of the browser behind it. Never stored: see `noticeSubmission`. */
export interface Visitor {
  address: string
  userAgent: string
  language: string
}

/** What one process has noticed since the day began, in London. */
export interface Noticed {
  day: string
  salt: Buffer
  seen: Set<string>
  marks: Map<string, number>
  recent: Map<string, number[]>
}

export const nothingNoticed = (): Noticed => ({
  day: '',
  salt: Buffer.alloc(0),
  seen: new Set(),
  marks: new Map(),
  recent: new Map(),
})

export interface Finding {
  kind: 'burst' | 'repeat'
  count: number
  day: string
}

/**
 * What is striking about a submission through a shared link. Only hashes under a salt of the day are held, in memory alone: at midnight in
 * London, and when the process stops, salt and hashes are gone. `key` names the submission, so that one sent twice counts once.
 */
export function noticeSubmission(
  noticed: Noticed,
  submission: { key: string; collectionId: string; cascadeLinkId: string; visitor: Visitor },
  now: Date,
): Finding[] {
  startDay(noticed, londonDay(now))
  const hash = (...parts: string[]) => createHmac('sha256', noticed.salt).update(JSON.stringify(parts)).digest('base64')
  const key = hash('submission', submission.key)
  if (noticed.seen.has(key)) return []
  if (noticed.seen.size < mostMarks) noticed.seen.add(key)
  const { address, userAgent, language } = submission.visitor
  const mark = hash('browser', submission.collectionId, address, userAgent, language)
  const repeated = (noticed.marks.get(mark) ?? 0) + 1
  if (repeated > 1 || noticed.marks.size < mostMarks) noticed.marks.set(mark, repeated)
  const since = now.getTime() - burst.withinMs
  const recent = [...(noticed.recent.get(submission.cascadeLinkId) ?? []).filter((at) => at > since), now.getTime()]
  noticed.recent.set(submission.cascadeLinkId, recent)
  const { day } = noticed
  return [
    ...(repeated >= repeats ? [{ kind: 'repeat' as const, count: repeated, day }] : []),
    ...(recent.length >= burst.answers ? [{ kind: 'burst' as const, count: recent.length, day }] : []),
  ]
}

function startDay(noticed: Noticed, day: string): void {
  if (noticed.day === day) return
  Object.assign(noticed, { ...nothingNoticed(), day, salt: randomBytes(32) })
}

import { eq } from 'drizzle-orm'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { questionSetVersions } from '../../db/schema.ts'
import { badRequest, conflict, notFound } from '../../errors.ts'
import { listPublishedVersions, listSteps, type QuestionSetVersion } from '../../question-sets/queries/versions.ts'
import type { Change } from '../../question-sets/rules/difference/change.ts'
import { listChanges } from '../../question-sets/rules/difference/list-changes.ts'
import { obstacleAmong } from '../rules/counted-alike.ts'

export type Version = ReturnType<typeof getVersion>

/** Throws not_found. */
export function getVersion(db: Db, id: string) {
  const version = db.select().from(questionSetVersions).where(eq(questionSetVersions.id, id)).get()
  if (!version) throw notFound('There is no such version of a question set.')
  return version
}

type Fielded = Pick<Collection, 'versionId' | 'version' | 'questionSet'>

/**
 * The version under whose plan a snapshot is taken: the collection's own, or a later one where no step on the way changes more than the plan.
 * Throws bad_version or not_plan_alone.
 */
export function findVersionToCountUnder(
  db: Db,
  { versionId, version: own, questionSet }: Fielded,
  wanted = own,
): Version {
  if (wanted === own) return getVersion(db, versionId)
  const steps = listSteps(db, questionSet, own, wanted)
  const [, last] = steps.at(-1) ?? []
  if (!last) throw badRequest('bad_version', `Give the collection's version, ${own}, or a later published one.`)
  for (const [before, after] of steps) {
    const obstacle = obstacleAmong(listChanges(before, after))
    if (obstacle)
      throw conflict(
        'not_plan_alone',
        `Answers to version ${own} cannot be counted under version ${wanted}: from version ${before.version} to ${after.version} more than the plan changed (${inWords(obstacle)}).`,
      )
  }
  return last
}

const inWords = ({ class: of, kind, place, what }: Change) => `${of}: ${place}, ${what} ${kind}`

/** Those that `findVersionToCountUnder` would find, oldest first. */
export function listVersionsToCountUnder(db: Db, { version: own, questionSet }: Fielded): QuestionSetVersion[] {
  const [first, ...later] = listPublishedVersions(db, questionSet).filter(({ version }) => version >= own)
  if (!first) return []
  const fits = (before: QuestionSetVersion, after: QuestionSetVersion) => !obstacleAmong(listChanges(before, after))
  const broken = later.findIndex((version, place) => !fits(later[place - 1] ?? first, version))
  const reached = broken < 0 ? later : later.slice(0, broken)
  return [first, ...reached.filter((version) => fits(first, version))]
}

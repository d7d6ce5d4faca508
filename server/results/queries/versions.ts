import { eq } from 'drizzle-orm'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { questionSetVersions } from '../../db/schema.ts'
import { badRequest, conflict, notFound } from '../../errors.ts'
import { listPublishedVersions, listSteps, type QuestionSetVersion } from '../../question-sets/queries/versions.ts'
import type { Change } from '../../../surveys/stated-change.ts'
import { listChangesAlong } from '../../question-sets/rules/difference/changes-along.ts'
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
  const last = steps.at(-1)?.after
  if (!last) throw badRequest('bad_version', `Give the collection's version, ${own}, or a later published one.`)
  for (const { before, after, changes } of steps) {
    const obstacle = obstacleAmong(changes)
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
  const versions = listPublishedVersions(db, questionSet).filter(({ version }) => version >= own)
  const fits = (way: readonly QuestionSetVersion[]) => !obstacleAmong(listChangesAlong(way))
  const broken = versions.findIndex((_, place) => !fits(versions.slice(Math.max(0, place - 1), place + 1)))
  const reached = broken < 0 ? versions : versions.slice(0, broken)
  return reached.filter((_, place) => fits(reached.slice(0, place + 1)))
}

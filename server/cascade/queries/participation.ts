import { and, count, eq, ne } from 'drizzle-orm'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, responses } from '../../db/schema.ts'
import { conflict } from '../../errors.ts'
import { participationOf, type Participation, type ReachedLink } from '../rules/participation.ts'
import { modeOf } from '../../../surveys/modes.ts'

/** How many took part of those whom coordinators say they asked, for the whole and each system. Throws not_a_cascade. */
export function getParticipation(db: Db, collection: Collection): { k: number; cells: Participation[] } {
  if (!modeOf(collection).passesLinks)
    throw conflict('not_a_cascade', 'Only a collection whose links are passed on has coordinators.')
  const { k, systems } = collection
  return { k, cells: participationOf(listReachedLinks(db, collection), systems, k) }
}

function listReachedLinks(db: Db, { id, systems }: Collection): ReachedLink[] {
  const codeOf = new Map(systems.map((system) => [system.id, system.code]))
  const submitted = and(eq(responses.collectionId, id), eq(responses.status, 'complete'), ne(responses.source, 'test'))
  const counts = db
    .select({ systemId: responses.systemId, linkId: responses.cascadeLinkId, answers: count() })
    .from(responses)
    .where(submitted)
    .groupBy(responses.systemId, responses.cascadeLinkId)
    .all()
  const links = db.select().from(cascadeLinks).where(eq(cascadeLinks.collectionId, id)).all()
  const answersOf = new Map(counts.map(({ linkId, answers }) => [linkId, answers]))
  const known = new Set(links.map((link) => link.id))
  return [
    ...links.map((link) => ({
      system: codeOf.get(link.systemId) ?? '',
      declaredReach: link.declaredReach,
      answers: answersOf.get(link.id) ?? 0,
    })),
    ...counts
      .filter(({ linkId }) => linkId === null || !known.has(linkId))
      .map(({ systemId, answers }) => ({ system: codeOf.get(systemId) ?? '', declaredReach: null, answers })),
  ]
}

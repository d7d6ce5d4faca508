import { and, eq, isNull } from 'drizzle-orm'
import { questionsOf } from '../../../surveys/notes.ts'
import { type Collection, requireCollection } from '../../collections/queries/collections.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, collections, systems } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { badRequest, conflict } from '../../errors.ts'
import { getQuestionSetVersion } from '../../question-sets/queries/versions.ts'
import {
  checkCoordinators,
  organisationKey,
  type Coordinator,
  type CoordinatorProblem,
  type CoordinatorRow,
} from '../rules/check-coordinators.ts'
import { hashesOfLink } from '../../links/short-code.ts'
import type { TokenKey } from '../../links/tokens.ts'
import { modeOf } from '../../../surveys/modes.ts'

export type CascadeLink = typeof cascadeLinks.$inferSelect

export interface CoordinatorsSaved {
  dryRun: boolean
  added: number
  changed: number
  unchanged: number
}

/**
 * Makes a link for every organisation of the file, all or nothing; one that is known keeps its link and takes the coordinator of the file.
 * Throws not_a_cascade, over, invalid_coordinators (every problem by row and column).
 */
export function saveCoordinators(
  db: Db,
  collectionId: string,
  rows: readonly CoordinatorRow[],
  { actor, now, tokenKey, dryRun = false }: Who & { tokenKey: TokenKey; dryRun?: boolean },
): CoordinatorsSaved {
  return write(db, (tx) => {
    const collection = requireCollection(tx, collectionId)
    requireCascade(collection)
    const { coordinators, problems } = checkCoordinators(rows, {
      systems: collection.systems,
      sectors: listSectors(tx, collection.versionId),
    })
    refuse(problems)
    const known = new Map(
      listOrganisationLinks(tx, collectionId).map((link) => [
        organisationKey(link.systemId, link.organisation ?? ''),
        link,
      ]),
    )
    const counts = { added: 0, changed: 0, unchanged: 0 }
    for (const coordinator of coordinators) {
      const link = known.get(organisationKey(coordinator.systemId, coordinator.organisation))
      counts[saveCoordinator(tx, collectionId, coordinator, link, { tokenKey, now, dryRun })] += 1
    }
    if (!dryRun && counts.added + counts.changed > 0)
      recordAudit(tx, { actor, action: 'coordinators.import', subject: collectionId, detail: counts, at: now })
    return { dryRun, ...counts }
  })
}

export function requireCascade({ mode, status }: Pick<Collection, 'mode' | 'status'>): void {
  if (!modeOf({ mode }).passesLinks)
    throw conflict('not_a_cascade', 'Only a collection whose links are passed on has coordinators.')
  if (status !== 'draft' && status !== 'open') throw conflict('over', `The collection is ${status}.`)
}

function refuse(problems: readonly CoordinatorProblem[]): void {
  if (problems.length === 0) return
  throw badRequest(
    'invalid_coordinators',
    `Nothing was imported: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`,
    problems.slice(0, 200).map(({ row, column, message }) => `row ${row}${column && `, ${column}`}: ${message}`),
  )
}

/** What the question set offers as a person's sector, with its words. */
export function listSectors(db: Db, versionId: string): { value: string; text: string }[] {
  const questions = getQuestionSetVersion(db, versionId)?.questions.pages.flatMap(questionsOf) ?? []
  const asked = questions.find(({ name }) => name === 'sector')
  return asked && 'choices' in asked ? asked.choices.map(({ value, text }) => ({ value: String(value), text })) : []
}

/** Links of organisations that are not withdrawn. */
export const listOrganisationLinks = (db: Db, collectionId: string): CascadeLink[] =>
  db
    .select()
    .from(cascadeLinks)
    .where(and(eq(cascadeLinks.collectionId, collectionId), isNull(cascadeLinks.withdrawnAt)))
    .all()
    .filter(({ organisation }) => organisation !== null)

function saveCoordinator(
  db: Db,
  collectionId: string,
  { systemId, organisation, sector, name, email }: Coordinator,
  link: CascadeLink | undefined,
  { tokenKey, now, dryRun }: { tokenKey: TokenKey; now: Date; dryRun: boolean },
): 'added' | 'changed' | 'unchanged' {
  const given = { sector, coordinatorName: name, coordinatorEmail: email }
  if (!link) {
    const id = newId()
    const row = { id, collectionId, systemId, organisation, ...given, ...hashesOfLink(tokenKey, { id, ...given }) }
    if (!dryRun)
      db.insert(cascadeLinks)
        .values({ ...row, createdAt: now.toISOString() })
        .run()
    return 'added'
  }
  const same = link.sector === sector && link.coordinatorName === name && link.coordinatorEmail === email
  if (same) return 'unchanged'
  const { coordinatorTokenHash } = hashesOfLink(tokenKey, { id: link.id, ...given })
  if (!dryRun)
    db.update(cascadeLinks)
      .set({ ...given, coordinatorTokenHash })
      .where(eq(cascadeLinks.id, link.id))
      .run()
  return 'changed'
}

function selectLinks(db: Db) {
  return db
    .select({ link: cascadeLinks, collection: collections, system: systems })
    .from(cascadeLinks)
    .innerJoin(collections, eq(collections.id, cascadeLinks.collectionId))
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
}

/** A link with its collection and its system. */
export const getCascadeLink = (db: Db, id: string) => selectLinks(db).where(eq(cascadeLinks.id, id)).get()

/** What a short address leads to; undefined where it is unknown or the link withdrawn. */
export const getCascadeLinkByShortCode = (db: Db, shortCodeHash: string) =>
  selectLinks(db)
    .where(and(eq(cascadeLinks.shortCodeHash, shortCodeHash), isNull(cascadeLinks.withdrawnAt)))
    .get()

/** What a coordinator's own address leads to. */
export const getCascadeLinkByCoordinatorToken = (db: Db, tokenHash: string) =>
  selectLinks(db)
    .where(and(eq(cascadeLinks.coordinatorTokenHash, tokenHash), isNull(cascadeLinks.withdrawnAt)))
    .get()

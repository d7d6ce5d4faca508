import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import {
  cascadeLinks,
  collections,
  collectionSystems,
  frameServices,
  invitations,
  questionSetVersions,
  responses,
  signInLinks,
  systems,
} from '../../db/schema.ts'

// Compiled once: the outbox asks for every message.
const about = {
  collection: collections,
  system: systems,
  title: sql<string>`json_extract(${questionSetVersions.questions}, '$.title')`,
  minutes: sql<number>`json_extract(${questionSetVersions.plan}, '$.minutes')`,
}

/** What an invited person's message is made from; undefined once it is deleted. */
export const getInvitationForMail = (db: Db, invitationId: string) => invitationForMail(db).get({ invitationId })

const invitationForMail = prepared((db) =>
  db
    .select({ ...about, invitation: invitations, service: frameServices, responseStatus: responses.status })
    .from(invitations)
    .innerJoin(collections, eq(collections.id, invitations.collectionId))
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(eq(invitations.id, sql.placeholder('invitationId')))
    .prepare(),
)

/** What a coordinator's message is made from; undefined once the link is deleted. */
export function getCascadeLinkForMail(db: Db, cascadeLinkId: string) {
  return db
    .select({ ...about, link: cascadeLinks })
    .from(cascadeLinks)
    .innerJoin(collections, eq(collections.id, cascadeLinks.collectionId))
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(cascadeLinks.id, cascadeLinkId))
    .get()
}

/** What the message with a link to finish later is made from: begun through a shared link, or through an invitation. */
export function getResponseForMail(db: Db, responseId: string) {
  return db
    .select({
      ...about,
      id: responses.id,
      status: responses.status,
      resumeTokenHash: responses.resumeTokenHash,
      invitation: invitations,
    })
    .from(responses)
    .innerJoin(collections, eq(collections.id, responses.collectionId))
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .innerJoin(systems, eq(systems.id, responses.systemId))
    .leftJoin(invitations, eq(invitations.id, responses.invitationId))
    .where(eq(responses.id, responseId))
    .get()
}

export const getSignInLink = (db: Db, id: string) => db.select().from(signInLinks).where(eq(signInLinks.id, id)).get()

/** What a message of a collection would be made from, whoever it goes to; undefined for an unknown collection. */
export function getCollectionForMail(db: Db, collectionId: string) {
  const { collection, title, minutes } = about
  return db
    .select({ collection, title, minutes })
    .from(collections)
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .where(eq(collections.id, collectionId))
    .get()
}

/** A service of the frame, to make an example of: the one asked for, else the first by name that has an address, else the first. */
export function getExampleService(db: Db, collectionId: string, locationId?: string) {
  return db
    .select({ service: frameServices, system: systems })
    .from(frameServices)
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .where(
      and(
        eq(frameServices.collectionId, collectionId),
        locationId === undefined ? undefined : eq(frameServices.locationId, locationId),
      ),
    )
    .orderBy(sql`${frameServices.contactEmail} is null`, asc(frameServices.name), asc(frameServices.locationId))
    .limit(1)
    .get()
}

export const listCollectionSystemNames = (db: Db, collectionId: string): string[] =>
  db
    .select({ name: systems.name })
    .from(collectionSystems)
    .innerJoin(systems, eq(systems.id, collectionSystems.systemId))
    .where(eq(collectionSystems.collectionId, collectionId))
    .orderBy(asc(systems.name))
    .all()
    .map((row) => row.name)

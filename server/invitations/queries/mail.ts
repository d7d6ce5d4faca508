import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { collections, frameServices, invitations, questionSetVersions, responses, systems } from '../../db/schema.ts'
import { messageAbout } from '../../message-templates/queries/mail.ts'

/** What an invited person's message is made from; undefined once it is deleted. */
export const getInvitationForMail = (db: Db, invitationId: string) => invitationForMail(db).get({ invitationId })

// Compiled once: the outbox asks for every message.
const invitationForMail = prepared((db) =>
  db
    .select({ ...messageAbout, invitation: invitations, service: frameServices, responseStatus: responses.status })
    .from(invitations)
    .innerJoin(collections, eq(collections.id, invitations.collectionId))
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .innerJoin(systems, eq(systems.id, frameServices.systemId))
    .leftJoin(responses, eq(responses.invitationId, invitations.id))
    .where(eq(invitations.id, sql.placeholder('invitationId')))
    .prepare(),
)

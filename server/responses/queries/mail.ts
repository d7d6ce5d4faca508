import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { collections, invitations, questionSetVersions, responses, systems } from '../../db/schema.ts'
import { messageAbout } from '../../message-templates/queries/mail.ts'

/** What the message with a link to finish later is made from: begun through a shared link, or through an invitation. */
export function getResponseForMail(db: Db, responseId: string) {
  return db
    .select({
      ...messageAbout,
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

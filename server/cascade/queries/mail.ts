import { eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cascadeLinks, collections, questionSetVersions, systems } from '../../db/schema.ts'
import { messageAbout } from '../../message-templates/queries/mail.ts'

/** What a coordinator's message is made from; undefined once the link is deleted. */
export function getCascadeLinkForMail(db: Db, cascadeLinkId: string) {
  return db
    .select({ ...messageAbout, link: cascadeLinks })
    .from(cascadeLinks)
    .innerJoin(collections, eq(collections.id, cascadeLinks.collectionId))
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .innerJoin(systems, eq(systems.id, cascadeLinks.systemId))
    .where(eq(cascadeLinks.id, cascadeLinkId))
    .get()
}

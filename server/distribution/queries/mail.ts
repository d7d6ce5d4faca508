import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { questionSetVersions, responses, signInLinks } from '../../db/schema.ts'
import { getInvitation } from './links.ts'

/** What a service's message is made from; undefined once it is deleted. */
export function getInvitationForMail(db: Db, invitationId: string) {
  const invited = getInvitation(db, invitationId)
  if (!invited) return undefined
  const version = db
    .select({
      title: sql<string>`json_extract(${questionSetVersions.questions}, '$.title')`,
      minutes: sql<number>`json_extract(${questionSetVersions.plan}, '$.minutes')`,
    })
    .from(questionSetVersions)
    .where(eq(questionSetVersions.id, invited.collection.versionId))
    .get()
  const response = db
    .select({ status: responses.status })
    .from(responses)
    .where(eq(responses.invitationId, invitationId))
    .get()
  return version && { ...invited, ...version, responseStatus: response?.status ?? null }
}

export const getSignInLink = (db: Db, id: string) => db.select().from(signInLinks).where(eq(signInLinks.id, id)).get()

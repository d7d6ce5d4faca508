import { count, eq, type SQL } from 'drizzle-orm'
import { collections, responses } from '../../server/db/schema.ts'
import {
  getResponseByInvitation,
  getResponseByResumeTokenHash,
  listTextAnswers,
  type ResponseRow,
} from '../../server/responses/queries/responses.ts'
import { hashToken } from '../../server/links/tokens.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import type { Answers } from '../../surveys/question-set.ts'
import type { TestApp } from '../app.ts'

const withTexts = (app: TestApp, response: ResponseRow | undefined): Answers | undefined =>
  response && {
    ...response.data,
    ...Object.fromEntries(listTextAnswers(app.db, response.id).map(({ question, text }) => [question, text])),
  }

/** All answers stored for an invitation, free text included. */
export const storedOf = (app: TestApp, invitationId: string): Answers | undefined =>
  withTexts(app, getResponseByInvitation(app.db, invitationId))

/** The same for a personal link that came from a shared one. */
export const storedAt = (app: TestApp, address: string): Answers | undefined =>
  withTexts(app, getResponseByResumeTokenHash(app.db, hashToken(/\/r\/([^/?]+)/.exec(address)?.[1] ?? '')))

const countWhere = (app: TestApp, wanted: SQL) => app.db.select({ n: count() }).from(responses).where(wanted).get()!.n
export const countWithReference = (app: TestApp, reference: string) =>
  countWhere(app, eq(responses.reference, reference))
export const countThroughLink = (app: TestApp, cascadeLinkId: string) =>
  countWhere(app, eq(responses.cascadeLinkId, cascadeLinkId))

/** Its last day was yesterday, of the test clock: a session would end if the clock were moved instead. */
export const letLastDayPass = (app: TestApp, collectionId: string) =>
  void app.db
    .update(collections)
    .set({ closesAt: '2026-05-31T22:59:59.000Z' })
    .where(eq(collections.id, collectionId))
    .run()

export const questionsOf = (app: TestApp, slug: 'discharge-information-flow' | 'relational-audit') =>
  getPublishedVersion(app.db, slug)!.questions

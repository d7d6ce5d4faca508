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

export const questionsOf = (app: TestApp, slug: 'discharge-information-flow' | 'relational-audit') =>
  getPublishedVersion(app.db, slug)!.questions

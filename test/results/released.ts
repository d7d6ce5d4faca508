import { resultsSchema, type Results } from '../../server/results/schema.ts'
import type { TestApp } from '../app.ts'
import { addResponses, openPersonalCollection, releaseResults, signIn } from '../factories.ts'

export type Services = NonNullable<NonNullable<Parameters<typeof openPersonalCollection>[1]>['services']>

export const answersTo = (summary: string) => ({ older_people_discharged: 'yes', summary_received: summary })
export const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

/** A released collection of one system whose first services gave these answers to the question on summaries. */
export function released(app: TestApp, services: Services, summaries: string[], overrides = {}) {
  const { collection, invitations } = openPersonalCollection(app, { services, ...overrides })
  addResponses(
    app,
    collection.id,
    summaries.map((summary, place) => ({ answers: answersTo(summary), invitation: invitations[place]! })),
  )
  return { collection, invitations, snapshot: releaseResults(app, collection.id) }
}

export async function resultsFrom(
  app: TestApp,
  id: string,
  query = '',
  signedIn = signIn(app, 'reviewer'),
): Promise<Results> {
  const response = await signedIn.get(`/api/collections/${id}/results${query}`).expect(200)
  return resultsSchema.parse(response.body)
}

export const figure = (results: Results, id: string) => results.indicators.find((indicator) => indicator.id === id)!
export const sixOfTwentyTwo = [...repeat(6, 'under_quarter'), ...repeat(16, 'quarter_to_half')]

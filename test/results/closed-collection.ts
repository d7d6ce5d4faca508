import { closeCollection } from '../../server/collections/queries/stages.ts'
import type { TestApp } from '../app.ts'
import { addResponses, openPersonalCollection, signIn } from '../factories.ts'
import { storedAuditLog } from '../stored/accounts.ts'

export const who = (app: TestApp) => ({ actor: 'admin@example.org', now: app.time.now })
export const answers = (place: number) => ({
  older_people_discharged: 'yes',
  summary_received: place % 2 ? 'under_quarter' : 'quarter_to_half',
  headings: ['allergies', 'plan'],
})

/** A closed personal collection of 60 services of which the first so many have answered. */
export function closedCollection(app: TestApp, responses = 30) {
  const { collection, invitations } = openPersonalCollection(app, { services: 60 })
  addResponses(
    app,
    collection.id,
    invitations.slice(0, responses).map((invitation, place) => ({ answers: answers(place), invitation })),
  )
  closeCollection(app.db, collection.id, who(app))
  return { collection, invitations, admin: signIn(app, 'admin'), path: `/api/collections/${collection.id}/snapshots` }
}

export const auditOf = (app: TestApp, subject: string) =>
  storedAuditLog(app.db)
    .filter((entry) => entry.subject === subject)
    .map(({ action, actor }) => ({ action, actor }))

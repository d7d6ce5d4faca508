import supertest from 'supertest'
import { createSession, saveStaff, setStaffSystems, type Role } from '../server/accounts/queries.ts'
import { createApp } from '../server/app.ts'
import { newToken } from '../server/db/ids.ts'
import { hashToken } from '../server/distribution/rules/tokens.ts'
import { listSystemsByCode } from '../server/systems/queries.ts'
import type { TestApp } from './app.ts'

/** Somebody signed in: requests carry their cookie and, as a browser's would, the Origin. `systems`: codes of a reviewer's scope. */
export function signIn(app: TestApp, role: Role, { systems = [], email = `${role}@example.org` }: { systems?: string[]; email?: string } = {}) {
  const { db, config } = app.context
  const person = saveStaff(db, { email, role, now: app.time.now })
  setStaffSystems(db, person.id, listSystemsByCode(db, systems).map((system) => system.id))
  const token = newToken()
  createSession(db, { staffId: person.id, tokenHash: hashToken(token), now: app.time.now, expiresAt: new Date(app.time.now.getTime() + 12 * 3_600_000) })
  return supertest.agent(createApp(app.context)).set('Cookie', `session=${token}`).set('Origin', config.publicUrl)
}

import { expect, test } from 'vitest'
import { saveSystem } from '../../server/systems/queries.ts'
import { testApp, type TestApp } from '../app.ts'
import { signIn } from '../factories.ts'

interface Listed {
  id: string
  email: string
  role: string
  systems: string[]
}

function addSystem(app: TestApp, code: string) {
  saveSystem(app.db, { code, name: `System ${code}`, region: 'North West', authorities: [code] }, app.time.now)
}

async function listed(admin: ReturnType<typeof signIn>): Promise<Listed[]> {
  const { staff } = (await admin.get('/api/account/staff')).body as { staff: Listed[] }
  return staff
}

test('an admin adds a reviewer with a scope, and the reviewer is told of it', async () => {
  const app = testApp()
  addSystem(app, 'north')
  const admin = signIn(app, 'admin')
  const answer = await admin
    .post('/api/account/staff')
    .send({ email: 'Rita@Example.org', role: 'reviewer', systems: ['north'] })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({ email: 'rita@example.org', role: 'reviewer', systems: ['north'] })
  expect((await listed(admin)).map(({ email, systems }) => ({ email, systems }))).toEqual([
    { email: 'admin@example.org', systems: [] },
    { email: 'rita@example.org', systems: ['north'] },
  ])
  const rita = signIn(app, 'reviewer', { email: 'rita@example.org', systems: ['north'] })
  expect((await rita.get('/api/account')).body).toEqual({
    email: 'rita@example.org',
    role: 'reviewer',
    systems: [{ code: 'north', name: 'System north' }],
  })
})

test('an admin changes a role; the scope goes with it', async () => {
  const app = testApp()
  addSystem(app, 'north')
  const admin = signIn(app, 'admin')
  signIn(app, 'reviewer', { systems: ['north'] })
  const reviewer = (await listed(admin)).find((person) => person.role === 'reviewer')
  const answer = await admin.put(`/api/account/staff/${reviewer?.id}`).send({ role: 'analyst' })
  expect(answer.status).toBe(200)
  expect((await listed(admin)).find((person) => person.id === reviewer?.id)).toMatchObject({
    role: 'analyst',
    systems: [],
  })
})

test('removing a person ends their session at once', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  const analyst = signIn(app, 'analyst')
  const person = (await listed(admin)).find(({ role }) => role === 'analyst')
  expect((await admin.delete(`/api/account/staff/${person?.id}`)).status).toBe(204)
  expect((await analyst.get('/api/account')).status).toBe(401)
})

test('the last admin can neither be demoted nor removed', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  const [only] = await listed(admin)
  expect((await admin.put(`/api/account/staff/${only?.id}`).send({ role: 'analyst' })).body).toMatchObject({
    error: { code: 'last_admin' },
  })
  expect((await admin.delete(`/api/account/staff/${only?.id}`)).status).toBe(409)
  expect((await listed(admin))[0]?.role).toBe('admin')
})

test.each([
  [{}, 'body.email'],
  [{ email: 'nobody', role: 'admin' }, 'body.email'],
  [{ email: 'a@example.org', role: 'owner' }, 'body.role'],
  [{ email: 'a@example.org', role: 'admin', systems: ['north'] }, 'body.systems'],
  [{ email: 'a@example.org', role: 'reviewer', systems: ['nowhere'] }, 'body.systems'],
  [{ email: 'a@example.org', role: 'reviewer', systems: 'north' }, 'body.systems'],
  [{ email: 'a@example.org', role: 'admin', id: 'mine' }, 'body'],
])('adding %j is refused with the place', async (body, place) => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  const answer = await admin.post('/api/account/staff').send(body)
  expect(answer.status).toBe(400)
  expect((answer.body as { error: { details: { place: string }[] } }).error.details[0]?.place).toBe(place)
  expect(await listed(admin)).toHaveLength(1)
})

test('adding somebody twice is refused and changes nothing', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  await admin.post('/api/account/staff').send({ email: 'rita@example.org', role: 'reviewer' })
  const answer = await admin.post('/api/account/staff').send({ email: 'RITA@example.org', role: 'admin' })
  expect(answer.status).toBe(409)
  expect((await listed(admin)).find(({ email }) => email === 'rita@example.org')?.role).toBe('reviewer')
})

test('somebody who is not there is not found', async () => {
  const admin = signIn(testApp(), 'admin')
  expect((await admin.put('/api/account/staff/nobody').send({ role: 'admin' })).status).toBe(404)
  expect((await admin.delete('/api/account/staff/nobody')).status).toBe(404)
})

const adminOnly = [
  ['get', '/api/account/staff'],
  ['post', '/api/account/staff'],
  ['put', '/api/account/staff/x'],
  ['delete', '/api/account/staff/x'],
  ['get', '/api/account/audit-log'],
] as const

test.each(adminOnly)('%s %s is for admins alone', async (method, path) => {
  const app = testApp()
  expect((await app.request[method](path).set('Origin', app.context.config.publicUrl)).status).toBe(401)
  expect((await signIn(app, 'reviewer')[method](path)).status).toBe(403)
  expect((await signIn(app, 'analyst')[method](path)).status).toBe(403)
})

test('who am I is refused when signed out, and to a made-up cookie', async () => {
  const app = testApp()
  expect((await app.request.get('/api/account')).status).toBe(401)
  expect((await app.request.get('/api/account').set('Cookie', 'session=made-up; other=%')).status).toBe(401)
})

test('a change by a signed-in person from another site is refused', async () => {
  const admin = signIn(testApp(), 'admin')
  const answer = await admin
    .post('/api/account/staff')
    .set('Origin', 'https://evil.example')
    .send({ email: 'eve@example.org', role: 'admin' })
  expect(answer.status).toBe(403)
  expect(await listed(admin)).toHaveLength(1)
})

test('the audit log tells who did what, the newest first', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  await admin.post('/api/account/staff').send({ email: 'rita@example.org', role: 'reviewer' })
  const rita = (await listed(admin)).find(({ email }) => email === 'rita@example.org')
  await admin.delete(`/api/account/staff/${rita?.id}`)
  const { entries } = (await admin.get('/api/account/audit-log')).body as { entries: unknown[] }
  expect(entries).toMatchObject([
    {
      actor: 'admin@example.org',
      action: 'staff.remove',
      subject: rita?.id,
      at: '2026-06-01T09:00:00.000Z',
      detail: { email: 'rita@example.org' },
    },
    { actor: 'admin@example.org', action: 'staff.add', subject: rita?.id },
  ])
})

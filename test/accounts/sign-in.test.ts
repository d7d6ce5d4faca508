import supertest from 'supertest'
import { expect, test } from 'vitest'
import { createSignInLink, getStaffBySession, saveStaff } from '../../server/accounts/queries.ts'
import { createApp } from '../../server/app.ts'
import { deriveToken, hashToken } from '../../server/links/tokens.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { signIn } from '../factories.ts'
import { storedMessages } from '../stored/messages.ts'

const origin = 'http://127.0.0.1:3000'
const ask = (app: TestApp, email: string) =>
  app.request.post('/sign-in').set('Origin', origin).type('form').send({ email })
const queued = (app: TestApp) =>
  storedMessages(app.db).map(({ recipient, signInLinkId }) => ({ recipient, link: signInLinkId! }))
const sessionOf = (header: string | undefined) => /session=([^;]+)/.exec(header ?? '')?.[1] ?? ''
const cookiesOf = (answer: supertest.Response) => answer.get('Set-Cookie')?.join('\n') ?? ''

function linkFor(app: TestApp, email = 'ada@example.org') {
  const person = saveStaff(app.db, { email, role: 'admin', now: app.time.now })
  return createSignInLink(app.db, { tokenKey: app.context.tokenKey, staffId: person.id, now: app.time.now })
}

test('the form asks for an address and has a label', async () => {
  const answer = await testApp().request.get('/sign-in')
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('<label class="govuk-label govuk-label--s" for="email">')
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('a known address is sent a link whose token the outbox can derive', async () => {
  const app = testApp()
  saveStaff(app.db, { email: 'ada@example.org', role: 'admin', now: app.time.now })
  const answer = await ask(app, ' Ada@Example.org ')
  expect(answer.status).toBe(200)
  const [message, ...others] = queued(app)
  expect(others).toEqual([])
  expect(message?.recipient).toBe('ada@example.org')
  const page = await app.request.get(`/sign-in/${deriveToken(app.context.tokenKey, 'sign_in', message?.link ?? '')}`)
  expect(page.status).toBe(200)
  expect(page.text).toContain('ada@example.org')
})

test('the link in the message that is sent signs in', async () => {
  const app = testApp()
  saveStaff(app.db, { email: 'ada@example.org', role: 'reviewer', now: app.time.now })
  await ask(app, 'ada@example.org')
  expect(await sendDueMessages(app.context)).toBe(1)
  const [mail] = app.context.mailer.sent
  expect(mail?.to).toBe('ada@example.org')
  const path = /http:\/\/127\.0\.0\.1:3000(\/sign-in\/[\w-]+)/.exec(mail?.text ?? '')?.[1]
  expect(mail?.html).toContain(path)
  expect((await app.request.post(path ?? '').set('Origin', origin)).status).toBe(303)
  expect((await app.request.get('/api/account')).body).toMatchObject({ role: 'reviewer' })
})

test('an unknown address gets the same answer, in similar time, and no message', async () => {
  const app = testApp()
  saveStaff(app.db, { email: 'ada@example.org', role: 'admin', now: app.time.now })
  const timed = async (email: string) => {
    const start = performance.now()
    const answer = await ask(app, email)
    return { status: answer.status, text: answer.text.replaceAll(email, ''), ms: performance.now() - start }
  }
  const known = await timed('ada@example.org')
  const unknown = await timed('eve@example.org')
  expect({ ...unknown, ms: 0 }).toEqual({ ...known, ms: 0 })
  expect(unknown.ms).toBeGreaterThan(140)
  expect(queued(app)).toHaveLength(1)
})

test.each([
  ['', 'Enter an email address'],
  ['not an address', 'Enter an email address in the correct format'],
  ['<script>@example.org', 'Enter an email address in the correct format'],
  [`${'a'.repeat(300)}@example.org`, 'at most 254 characters'],
])('the address %j is refused beside the field', async (email, message) => {
  const answer = await ask(testApp(), email)
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('There is a problem')
  expect(answer.text).toContain(message)
  expect(answer.text).not.toContain('<script>')
})

test('opening a link, even often, consumes nothing', async () => {
  const app = testApp()
  const { token } = linkFor(app)
  const before = app.db.$client.serialize()
  for (let i = 0; i < 3; i++) expect((await app.request.get(`/sign-in/${token}`)).status).toBe(200)
  await app.request.head(`/sign-in/${token}`)
  expect(app.db.$client.serialize().equals(before)).toBe(true)
  expect((await app.request.post(`/sign-in/${token}`).set('Origin', origin)).status).toBe(303)
})

test('confirming signs in once, by a cookie that scripts and other sites cannot use', async () => {
  const app = testApp()
  const { token } = linkFor(app)
  const answer = await app.request.post(`/sign-in/${token}`).set('Origin', origin)
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe('/console')
  expect(cookiesOf(answer)).toMatch(/^session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(getStaffBySession(app.db, hashToken(sessionOf(cookiesOf(answer))), app.time.now)?.email).toBe(
    'ada@example.org',
  )
  expect((await app.request.get('/api/account')).body).toEqual({
    email: 'ada@example.org',
    role: 'admin',
    systems: null,
  })
  const again = await supertest(createApp(app.context)).post(`/sign-in/${token}`).set('Origin', origin)
  expect(again.status).toBe(404)
  expect(again.get('Set-Cookie')).toBeUndefined()
})

test('over https the cookie is Secure and bound to the host', async () => {
  const app = testApp()
  const { token } = linkFor(app)
  const context = { ...app.context, config: { ...app.context.config, publicUrl: 'https://surveys.example.org' } }
  const answer = await supertest(createApp(context))
    .post(`/sign-in/${token}`)
    .set('Origin', 'https://surveys.example.org')
  expect(cookiesOf(answer)).toMatch(
    /^__Host-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
})

test('unknown, used and expired links show one identical page', async () => {
  const app = testApp()
  const used = linkFor(app).token
  await app.request.post(`/sign-in/${used}`).set('Origin', origin)
  const expired = linkFor(app).token
  app.time.now = new Date(app.time.now.getTime() + 15 * 60_000)
  const pages = await Promise.all(
    [used, expired, 'unknown', 'x'.repeat(100)].map((token) => app.request.get(`/sign-in/${token}`)),
  )
  expect(new Set(pages.map((page) => `${page.status} ${page.text}`)).size).toBe(1)
  expect(pages[0]?.status).toBe(404)
  expect((await app.request.post(`/sign-in/${expired}`).set('Origin', origin)).status).toBe(404)
})

test('a session ends after twelve hours', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  app.time.now = new Date(app.time.now.getTime() + 12 * 3_600_000 - 1000)
  expect((await admin.get('/api/account')).status).toBe(200)
  app.time.now = new Date(app.time.now.getTime() + 1000)
  expect((await admin.get('/api/account')).status).toBe(401)
})

test.each([undefined, 'null', 'https://evil.example', 'http://127.0.0.1:3000.evil.example'])(
  'a change from the origin %j is refused',
  async (from) => {
    const app = testApp()
    const { token } = linkFor(app)
    const post = app.request.post(`/sign-in/${token}`)
    const answer = await (from === undefined ? post : post.set('Origin', from))
    expect(answer.status).toBe(403)
    expect((await app.request.get(`/sign-in/${token}`)).status).toBe(200)
  },
)

test('signing out ends the session on the server', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  const answer = await admin.post('/sign-out')
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe('/sign-in')
  expect(cookiesOf(answer)).toContain('Max-Age=0')
  expect((await admin.get('/api/account')).status).toBe(401)
})

test('signed out, signing out leads to the sign-in page', async () => {
  expect((await testApp().request.post('/sign-out').set('Origin', origin)).headers.location).toBe('/sign-in')
})

test('asking for one address again and again is refused after five times', async () => {
  const app = testApp()
  for (let i = 0; i < 5; i++) expect((await ask(app, 'eve@example.org')).status).toBe(200)
  const answer = await ask(app, 'EVE@example.org')
  expect(answer.status).toBe(429)
  expect(answer.text).toContain('Too many attempts')
  expect((await ask(app, 'ada@example.org')).status).toBe(200)
})

test('asking from one place for many addresses is refused after thirty times', async () => {
  const app = testApp()
  for (let i = 0; i < 30; i++) await ask(app, '')
  expect((await ask(app, '')).status).toBe(429)
})

test('failed look-ups are limited, good ones are not', async () => {
  const app = testApp()
  const { token } = linkFor(app)
  for (let i = 0; i < 25; i++) expect((await app.request.get(`/sign-in/${token}`)).status).toBe(200)
  for (let i = 0; i < 20; i++) expect((await app.request.get(`/sign-in/guess-${i}`)).status).toBe(404)
  expect((await app.request.get('/sign-in/guess-20')).status).toBe(429)
})

test('the console leads to the sign-in page when signed out', async () => {
  const answer = await testApp().request.get('/console/collections')
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe('/sign-in')
})

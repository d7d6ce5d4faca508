import { beforeEach, describe, expect, test } from 'vitest'
import { hashToken } from '../../server/links/tokens.ts'
import { getInvitationByTokenHash } from '../../server/invitations/queries/invitations.ts'
import { getCascadeLinkByTokenHash } from '../../server/cascade/queries/links.ts'
import { testApp, type TestApp } from '../app.ts'
import {
  createCollection,
  createFrame,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  signIn,
} from '../factories.ts'
import { storedAuditLog } from '../stored/accounts.ts'
import { storedInvitations } from '../stored/invitations.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

const wanted = {
  name: 'Trafford 2026',
  questionSet: 'discharge-information-flow',
  mode: 'personal',
  systems: ['trafford'],
  opens: '2026-06-01',
  closes: '2026-06-26',
}
const auditActions = () => storedAuditLog(app.db).map(({ action }) => action)

describe('POST /api/collections', () => {
  beforeEach(() => void createSystem(app))

  test('makes a draft on the newest published version, its days meant in London', async () => {
    const answer = await admin.post('/api/collections').send(wanted)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      ...wanted,
      systems: [{ code: 'trafford', name: 'Trafford', region: 'North West' }],
      status: 'draft',
      version: 1,
      k: 10,
      retainUntil: '2027-06-26',
      takesAnswers: false,
    })
    expect(answer.body).toMatchObject({
      opensAt: '2026-05-31T23:00:00.000Z',
      closesAt: '2026-06-26T22:59:59.000Z',
      frame: { services: 0, withContact: 0 },
    })
    expect(auditActions()).toContain('collection.create')
  })

  test.each([
    ['a day that does not exist', { opens: '2026-02-30' }, 'opens'],
    ['a day before the calendar', { opens: '0000-01-01' }, 'opens'],
    ['a day whose year after is beyond the calendar', { closes: '9999-12-31' }, 'closes'],
    ['a retention beyond the calendar', { retainUntil: '9999-12-31' }, 'retainUntil'],
    ['a close before the opening', { closes: '2026-05-01' }, 'closes'],
    ['a threshold under three', { k: 2 }, 'k'],
    ['a blank name', { name: ' ' }, 'name'],
    ['no system', { systems: [] }, 'systems'],
    ['a system named twice', { systems: ['trafford', 'trafford'] }, 'systems'],
    ['a mode that is none', { mode: 'post' }, 'mode'],
    ['retention that ends before the close', { retainUntil: '2026-06-26' }, 'retainUntil'],
    ['a field that is not known', { status: 'open' }, 'body'],
  ])('%s is refused, naming the field', async (_words, change, field) => {
    const answer = await admin.post('/api/collections').send({ ...wanted, ...change })
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'invalid_request' } }])
    expect(JSON.stringify(answer.body)).toContain(field)
  })

  test.each([
    ['an unknown question set', { questionSet: 'weather' }, 'unknown_question_set'],
    ['an unknown system', { systems: ['trafford', 'atlantis'] }, 'unknown_systems'],
  ])('%s is refused', async (_words, change, code) => {
    const answer = await admin.post('/api/collections').send({ ...wanted, ...change })
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code } }])
  })

  test('signed out and other roles are refused, and a page of another site', async () => {
    expect(
      (await app.request.post('/api/collections').set('Origin', app.context.config.publicUrl).send(wanted)).status,
    ).toBe(401)
    expect((await signIn(app, 'analyst').post('/api/collections').send(wanted)).status).toBe(403)
    expect((await admin.post('/api/collections').set('Origin', 'https://evil.example').send(wanted)).status).toBe(403)
    expect((await admin.get('/api/collections')).body).toEqual({ collections: [] })
  })
})

describe('reading collections', () => {
  test('everyone signed in sees the list and each collection', async () => {
    const { id } = createCollection(app)
    const reviewer = signIn(app, 'reviewer')
    expect((await reviewer.get('/api/collections')).body).toMatchObject({ collections: [{ id, name: 'Review' }] })
    expect((await reviewer.get(`/api/collections/${id}`)).body).toMatchObject({
      id,
      questionSetTitle: expect.any(String) as string,
    })
  })

  test('signed out is refused; one that is not there is not found', async () => {
    expect((await app.request.get('/api/collections')).status).toBe(401)
    expect((await app.request.get('/api/collections/none')).status).toBe(401)
    expect((await admin.get('/api/collections/none')).status).toBe(404)
  })
})

describe('opening and closing', () => {
  test('opening a personal collection makes an invitation with its own token for every service with a contact', () => {
    const { collection, invitations } = openPersonalCollection(app, {
      services: [{}, { contactEmail: null }, {}, { notEligibleReason: 'closed' }],
    })
    expect(collection.status).toBe('open')
    expect(invitations.map(({ service }) => service.name)).toEqual(['Service 1', 'Service 3'])
    expect(new Set(invitations.map(({ token }) => token)).size).toBe(2)
    const found = getInvitationByTokenHash(app.db, hashToken(invitations[1]!.token))
    expect(found).toMatchObject({
      service: { name: 'Service 3', category: 'domiciliary_care' },
      system: { code: 'trafford' },
      collection: { id: collection.id },
    })
    expect(JSON.stringify(storedInvitations(app.db))).not.toContain(invitations[1]!.token)
  })

  test('opening a cascade makes a link for each system, shown to admins', async () => {
    createSystem(app, { code: 'york', name: 'York' })
    const { collection, links } = openCascadeCollection(app, { systems: ['trafford', 'york'] })
    expect(getCascadeLinkByTokenHash(app.db, hashToken(links[1]!.token))).toMatchObject({ system: { code: 'york' } })
    const answer = await admin.get(`/api/collections/${collection.id}/links`)
    expect(answer.body).toMatchObject({
      links: [
        { system: { code: 'trafford' } },
        { system: { code: 'york' }, url: `http://127.0.0.1:3000/c/${links[1]!.token}` },
      ],
    })
    expect((await signIn(app, 'reviewer').get(`/api/collections/${collection.id}/links`)).status).toBe(403)
    expect((await app.request.get(`/api/collections/${collection.id}/links`)).status).toBe(401)
    expect((await admin.get('/api/collections/none/links')).status).toBe(404)
  })

  test('through the API: open, then close for good, each in the audit log', async () => {
    const { id } = createCollection(app)
    createFrame(app, id, 2)
    expect((await admin.post(`/api/collections/${id}/open`)).body).toMatchObject({ status: 'open', takesAnswers: true })
    expect((await admin.post(`/api/collections/${id}/open`)).status).toBe(409)
    expect((await admin.post(`/api/collections/${id}/close`)).body).toMatchObject({
      status: 'closed',
      takesAnswers: false,
    })
    expect((await admin.post(`/api/collections/${id}/close`)).status).toBe(409)
    expect(auditActions()).toEqual(['collection.create', 'collection.open', 'collection.close'])
  })

  test('an open collection takes no answers before its first day and after its last', async () => {
    const { collection } = openPersonalCollection(app, { opens: '2026-06-05', closes: '2026-06-26' })
    const takes = async () =>
      ((await admin.get(`/api/collections/${collection.id}`)).body as { takesAnswers: boolean }).takesAnswers
    expect(await takes()).toBe(false)
    app.time.now = new Date('2026-06-05T09:00:00Z')
    admin = signIn(app, 'admin')
    expect(await takes()).toBe(true)
    app.time.now = new Date('2026-06-26T23:00:00Z')
    admin = signIn(app, 'admin')
    expect(await takes()).toBe(false)
  })

  test.each([
    ['without a frame', undefined, {}, 'frame'],
    ['with no contact in the frame', [{ contactEmail: null }], {}, 'contact'],
    ['after its close date', 1, { opens: '2026-05-01', closes: '2026-05-31' }, 'close date'],
  ])('a draft %s does not open, and says why', async (_words, services, dates, word) => {
    const { id } = createCollection(app, dates)
    if (services !== undefined) createFrame(app, id, services)
    const answer = await admin.post(`/api/collections/${id}/open`)
    expect([answer.status, answer.body]).toMatchObject([409, { error: { code: 'not_ready' } }])
    expect(JSON.stringify(answer.body)).toContain(word)
    expect((await admin.get(`/api/collections/${id}`)).body).toMatchObject({ status: 'draft' })
  })

  test.each(['open', 'close'])('%s: signed out, not allowed, not there', async (change) => {
    const { id } = createCollection(app)
    const { publicUrl } = app.context.config
    expect((await app.request.post(`/api/collections/${id}/${change}`).set('Origin', publicUrl)).status).toBe(401)
    expect((await signIn(app, 'reviewer').post(`/api/collections/${id}/${change}`)).status).toBe(403)
    expect((await admin.post(`/api/collections/none/${change}`)).status).toBe(404)
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { createCollection, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { changeCollections } from '../stored/collections.ts'
import { changeServices, storedServices } from '../stored/invitations.ts'
import { deleteMessagesExceptTo, storedMessages } from '../stored/messages.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

const send = (id: string, body: object = {}) => admin.post(`/api/collections/${id}/invitations`).send(body)
const countMessages = () => storedMessages(app.db).length

describe('POST /api/collections/:id/invitations', () => {
  test('a dry run says who would get one, and who not and why, and queues nothing', async () => {
    const { collection } = openPersonalCollection(app, {
      services: [{}, { contactEmail: null }, { notEligibleReason: 'closed' }],
    })
    const answer = await send(collection.id, { dryRun: true })
    expect(answer.body).toMatchObject({
      dryRun: true,
      queued: [{ service: 'Service 1', recipient: 'manager1@example.org' }],
      leftOut: [
        { service: 'Service 2', reason: 'No address is known.' },
        { service: 'Service 3', reason: 'The service is not eligible.' },
      ],
    })
    expect(countMessages()).toBe(0)
  })

  test('a dry run says when the last leaves at the rate of the schedule, and the worker keeps to it', async () => {
    const { collection } = openPersonalCollection(app, { services: 5 })
    const window = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }
    await admin.put(`/api/collections/${collection.id}/schedule`).send({ ...window, ratePerMinute: 2 })
    app.time.now = new Date('2026-06-01T16:58:00Z')
    const dryRun = async () => ((await send(collection.id, { dryRun: true })).body as { last: object | null }).last
    expect(await dryRun()).toEqual({ leavesAt: '2026-06-02T07:00:00.000Z', inTime: true })
    await send(collection.id)
    expect(await dryRun()).toBeNull()
    const sentAt = async (instant: string) => {
      app.time.now = new Date(instant)
      return sendDueMessages(app.context)
    }
    expect(await sentAt('2026-06-01T16:58:00Z')).toBe(2)
    expect(await sentAt('2026-06-01T16:59:30Z')).toBe(2)
    expect(await sentAt('2026-06-01T17:00:30Z')).toBe(0)
    expect(await sentAt('2026-06-02T07:00:00Z')).toBe(1)
  })

  test('a dry run counts what waits already, and says when the close comes first', async () => {
    const { collection } = openPersonalCollection(app, { services: 5 })
    await send(collection.id)
    deleteMessagesExceptTo(app.db, 'manager1@example.org')
    changeCollections(app.db, { ratePerMinute: 1 })
    const plan = await send(collection.id, { dryRun: true })
    expect(plan.body).toMatchObject({ counts: { queued: 4 }, last: { inTime: true } })
    const last = (plan.body as { last: { leavesAt: string } }).last
    expect(Date.parse(last.leavesAt) - app.time.now.getTime()).toBe(4 * 60_000)
    changeCollections(app.db, { closesAt: new Date(app.time.now.getTime() + 60_000).toISOString() })
    expect((await send(collection.id, { dryRun: true })).body).toMatchObject({ last: { ...last, inTime: false } })
  })

  test('one manager of several services gets a message for each', async () => {
    const { collection } = openPersonalCollection(app, {
      services: [{ contactEmail: 'm@example.org' }, { contactEmail: 'm@example.org' }],
    })
    await send(collection.id)
    await sendDueMessages(app.context)
    expect(app.context.mailer.sent.map(({ to, subject }) => [to, subject.split(':')[0]]).sort()).toEqual([
      ['m@example.org', 'Service 1'],
      ['m@example.org', 'Service 2'],
    ])
  })

  test('sending again queues nothing twice, and says where each message stands', async () => {
    const { collection } = openPersonalCollection(app, { services: 2 })
    expect((await send(collection.id)).body).toMatchObject({ queued: [{}, {}] })
    expect((await send(collection.id)).body).toMatchObject({
      queued: [],
      leftOut: [{ reason: 'Its invitation waits to be sent.' }, {}],
    })
    await sendDueMessages(app.context)
    expect((await send(collection.id)).body).toMatchObject({
      queued: [],
      leftOut: [{ reason: 'Its invitation was sent.' }, {}],
    })
    expect(countMessages()).toBe(2)
    const list = await admin.get(`/api/collections/${collection.id}/messages`)
    expect(list.body).toMatchObject({
      messages: [
        { service: 'Service 1', status: 'sent', attempts: 1, detail: expect.stringMatching(/^250 kept/) as string },
        { service: 'Service 2' },
      ],
    })
  })

  test('nothing is sent within the request', async () => {
    const { collection } = openPersonalCollection(app)
    await send(collection.id)
    expect(app.context.mailer.sent).toEqual([])
  })

  test('a draft, a closed collection and a cascade send none', async () => {
    expect((await send(createCollection(app).id)).status).toBe(409)
    const { collection } = openPersonalCollection(app)
    await admin.post(`/api/collections/${collection.id}/close`)
    expect((await send(collection.id)).body).toMatchObject({ error: { code: 'not_open' } })
    expect((await send(openCascadeCollection(app).collection.id)).body).toMatchObject({
      error: { code: 'not_personal' },
    })
  })

  test('bad input, signed out, not allowed, not there', async () => {
    const { collection } = openPersonalCollection(app)
    const path = `/api/collections/${collection.id}/invitations`
    expect((await send(collection.id, { dryRun: 'yes' })).status).toBe(400)
    expect((await app.request.post(path).set('Origin', app.context.config.publicUrl).send({})).status).toBe(401)
    expect((await signIn(app, 'analyst').post(path).send({})).status).toBe(403)
    expect((await send('none')).status).toBe(404)
    expect(countMessages()).toBe(0)
  })

  test('many: counted in full, listed as far as anybody reads, all of them in a file', async () => {
    const { collection } = openPersonalCollection(app, { services: 1202 })
    for (const { id } of storedServices(app.db).slice(0, 601))
      changeServices(app.db, { notEligibleReason: 'closed' }, id)
    const plan = (await send(collection.id, { dryRun: true })).body as {
      counts: object
      reasons: object[]
      queued: object[]
      leftOut: object[]
    }
    expect(plan.counts).toEqual({ queued: 601, leftOut: 601 })
    expect(plan.reasons).toEqual([{ reason: expect.any(String) as string, count: 601 }])
    expect([plan.queued.length, plan.leftOut.length]).toEqual([500, 500])
    const file = await admin.get(`/api/collections/${collection.id}/schedule/recipients?kind=invitation&format=csv`)
    expect(file.headers['content-type']).toContain('text/csv')
    const lines = file.text.trimEnd().split('\r\n')
    expect(lines[0]).toBe('location_id,service,recipient,leaves_at,left_out_because')
    expect(lines).toHaveLength(1 + 1202)
    expect(new Set(lines).size).toBe(lines.length)
  })

  test('messages come a page at a time, by name, and can be looked for', async () => {
    const { collection } = openPersonalCollection(app, { services: 230 })
    await send(collection.id)
    const messages = async (query = '') =>
      (await admin.get(`/api/collections/${collection.id}/messages${query}`).expect(200)).body as {
        counts: object
        total: number
        messages: { id: string; service: string; locationId: string; kind: string }[]
      }
    const pages = await Promise.all([1, 2, 3, 4].map((page) => messages(`?page=${page}`)))
    expect(pages.map((page) => page.messages.length)).toEqual([100, 100, 30, 0])
    const listed = pages.flatMap((page) => page.messages)
    expect(new Set(listed.map(({ id }) => id)).size).toBe(230)
    expect(listed.map(({ service }) => service)).toEqual(listed.map(({ service }) => service).sort())
    expect(pages[3]).toMatchObject({
      total: 230,
      counts: { queued: 230, sending: 0, sent: 0, failed: 0, cancelled: 0 },
    })
    const one = listed[7]!
    expect((await messages(`?find=${one.locationId}`)).messages).toMatchObject([{ id: one.id, kind: 'invitation' }])
    expect((await messages('?find=sERVICE%20117')).messages).toMatchObject([{ service: 'Service 117' }])
    expect(await messages('?status=failed')).toMatchObject({ total: 0, messages: [] })
    expect(await messages('?find=%25')).toMatchObject({ total: 0 })
    await admin.get(`/api/collections/${collection.id}/messages?page=0`).expect(400)
    await admin.get(`/api/collections/${collection.id}/messages?status=lost`).expect(400)
  })

  test('messages: signed out, not allowed, not there', async () => {
    const { collection } = openPersonalCollection(app)
    const path = `/api/collections/${collection.id}/messages`
    expect((await app.request.get(path)).status).toBe(401)
    expect((await signIn(app, 'reviewer').get(path)).status).toBe(403)
    expect((await admin.get('/api/collections/none/messages')).status).toBe(404)
  })
})

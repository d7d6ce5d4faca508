import { beforeEach, describe, expect, test, vi } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { requireCollection } from '../../server/collections/queries/collections.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages } from '../../server/mail.ts'
import type { Schedule } from '../../server/invitations/schema/schedule.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, createCollection, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { changeCollections } from '../stored/collections.ts'
import { changeInvitations } from '../stored/invitations.ts'
import { bounceMessagesTo, changeMessagesTo, storedMessages } from '../stored/messages.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

const moveTo = (instant: string) => {
  app.time.now = new Date(instant)
  // Sessions last twelve hours.
  admin = signIn(app, 'admin')
}
const sentTo = () => app.context.mailer.sent.map(({ to }) => to).sort()
const who = () => ({ actor: 'admin@example.org', now: app.time.now })
const set = (id: string, body: object) => admin.put(`/api/collections/${id}/schedule`).send(body)
const get = async (id: string) => (await admin.get(`/api/collections/${id}/schedule`)).body as Schedule
const weekdays = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }

async function invited(services = 3) {
  const opened = openPersonalCollection(app, { services })
  queueInvitations(app.db, opened.collection, who())
  await sendDueMessages(app.context)
  app.context.mailer.sent.length = 0
  return opened
}

test('a schedule that somebody else changed meanwhile is not overwritten', async () => {
  const { collection } = openPersonalCollection(app)
  const { revision } = await get(collection.id)
  expect((await set(collection.id, { ...weekdays, ratePerMinute: 7, revision })).status).toBe(200)
  const late = await set(collection.id, { ...weekdays, until: '17:00', revision })
  expect(late.body).toMatchObject({ error: { code: 'changed_elsewhere' } })
  expect(await get(collection.id)).toMatchObject({ ratePerMinute: 7, window: { until: '18:00' } })
  const seen = (await get(collection.id)).revision
  expect((await set(collection.id, { ...weekdays, until: '17:00', revision: seen })).status).toBe(200)
})

test('the schedule says when what waits would leave, and whether the close comes first', async () => {
  const { collection } = openPersonalCollection(app, { services: 5 })
  expect((await get(collection.id)).last).toBeNull()
  await set(collection.id, { ...weekdays, ratePerMinute: 1 })
  queueInvitations(app.db, requireCollection(app.db, collection.id), who())
  const inFour = new Date(app.time.now.getTime() + 4 * 60_000).toISOString()
  expect((await get(collection.id)).last).toEqual({ leavesAt: inFour, inTime: true })
  changeCollections(app.db, { closesAt: app.time.now.toISOString() })
  expect((await get(collection.id)).last).toEqual({ leavesAt: inFour, inTime: false })
})

test('a plan saved without reminders has none, whoever sends the invitations', async () => {
  const { collection } = openPersonalCollection(app)
  await set(collection.id, { ...weekdays, ratePerMinute: 30 })
  expect(await get(collection.id)).toMatchObject({ planned: true, mailings: [] })
  queueInvitations(app.db, requireCollection(app.db, collection.id), who())
  expect((await get(collection.id)).mailings).toMatchObject([{ kind: 'invitation' }])
})

describe('the default plan', () => {
  test('is shown before anything is sent, and begins with the first invitations', async () => {
    const { collection } = openPersonalCollection(app)
    const before = await get(collection.id)
    expect(before).toMatchObject({ planned: false, windowSet: false, window: weekdays, pausedAt: null })
    expect(before.mailings.map(({ id, kind, dueOn }) => [id, kind, dueOn])).toEqual([
      [null, 'invitation', '2026-06-01'],
      [null, 'reminder', '2026-06-06'],
      [null, 'reminder', '2026-06-12'],
      [null, 'reminder', '2026-06-23'],
    ])
    await admin.post(`/api/collections/${collection.id}/invitations`).send({})
    const after = await get(collection.id)
    expect(after).toMatchObject({ planned: true, outbox: { queued: 3, sent: 0 } })
    expect(after.mailings[0]).toMatchObject({ kind: 'invitation', messages: { queued: 3 } })
    expect(after.mailings[0]?.queuedAt).not.toBeNull()
    expect(after.mailings[1]).toMatchObject({ queuedAt: null, startsAt: '2026-06-08T07:00:00.000Z' })
  })

  test('reminders leave by themselves, once, on their day and in working hours', async () => {
    const { collection } = await invited()
    moveTo('2026-06-06T10:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    moveTo('2026-06-08T06:59:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    moveTo('2026-06-08T07:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(3)
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(app.context.mailer.sent[0]?.subject).toMatch(/remind/i)
    expect((await get(collection.id)).mailings[1]).toMatchObject({ messages: { sent: 3 } })
    expect(storedMessages(app.db).filter(({ kind }) => kind === 'reminder')).toHaveLength(3)
  })

  test('a server that was off over two reminders sends one of them', async () => {
    await invited()
    moveTo('2026-06-15T09:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(3)
    moveTo('2026-06-16T09:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
  })
})

describe('reminders go to nobody who', () => {
  test('answered, declined, withdrew, unsubscribed, bounced or was settled by hand; the dry run says why', async () => {
    const { collection, invitations } = await invited(9)
    const id = (index: number) => invitations[index]!.invitation.id
    addResponses(app, collection.id, [
      { answers: { service_type: 'nursing_home' }, invitation: invitations[0]! },
      { answers: { service_type: 'nursing_home' }, invitation: invitations[8]!, status: 'partial' },
    ])
    setInvitationOutcome(app.db, id(1), 'declined', app.time.now)
    setInvitationOutcome(app.db, id(2), 'withdrawn', app.time.now)
    setInvitationOutcome(app.db, id(3), 'not_eligible', app.time.now)
    changeInvitations(app.db, { unsubscribedAt: app.time.now.toISOString() }, id(4))
    bounceMessagesTo(app.db, id(5))
    changeInvitations(app.db, { setDisposition: 'NE' }, id(6))
    changeMessagesTo(app.db, id(7), { status: 'failed', sentAt: null })
    moveTo('2026-06-08T09:00:00Z')
    const plan = await admin.get(`/api/collections/${collection.id}/schedule/recipients?kind=reminder`)
    expect(plan.body).toMatchObject({ kind: 'reminder', dryRun: true, queued: [{ service: 'Service 9' }] })
    expect((plan.body as { leftOut: { reason: string }[] }).leftOut.map(({ reason }) => reason)).toEqual([
      'It has answered.',
      'The service declined.',
      'The respondent withdrew.',
      'The service said that it is not eligible.',
      'The recipient asked for no more messages.',
      'Its address does not work.',
      'Its disposition was set to NE by hand.',
      'Its invitation could not be delivered.',
    ])
    await sendDueMessages(app.context)
    expect(sentTo()).toEqual(['manager9@example.org'])
  })

  test('had a message in the last two days', async () => {
    const { collection } = await invited()
    await set(collection.id, { ...weekdays, reminders: ['2026-06-02'] })
    moveTo('2026-06-02T10:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    const plan = await admin.get(`/api/collections/${collection.id}/schedule/recipients`)
    expect(plan.body).toMatchObject({ leftOut: [{ reason: 'It had a message in the last two days.' }, {}, {}] })
  })

  test('is in a collection that has closed', async () => {
    const { collection } = await invited()
    closeCollection(app.db, collection.id, who())
    moveTo('2026-06-08T09:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
  })
})

describe('PUT /api/collections/:id/schedule', () => {
  test('invitations leave by themselves on their day, within the window and the rate', async () => {
    const { collection } = openPersonalCollection(app, { services: 5 })
    const plan = { days: [3], from: '10:00', until: '11:00', ratePerMinute: 2, invitation: '2026-06-02' }
    expect((await set(collection.id, plan)).body).toMatchObject({
      windowSet: true,
      ratePerMinute: 2,
      mailings: [{ kind: 'invitation', dueOn: '2026-06-02', startsAt: '2026-06-03T09:00:00.000Z' }],
    })
    moveTo('2026-06-02T09:30:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    moveTo('2026-06-03T09:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(2)
    moveTo('2026-06-03T09:00:59Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    moveTo('2026-06-03T09:01:01Z')
    expect(await sendDueMessages(app.context)).toBe(2)
    moveTo('2026-06-03T10:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    moveTo('2026-06-10T09:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(sentTo()).toHaveLength(5)
    expect(new Set(sentTo()).size).toBe(5)
  })

  test('a clock that is put back holds the rate and sends nothing twice', async () => {
    const { collection } = openPersonalCollection(app, { services: 4 })
    await set(collection.id, {
      days: [1, 2],
      from: '00:00',
      until: '24:00',
      ratePerMinute: 2,
      invitation: '2026-06-01',
    })
    expect(await sendDueMessages(app.context)).toBe(2)
    expect((await get(collection.id)).aheadOfClock).toBeNull()
    moveTo('2026-06-01T08:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    // And an admin is told why nothing leaves.
    expect((await get(collection.id)).aheadOfClock).toBe('2026-06-01T09:00:00.000Z')
    moveTo('2026-06-01T09:02:00Z')
    expect((await get(collection.id)).aheadOfClock).toBeNull()
    expect(await sendDueMessages(app.context)).toBe(2)
    expect(new Set(sentTo()).size).toBe(4)
  })

  test('what was sent stays in the plan, the rest is replaced', async () => {
    const { collection } = await invited()
    expect((await set(collection.id, { ...weekdays, reminders: ['2026-06-10'] })).status).toBe(200)
    expect((await get(collection.id)).mailings.map(({ dueOn, queuedAt }) => [dueOn, queuedAt !== null])).toEqual([
      ['2026-06-01', true],
      ['2026-06-10', false],
    ])
    expect((await set(collection.id, { ...weekdays, invitation: '2026-06-12' })).body).toMatchObject({
      error: { code: 'bad_plan', message: 'The invitations were sent already: leave their day out.' },
    })
  })

  test('a plan that cannot stand is refused with the reason', async () => {
    const { collection } = openPersonalCollection(app)
    const answer = await set(collection.id, { ...weekdays, reminders: ['2026-05-01', '2026-07-01'] })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      error: {
        code: 'bad_plan',
        details: [
          { place: 'reminders', message: 'The reminder of Friday 1 May 2026 lies in the past.' },
          {
            place: 'reminders',
            message:
              'The reminder of Wednesday 1 July 2026 could not leave before the close: messages leave only after it.',
          },
        ],
      },
    })
    expect((await get(collection.id)).windowSet).toBe(false)
  })

  test.each([
    { ...weekdays, days: [] },
    { ...weekdays, days: [8] },
    { ...weekdays, from: '18:00', until: '08:00' },
    { ...weekdays, from: '8' },
    { ...weekdays, ratePerMinute: 0 },
    { ...weekdays, reminders: ['2026-02-30'] },
  ])('bad input: %j', async (body) => {
    const { collection } = openPersonalCollection(app)
    expect((await set(collection.id, body)).status).toBe(400)
  })
})

test('a draft, a closed collection and a cascade', async () => {
  const { collection: cascade } = openCascadeCollection(app)
  expect((await get(cascade.id)).mailings).toEqual([])
  expect((await set(cascade.id, weekdays)).body).toMatchObject({ error: { code: 'not_personal' } })
  const draft = createCollection(app)
  expect((await set(draft.id, { ...weekdays, invitation: '2026-06-02' })).status).toBe(200)
  moveTo('2026-06-02T09:00:00Z')
  expect(await sendDueMessages(app.context)).toBe(0)
  const { collection } = openPersonalCollection(app)
  closeCollection(app.db, collection.id, who())
  expect((await set(collection.id, { ...weekdays, reminders: ['2026-06-20'] })).body).toMatchObject({
    error: { code: 'not_open' },
  })
})

test('signed out, not allowed, not there', async () => {
  const { collection, invitations } = openPersonalCollection(app)
  const paths: ['get' | 'post' | 'put', string, object][] = [
    ['get', 'schedule', {}],
    ['put', 'schedule', weekdays],
    ['get', 'schedule/recipients', {}],
    ['post', 'schedule/pause', {}],
    ['post', 'schedule/resume', {}],
    ['post', 'extend', { closes: '2026-07-01' }],
    ['post', `invitations/${invitations[0]!.invitation.id}/link-again`, {}],
  ]
  const origin = app.context.config.publicUrl
  for (const [method, path, body] of paths) {
    const address = `/api/collections/${collection.id}/${path}`
    expect((await app.request[method](address).set('Origin', origin).send(body)).status, path).toBe(401)
    expect((await signIn(app, 'analyst')[method](address).send(body)).status, path).toBe(403)
    expect((await admin[method](`/api/collections/none/${path}`).send(body)).status, path).toBe(404)
  }
})

test('a mailing that a kill cut short is completed, and nobody gets it twice', async () => {
  const { collection } = await invited(450)
  moveTo('2026-06-08T09:00:00Z')
  const stop = new AbortController()
  stop.abort()
  vi.spyOn(stop.signal, 'aborted', 'get').mockReturnValueOnce(false).mockReturnValue(true)
  await sendDueMessages(app.context, stop.signal)
  expect((await get(collection.id)).mailings[1]).toMatchObject({ queuedAt: null, messages: { queued: 100 } })
  expect(await sendDueMessages(app.context)).toBe(450)
  expect(new Set(sentTo()).size).toBe(450)
})

import { beforeEach, expect, test, vi } from 'vitest'
import { severCollection } from '../../server/retention/queries.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import type { Schedule } from '../../server/invitations/schema/schedule.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, openPersonalCollection, releaseResults, signIn } from '../factories.ts'
import { changeInvitations } from '../stored/invitations.ts'
import { bounceMessagesTo, storedMessages } from '../stored/messages.ts'
import { changeResponses, storedResponses } from '../stored/responses.ts'

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
const who = () => ({ actor: 'admin@example.org', now: app.time.now })
const weekdays = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }
const set = (id: string, body: object) => admin.put(`/api/collections/${id}/schedule`).send({ ...weekdays, ...body })
const recipients = async (id: string, kind: string) =>
  (await admin.get(`/api/collections/${id}/schedule/recipients?kind=${kind}`)).body as {
    queued: { service: string }[]
    leftOut: { service: string; reason: string }[]
  }
const sentTo = () => app.context.mailer.sent.map(({ to }) => to).sort()

/** Invited, and complete but for the services of these indices. */
async function answered(services: number, incomplete: number[] = []) {
  const opened = openPersonalCollection(app, { services })
  queueInvitations(app.db, opened.collection, who())
  await sendDueMessages(app.context)
  app.context.mailer.sent.length = 0
  const answers = { older_people_discharged: 'yes' }
  const complete = opened.invitations.filter((_, index) => !incomplete.includes(index))
  addResponses(
    app,
    opened.collection.id,
    complete.map((invitation) => ({ answers, invitation })),
  )
  return { ...opened, id: opened.collection.id }
}

test('a thank-you leaves on its day and in the window, to whom the dry run named, and to nobody twice', async () => {
  const { id, invitations } = await answered(6, [3, 4])
  const of = (index: number) => invitations[index]!.invitation.id
  addResponses(app, id, [{ answers: {}, invitation: invitations[4]!, status: 'partial' }])
  changeInvitations(app.db, { unsubscribedAt: app.time.now.toISOString() }, of(1))
  bounceMessagesTo(app.db, of(2))
  expect((await set(id, { thankYou: '2026-06-13' })).body).toMatchObject({
    mailings: [{ kind: 'invitation' }, { kind: 'thank_you', startsAt: '2026-06-15T07:00:00.000Z', queuedAt: null }],
  })
  const plan = await recipients(id, 'thank_you')
  expect(plan.queued.map(({ service }) => service)).toEqual(['Service 1', 'Service 6'])
  expect(plan.leftOut.map(({ reason }) => reason)).toEqual([
    'The recipient asked for no more messages.',
    'Its address does not work.',
    'It has no complete answer.',
    'It has no complete answer.',
  ])
  moveTo('2026-06-15T06:59:00Z')
  expect(await sendDueMessages(app.context)).toBe(0)
  moveTo('2026-06-15T07:00:00Z')
  expect(await sendDueMessages(app.context)).toBe(2)
  expect(sentTo()).toEqual(['manager1@example.org', 'manager6@example.org'])
  expect(app.context.mailer.sent[0]?.subject).toMatch(/^Thank you/)

  addResponses(app, id, [{ answers: { older_people_discharged: 'yes' }, invitation: invitations[3]! }])
  expect((await set(id, { thankYou: '2026-06-16' })).status).toBe(200)
  expect((await recipients(id, 'thank_you')).leftOut[0]).toMatchObject({ reason: 'It has had one already.' })
  moveTo('2026-06-16T09:00:00Z')
  expect(await sendDueMessages(app.context)).toBe(1)
  expect(sentTo()).toContain('manager4@example.org')
})

test('a thank-you may share its day with a reminder, leaves after the close too, and not while sending is paused', async () => {
  const { id } = await answered(3)
  const both = await set(id, { reminders: ['2026-06-10'], thankYou: '2026-06-10', resultsReleased: '2026-06-10' })
  expect(both.body).toMatchObject({
    error: {
      details: [{ place: 'resultsReleased', message: 'Two mailings fall on the same day, Wednesday 10 June 2026.' }],
    },
  })
  expect((await set(id, { reminders: ['2026-06-10'], thankYou: '2026-06-10' })).status).toBe(200)
  closeCollection(app.db, id, who())
  await admin.post(`/api/collections/${id}/schedule/pause`).send({})
  moveTo('2026-06-10T09:00:00Z')
  expect(await sendDueMessages(app.context)).toBe(0)
  await admin.post(`/api/collections/${id}/schedule/resume`).send({})
  expect(await sendDueMessages(app.context)).toBe(3)
  expect(app.context.mailer.sent.every(({ subject }) => subject.startsWith('Thank you'))).toBe(true)
})

test('who withdraws before it leaves gets none', async () => {
  const { id, invitations } = await answered(2)
  await set(id, { thankYou: '2026-06-02', ratePerMinute: 1 })
  moveTo('2026-06-02T09:00:00Z')
  expect(await sendDueMessages(app.context)).toBe(1)
  const waits = storedMessages(app.db).filter(({ kind, status }) => kind === 'thank_you' && status === 'queued')
  const left = waits[0]!.invitationId
  expect(invitations.map(({ invitation }) => invitation.id)).toContain(left)
  const response = storedResponses(app.db).find(({ invitationId }) => invitationId === left)!
  changeResponses(app.db, { status: 'withdrawn' }, response.id)
  moveTo('2026-06-02T09:02:00Z')
  expect(await sendDueMessages(app.context)).toBe(0)
  const schedule = (await admin.get(`/api/collections/${id}/schedule`)).body as Schedule
  expect(schedule.mailings[1]).toMatchObject({ messages: { sent: 1, cancelled: 1, queued: 0 } })
})

test('the note on results waits for their release, whenever its day was, and says where to read them', async () => {
  const { id } = await answered(3, [1])
  expect((await set(id, { resultsReleased: '2026-06-10' })).status).toBe(200)
  expect((await recipients(id, 'results_released')).queued).toHaveLength(2)
  moveTo('2026-06-29T09:00:00Z')
  expect(await sendDueMessages(app.context)).toBe(0)
  closeCollection(app.db, id, who())
  expect(await sendDueMessages(app.context)).toBe(0)
  expect((await set(id, { reminders: ['2026-06-30'] })).body).toMatchObject({
    error: { code: 'not_open', message: 'The collection is closed: it sends no invitations and reminders.' },
  })
  // Its day has passed: saving something else must not refuse it.
  expect((await set(id, { resultsReleased: '2026-06-10', ratePerMinute: 60 })).status).toBe(200)
  releaseResults(app, id)
  expect(await sendDueMessages(app.context)).toBe(2)
  expect(await sendDueMessages(app.context)).toBe(0)
  expect(sentTo()).toEqual(['manager1@example.org', 'manager3@example.org'])
  const { text } = app.context.mailer.sent[0]!
  expect(text).toMatch(/where to read them\n\nThey go into/i)
  expect(text).not.toMatch(/\/[rc]\//)
})

test('a mailing that a kill cut short is completed, and nobody gets it twice', async () => {
  const { id } = await answered(250)
  await set(id, { thankYou: '2026-06-02' })
  moveTo('2026-06-02T09:00:00Z')
  const stop = new AbortController()
  stop.abort()
  vi.spyOn(stop.signal, 'aborted', 'get').mockReturnValueOnce(false).mockReturnValue(true)
  await sendDueMessages(app.context, stop.signal)
  expect(await sendDueMessages(app.context)).toBe(250)
  expect(new Set(sentTo()).size).toBe(250)
})

test('days that cannot be, a draft, and the end of retention', async () => {
  const { id, collection } = await answered(1)
  expect((await set(id, { thankYou: '2026-02-30' })).status).toBe(400)
  expect((await set(id, { thankYou: '2026-05-31', resultsReleased: '2028-01-01' })).body).toMatchObject({
    error: {
      details: [
        { place: 'thankYou', message: 'The thank-you of Sunday 31 May 2026 lies in the past.' },
        {
          place: 'resultsReleased',
          message: expect.stringMatching(
            /^The note on results of Saturday 1 January 2028 could not leave before contact details are deleted/,
          ) as string,
        },
      ],
    },
  })
  closeCollection(app.db, id, who())
  moveTo(new Date(Date.parse(collection.retainUntil) + 1000).toISOString())
  severCollection(app.db, id, who())
  expect((await set(id, { thankYou: '2027-12-01' })).body).toMatchObject({ error: { code: 'not_open' } })
  expect(await recipients(id, 'thank_you')).toMatchObject({ error: { code: 'not_open' } })
})

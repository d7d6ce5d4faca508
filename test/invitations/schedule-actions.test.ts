import { beforeEach, describe, expect, test } from 'vitest'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import type { Schedule } from '../../server/invitations/schema/schedule.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection, signIn } from '../factories.ts'
import { storedAuditLog } from '../stored/accounts.ts'

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

describe('single actions', () => {
  test('a pause holds everything back until it is resumed', async () => {
    const { collection } = openPersonalCollection(app)
    queueInvitations(app.db, collection, who())
    const paused = await admin.post(`/api/collections/${collection.id}/schedule/pause`).send({})
    expect(paused.body).toMatchObject({ pausedAt: app.time.now.toISOString() })
    expect(await sendDueMessages(app.context)).toBe(0)
    moveTo('2026-06-08T09:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(0)
    await admin.post(`/api/collections/${collection.id}/schedule/resume`).send({})
    expect(await sendDueMessages(app.context)).toBe(3)
    const actions = storedAuditLog(app.db).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('schedule.'))).toEqual(['schedule.pause', 'schedule.resume'])
  })

  test('extending moves the close and the last reminder; an earlier, past or too late day is refused', async () => {
    const { collection } = await invited()
    const extend = (closes: string) => admin.post(`/api/collections/${collection.id}/extend`).send({ closes })
    expect((await extend('2026-07-03')).body).toMatchObject({ closes: '2026-07-03' })
    expect((await get(collection.id)).mailings.at(-1)).toMatchObject({ kind: 'reminder', dueOn: '2026-06-30' })
    const messages = await Promise.all(
      ['2026-06-20', '2028-01-01'].map(async (day) => ((await extend(day)).body as { error: object }).error),
    )
    expect(messages).toEqual([
      expect.objectContaining({ code: 'bad_close', message: 'It closes on Friday 3 July 2026: give a later day.' }),
      expect.objectContaining({ code: 'bad_close', message: expect.stringContaining('deleted on') as string }),
    ])
    moveTo('2026-07-20T09:00:00Z')
    expect((await extend('2026-07-10')).body).toMatchObject({
      error: { message: 'Friday 10 July 2026 has passed: give a day to come.' },
    })
    expect((await extend('2026-07-31')).status).toBe(200)
    expect((await admin.get(`/api/collections/${collection.id}`)).body).toMatchObject({ takesAnswers: true })
  })

  test("one person's link is sent again at any hour, and not to who answered or declined", async () => {
    const { collection, invitations } = await invited(2)
    await set(collection.id, { ...weekdays, days: [5] })
    const again = (index: number) =>
      admin.post(`/api/collections/${collection.id}/invitations/${invitations[index]!.invitation.id}/link-again`)
    expect((await again(0)).body).toMatchObject({ recipient: 'manager1@example.org' })
    expect((await again(0)).body).toMatchObject({
      error: { message: 'The link was not sent: It waits to be sent already.' },
    })
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(app.context.mailer.sent[0]?.text).toContain(`/r/${invitations[0]!.token}`)
    // A second press of the button is none of a person's wishes.
    expect((await again(0)).body).toMatchObject({
      error: { message: 'The link was not sent: It was sent at 10:00. It can be sent again five minutes later.' },
    })
    app.time.now = new Date(app.time.now.getTime() + 5 * 60_000)
    expect((await again(0)).status).toBe(200)
    setInvitationOutcome(app.db, invitations[1]!.invitation.id, 'declined', app.time.now)
    expect((await again(1)).body).toMatchObject({
      error: { code: 'no_link_again', message: 'The link was not sent: The service declined.' },
    })
  })
})

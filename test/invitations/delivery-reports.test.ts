import { beforeEach, describe, expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { severCollection } from '../../server/retention/queries.ts'
import { listHistory } from '../../server/invitations/queries/history.ts'
import { getInvitation } from '../../server/invitations/queries/invitations.ts'
import { queueMessage } from '../../server/outbox/queries/messages.ts'
import { testApp, type TestApp } from '../app.ts'
import { signIn } from '../factories.ts'
import { handedOver, reportOn, sentMessages } from '../delivery-reports/reported.ts'
import { changeInvitations, changeServices, storedInvitationEvents } from '../stored/invitations.ts'
import { storedDeliveryReports, storedMessageEvents } from '../stored/messages.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

const post = (text: string, by = admin) =>
  by.post('/api/delivery-reports').set('content-type', 'application/octet-stream').send(Buffer.from(text))
const events = () =>
  storedMessageEvents(app.db)
    .map(({ event }) => event)
    .filter((event) => !['queued', 'sending', 'sent'].includes(event))
const outcomeOf = (id: string) => getInvitation(app.db, id)!.invitation.outcome
const stored = () => storedDeliveryReports(app.db)

test('a hard bounce is an event, ends mail to the address and is told in words without the address', async () => {
  const { message, invitations, collection } = await handedOver(app)
  const { id } = invitations[0]!.invitation
  queueMessage(
    app.db,
    { kind: 'reminder', collectionId: collection.id, invitationId: id, recipient: message.recipient },
    { now: app.time.now },
  )
  const answer = await post(reportOn(app, message, 'postfix--unknown-user--hard')).expect(201)
  expect(answer.body).toMatchObject({ verdict: 'hard', status: '5.1.1', repeated: false })
  expect(events()).toEqual(['bounced_hard', 'cancelled'])
  expect(outcomeOf(id)).toBe('undelivered')
  expect(stored()[0]!.diagnostic).toBe(
    'smtp; 550 5.1.1 <(address)>: Recipient address rejected: User unknown in virtual mailbox table',
  )
})

test('the same file again changes nothing', async () => {
  const { message } = await handedOver(app)
  const text = reportOn(app, message, 'gmail--no-account--hard')
  const first = await post(text).expect(201)
  const second = await post(text).expect(201)
  expect(second.body).toEqual({ ...first.body, repeated: true })
  expect(events()).toEqual(['bounced_hard'])
  expect(stored()).toHaveLength(1)
})

test.each([
  ['postfix--mailbox-full--soft', 'bounced_soft'],
  ['postfix--blocked--policy', 'bounced_policy'],
  ['exim--delayed--delayed', 'delayed'],
])('%s is an event, and mail goes on', async (name, event) => {
  const { message, invitations } = await handedOver(app)
  await post(reportOn(app, message, name)).expect(201)
  expect(events()).toEqual([event])
  expect(outcomeOf(invitations[0]!.invitation.id)).toBeNull()
})

test('the third message that comes back for a passing reason ends mail; the same message three times does not', async () => {
  const { message, invitations, collection } = await handedOver(app)
  const { id } = invitations[0]!.invitation
  const soft = (to: { id: string; messageId: string }, extra = '') =>
    post(`${extra}${reportOn(app, to, 'gmail--over-quota--soft')}`).expect(201)
  for (const extra of ['X-Time: 1\n', 'X-Time: 2\n', 'X-Time: 3\n']) await soft(message, extra)
  expect(outcomeOf(id)).toBeNull()
  for (const expected of [null, 'undelivered']) {
    const reminder = queueMessage(
      app.db,
      { kind: 'reminder', collectionId: collection.id, invitationId: id, recipient: message.recipient },
      { now: app.time.now },
    )
    await soft({ id: reminder, messageId: 'x@example.org' })
    expect(outcomeOf(id)).toBe(expected)
  }
})

describe('what a report is about', () => {
  const elsewhere = 'surveys@example.net'

  test('the Message-ID does where the return path was lost', async () => {
    const { message } = await handedOver(app)
    const text = reportOn(app, message, 'qmail--no-mailbox--hard', { returnPath: elsewhere })
    expect((await post(text)).body).toMatchObject({ verdict: 'hard' })
    expect(events()).toEqual(['bounced_hard'])
  })

  test('a return path whose case was folded is still the right one', async () => {
    const { message } = await handedOver(app)
    const text = reportOn(app, message, 'yahoo--no-account--hard', { messageId: 'x@example.org' })
    expect((await post(text.replace(/bounce\+\S+?@/g, (found) => found.toUpperCase()))).body).toMatchObject({
      verdict: 'hard',
    })
  })

  test.each([
    ['a wrong seal', (id: string) => `bounce+${id}.0123456789ab@surveys.example.net`],
    ['a short seal', (id: string) => `bounce+${id}.0123@surveys.example.net`],
  ])('%s is shown as forged and changes nothing, whatever Message-ID it carries', async (_name, pathOf) => {
    const { message, invitations } = await handedOver(app)
    const text = reportOn(app, message, 'postfix--unknown-user--hard', { returnPath: pathOf(message.id) })
    expect((await post(text)).body).toMatchObject({ verdict: 'forged' })
    expect(events()).toEqual([])
    expect(outcomeOf(invitations[0]!.invitation.id)).toBeNull()
  })

  test('what matches neither is shown as such and changes nothing; nobody’s words are kept of it', async () => {
    const { message } = await handedOver(app)
    const text = reportOn(app, message, 'postfix--unknown-user--hard', {
      returnPath: elsewhere,
      messageId: 'guess@127.0.0.1',
    })
    expect((await post(text)).body).toMatchObject({ verdict: 'unmatched', status: '5.1.1' })
    expect(events()).toEqual([])
    expect(stored()).toMatchObject([{ messageId: null, diagnostic: null }])
  })

  test.each([
    ['absence--exchange--auto_reply', 'auto_reply'],
    ['exim--550-without-words--not_understood', 'not_understood'],
    ['postfix--delivered--delivered', 'delivered'],
  ])('%s is shown and changes nothing', async (name, verdict) => {
    const { message, invitations } = await handedOver(app)
    expect((await post(reportOn(app, message, name))).body).toMatchObject({ verdict })
    expect(events()).toEqual([])
    expect(outcomeOf(invitations[0]!.invitation.id)).toBeNull()
    const list = await admin.get('/api/delivery-reports').expect(200)
    expect(list.body).toMatchObject({
      counts: [{ verdict, count: 1 }],
      reports: [{ verdict, service: 'Service 1', collection: 'Review' }],
    })
  })
})

test('a report on another’s mailbox changes nothing of the person who was written to', async () => {
  const { message, invitations } = await handedOver(app)
  const { id } = invitations[0]!.invitation
  const text = reportOn(app, message, 'postfix--another-mailbox--not_understood')
  expect((await post(text)).body).toMatchObject({ verdict: 'not_understood' })
  expect(outcomeOf(id)).toBeNull()
  expect((await post(reportOn(app, message, 'postfix--forwarded--hard'))).body).toMatchObject({ verdict: 'hard' })
  expect(outcomeOf(id)).toBe('undelivered')
})

describe('a complaint', () => {
  const stopped = (id: string) => getInvitation(app.db, id)!.invitation.unsubscribedAt
  const noted = () => storedInvitationEvents(app.db).map(({ event, detail, actor }) => ({ event, detail, actor }))

  test('stops messages as if the person had unsubscribed, and is in the history', async () => {
    const { message, invitations } = await handedOver(app)
    const { id } = invitations[0]!.invitation
    const text = reportOn(app, message, 'feedback--abuse--complaint')
    expect((await post(text)).body).toMatchObject({ verdict: 'complaint' })
    expect(stopped(id)).toBe(app.time.now.toISOString())
    expect(outcomeOf(id)).toBeNull()
    expect(noted()).toEqual([
      { event: 'unsubscribed', detail: 'By marking a message as unwanted.', actor: 'respondent' },
    ])
    expect(listHistory(app.db, id).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['complaint', 'unsubscribed']),
    )
  })

  test('on what went to another since changes nothing but the history', async () => {
    const { message, invitations } = await handedOver(app)
    changeServices(app.db, { contactEmail: 'other@example.org' })
    await post(reportOn(app, message, 'feedback--abuse--complaint')).expect(201)
    expect(stopped(invitations[0]!.invitation.id)).toBeNull()
    expect(noted()).toEqual([])
  })

  test('that matches no message is shown as a complaint and changes nothing; a forged one as forged', async () => {
    const { message, invitations } = await handedOver(app)
    const lost = { returnPath: 'surveys@example.net', messageId: 'guess@127.0.0.1' }
    expect((await post(reportOn(app, message, 'feedback--abuse--complaint', lost))).body).toMatchObject({
      verdict: 'complaint',
    })
    const forged = { returnPath: `bounce+${message.id}.0123456789ab@surveys.example.net` }
    expect((await post(reportOn(app, message, 'feedback--abuse--complaint', forged))).body).toMatchObject({
      verdict: 'forged',
    })
    expect(stopped(invitations[0]!.invitation.id)).toBeNull()
  })

  test.each(['feedback--not-spam--not_understood', 'feedback--authentication--not_understood'])(
    '%s is none',
    async (name) => {
      const { message, invitations } = await handedOver(app)
      expect((await post(reportOn(app, message, name))).body).toMatchObject({ verdict: 'not_understood' })
      expect(stopped(invitations[0]!.invitation.id)).toBeNull()
    },
  )
})

test('a person who declined stays declined, and one who answered has answered', async () => {
  const { message, invitations } = await handedOver(app)
  const { id } = invitations[0]!.invitation
  changeInvitations(app.db, { outcome: 'declined' })
  await post(reportOn(app, message, 'gmail--no-account--hard')).expect(201)
  expect(outcomeOf(id)).toBe('declined')
})

test('nothing of a report is left after the end of retention', async () => {
  const { message, collection } = await handedOver(app)
  await post(reportOn(app, message, 'gmail--no-account--hard')).expect(201)
  closeCollection(app.db, collection.id, { actor: 'a', now: app.time.now })
  app.time.now = new Date('2027-06-27T00:00:00Z')
  severCollection(app.db, collection.id, { actor: 'a', now: app.time.now })
  expect(stored()).toEqual([])
})

describe('uploading', () => {
  test.each([
    ['nothing', '', 400],
    ['more than 10 MB', 'x'.repeat(10 * 1024 ** 2 + 1), 413],
  ])('%s is refused', async (_name, text, status) => {
    expect((await post(text)).status).toBe(status)
  })

  test('another type is refused, and what is no e-mail is not understood', async () => {
    await admin.post('/api/delivery-reports').set('content-type', 'text/csv').send('a,b').expect(415)
    expect((await post('\u0000\u0001')).body).toMatchObject({ verdict: 'not_understood' })
  })

  test('only an admin may', async () => {
    await app.request.get('/api/delivery-reports').expect(401)
    for (const role of ['reviewer', 'analyst'] as const) {
      await signIn(app, role).get('/api/delivery-reports').expect(403)
      expect((await post('x', signIn(app, role))).status).toBe(403)
    }
  })
})

test('messages that belong to no invitation bounce without touching one', async () => {
  const { invitations } = await handedOver(app)
  const id = queueMessage(app.db, { kind: 'test', recipient: 'manager1@example.org' }, { now: app.time.now })
  const message = sentMessages(app).find((row) => row.id === id)!
  expect((await post(reportOn(app, message, 'postfix--unknown-user--hard'))).body).toMatchObject({ verdict: 'hard' })
  expect(outcomeOf(invitations[0]!.invitation.id)).toBeNull()
})

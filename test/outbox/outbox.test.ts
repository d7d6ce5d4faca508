import { beforeEach, describe, expect, test, vi } from 'vitest'
import { saveStaff, createSignInLink } from '../../server/accounts/queries.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { listQueues } from '../../server/invitations/queries/queues.ts'
import { claimDueMessages } from '../../server/outbox/queries/claims.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { queueSignInMessage } from '../../server/outbox/queries/messages.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages, startOutboxWorker } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { storedMessageEvents, storedMessages } from '../stored/messages.ts'
import { storeResponse } from '../stored/responses.ts'
import { until } from '../until.ts'

let app: TestApp
beforeEach(() => {
  app = testApp()
})

const rows = () => storedMessages(app.db)
const events = () => storedMessageEvents(app.db).map(({ event }) => event)
const who = () => ({ actor: 'admin@example.org', now: app.time.now })
const later = (minutes: number) => (app.time.now = new Date(app.time.now.getTime() + minutes * 60_000))

function queued(services: number | { name: string; contactName: string }[] = 1, dates = {}) {
  const opened = openPersonalCollection(app, { services, ...dates })
  queueInvitations(app.db, opened.collection, who())
  return opened
}

function failWith(...errors: object[]) {
  const send = app.context.mailer.send.bind(app.context.mailer)
  return vi.spyOn(app.context.mailer, 'send').mockImplementation((mail) => {
    const error = errors.shift()
    return error ? Promise.reject(Object.assign(new Error('refused'), error)) : send(mail)
  })
}

describe('sending', () => {
  test('every message goes out once, with its own link, both parts and a stable Message-ID', async () => {
    const { invitations } = queued(3)
    expect(await sendDueMessages(app.context)).toBe(3)
    expect(await sendDueMessages(app.context)).toBe(0)
    const { sent } = app.context.mailer
    expect(sent.map(({ to }) => to).sort()).toEqual([
      'manager1@example.org',
      'manager2@example.org',
      'manager3@example.org',
    ])
    for (const { service, token } of invitations) {
      const mail = sent.find(({ to }) => to === service.contactEmail)!
      expect(mail.subject).toBe(
        `${service.name}: please answer "What you are told when older people leave hospital" by Friday 26 June 2026`,
      )
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain(`http://127.0.0.1:3000/r/${token}`)
        expect(part).toContain(`http://127.0.0.1:3000/r/${token}/decline`)
        expect(part.replace(/\s+/g, ' ')).toContain('confidential, not anonymous')
      }
      expect(mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
      expect(mail.messageId).toMatch(/^[a-z0-9]{20}@127\.0\.0\.1$/)
    }
    expect(rows().map(({ status }) => status)).toEqual(['sent', 'sent', 'sent'])
    expect(JSON.stringify(rows())).not.toContain(invitations[0]!.token)
  })

  test('names and addresses with line breaks or markup start no header and no element', async () => {
    queued([{ name: 'Elm\r\nBcc: all@example.org <script>', contactName: 'A\nB' }])
    await sendDueMessages(app.context)
    const mail = app.context.mailer.sent[0]!
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.html).toContain('Elm Bcc: all@example.org &lt;script&gt;')
    expect(mail.text).toContain('Dear A B,')
  })

  test('a message is due at the opening at the earliest', async () => {
    queued(1, { opens: '2026-06-05' })
    expect(await sendDueMessages(app.context)).toBe(0)
    app.time.now = new Date('2026-06-04T23:00:00Z')
    expect(await sendDueMessages(app.context)).toBe(1)
  })

  test.each<[string, (opened: ReturnType<typeof queued>) => void]>([
    ['the collection has closed', ({ collection }) => void closeCollection(app.db, collection.id, who())],
    ['its close date has passed', () => (app.time.now = new Date('2026-06-26T23:00:00Z'))],
    [
      'the service declined',
      ({ invitations }) => setInvitationOutcome(app.db, invitations[0]!.invitation.id, 'declined', app.time.now),
    ],
    [
      'the service has answered',
      ({ invitations: [first], collection: { id: collectionId, versionId } }) =>
        storeResponse(app.db, {
          collectionId,
          versionId,
          systemId: first!.system.id,
          invitationId: first!.invitation.id,
        }),
    ],
  ])('is cancelled where %s by then', async (_words, change) => {
    change(queued())
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(rows()).toMatchObject([{ status: 'cancelled' }])
    expect(events()).toEqual(['queued', 'sending', 'cancelled'])
  })

  test('a lost key makes no dead link: the message fails and says so', async () => {
    queued()
    app.context.tokenKey.fill(0)
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(rows()).toMatchObject([{ status: 'failed' }])
  })

  test('a sign-in message holds a working link, and is cancelled once the link has expired', async () => {
    const person = saveStaff(app.db, { email: 'a@example.org', role: 'admin', now: app.time.now })
    const make = () =>
      createSignInLink(app.db, { tokenKey: app.context.tokenKey, staffId: person.id, now: app.time.now })
    const link = make()
    queueSignInMessage(app.db, { signInLinkId: link.id, recipient: 'a@example.org', now: app.time.now })
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(app.context.mailer.sent[0]).toMatchObject({
      to: 'a@example.org',
      text: expect.stringContaining(`/sign-in/${link.token}`) as string,
    })
    queueSignInMessage(app.db, { signInLinkId: make().id, recipient: 'a@example.org', now: app.time.now })
    later(60)
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(
      rows()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['cancelled', 'sent'])
  })
})

describe('when the mail server refuses', () => {
  test('a temporary failure is tried again after a minute, then five, under the same Message-ID', async () => {
    queued()
    const send = failWith({ responseCode: 451, command: 'DATA' }, { code: 'ECONNREFUSED' })
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(send).toHaveBeenCalledTimes(1)
    later(1)
    await sendDueMessages(app.context)
    later(4)
    expect(await sendDueMessages(app.context)).toBe(0)
    later(1)
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(rows()).toMatchObject([{ status: 'sent', attempts: 3 }])
    expect(events()).toEqual(['queued', 'sending', 'deferred', 'sending', 'deferred', 'sending', 'sent'])
    expect(new Set(send.mock.calls.map(([mail]) => mail.messageId)).size).toBe(1)
  })

  test('a refusal of the recipient fails at once', async () => {
    queued()
    failWith({ responseCode: 550, command: 'RCPT TO' })
    await sendDueMessages(app.context)
    later(24 * 60)
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(rows()).toMatchObject([{ status: 'failed', attempts: 1 }])
  })

  test('after a day of trying it is given up', async () => {
    queued()
    vi.spyOn(app.context.mailer, 'send').mockRejectedValue(new Error('no connection'))
    for (let hour = 0; hour < 30; hour += 1) {
      await sendDueMessages(app.context)
      later(60)
    }
    expect(rows()).toMatchObject([{ status: 'failed' }])
  })
})

describe('the worker', () => {
  test('what a killed worker was sending is sent at the next start, under the same Message-ID', async () => {
    queued(2)
    const claimed = claimDueMessages(app.db, { now: app.time.now, host: '127.0.0.1', limit: 1, listQueues })[0]!
    const worker = startOutboxWorker(app.context)
    await until(() => expect(app.context.mailer.sent).toHaveLength(2))
    await worker.stop()
    expect(app.context.mailer.sent.map(({ messageId }) => messageId)).toContain(claimed.messageId)
    expect(rows().map(({ status }) => status)).toEqual(['sent', 'sent'])
    expect(events()).toHaveLength(2 + 1 + 1 + 2 + 2)
  })

  test('another process leaves alone what is being sent, until the lease is over', async () => {
    queued()
    claimDueMessages(app.db, { now: app.time.now, host: '127.0.0.1', limit: 1, listQueues })
    expect(await sendDueMessages(app.context)).toBe(0)
    later(15)
    expect(await sendDueMessages(app.context)).toBe(1)
  })

  test('a message that the mail server keeps waiting holds up no other', async () => {
    queued(2)
    const sent: string[] = []
    const { promise: answered, resolve: answer } = Promise.withResolvers<string>()
    vi.spyOn(app.context.mailer, 'send').mockImplementation(({ to }) => {
      if (to === 'manager1@example.org') return answered
      sent.push(to)
      return Promise.resolve('250 ok')
    })
    const worker = startOutboxWorker(app.context)
    await until(() => expect(sent).toEqual(['manager2@example.org']))
    const second = openPersonalCollection(app, { name: 'Second', services: [{ contactEmail: 'later@example.org' }] })
    queueInvitations(app.db, second.collection, who())
    await until(() => expect(sent).toEqual(['manager2@example.org', 'later@example.org']))
    answer('250 ok')
    await worker.stop()
    expect(rows().map(({ status }) => status)).toEqual(['sent', 'sent', 'sent'])
  })

  test('stopping waits for what is in hand and begins nothing new', async () => {
    queued(20)
    let inHand = 0
    const { promise: answered, resolve: answer } = Promise.withResolvers<string>()
    vi.spyOn(app.context.mailer, 'send').mockImplementation(() => {
      inHand += 1
      return answered
    })
    const worker = startOutboxWorker(app.context)
    await until(() => expect(inHand).toBeGreaterThan(0))
    const stopped = worker.stop()
    answer('250 ok')
    await stopped
    const counts = Object.groupBy(rows(), ({ status }) => status)
    expect(counts.sending).toBeUndefined()
    expect(counts.sent).toHaveLength(inHand)
    expect(inHand).toBeLessThan(20)
  })
})

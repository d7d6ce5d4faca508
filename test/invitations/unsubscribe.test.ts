import { beforeEach, describe, expect, test } from 'vitest'
import { unsubscribeAddress } from '../../server/message-templates/rules/message-fields.ts'
import { queueMessage } from '../../server/outbox/queries/messages.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { changeInvitations, changeServices, storedInvitationEvents, storedInvitations } from '../stored/invitations.ts'

let app: TestApp
let opened: ReturnType<typeof openPersonalCollection>
let path: string
beforeEach(() => {
  app = testApp()
  opened = openPersonalCollection(app, { services: 2 })
  path = unsubscribeAddress('', app.context.tokenKey, opened.invitations[0]!.invitation)
})

const state = () =>
  opened.invitations.map(
    ({ invitation }) => storedInvitations(app.db).find(({ id }) => id === invitation.id)!.unsubscribedAt,
  )
const events = () => storedInvitationEvents(app.db).map(({ event, actor }) => [event, actor])
const queue = (kind: 'invitation' | 'reminder' | 'link_again') => {
  const { invitation, service } = opened.invitations[0]!
  const about = { collectionId: opened.collection.id, invitationId: invitation.id, recipient: service.contactEmail! }
  return queueMessage(app.db, { kind, ...about }, { now: app.time.now })
}
const html = (request: ReturnType<TestApp['request']['get']>) => request.set('Accept', 'text/html')

describe('one-click unsubscribe', () => {
  test('the headers of a message lead to an address that stops its messages with one POST, answered 200 without redirect or cookie', async () => {
    queue('invitation')
    await sendDueMessages(app.context)
    const { headers } = app.context.mailer.sent[0]!
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(headers['List-Unsubscribe']).toBe(`<http://127.0.0.1:3000${path}>`)
    expect(path.length).toBeLessThan(45)
    const answer = await app.request.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['location']).toBeUndefined()
    expect(state()).toEqual([app.time.now.toISOString(), null])
    expect(events()).toEqual([['unsubscribed', 'respondent']])
  })

  test('as multipart/form-data, which RFC 8058 prefers, and twice, it counts once', async () => {
    await app.request.post(path).field('List-Unsubscribe', 'One-Click').expect(200)
    app.time.now = new Date(app.time.now.getTime() + 60_000)
    await app.request.post(path).field('List-Unsubscribe', 'One-Click').expect(200)
    expect(state()).toEqual(['2026-06-01T09:00:00.000Z', null])
    expect(events()).toHaveLength(1)
  })

  test('a reminder that waits is not sent any more; a link that is asked for is, and works', async () => {
    await app.request.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' })
    queue('reminder')
    queue('link_again')
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(app.context.mailer.sent.map(({ subject }) => subject)).toEqual([expect.stringContaining('your link')])
    const link = /http:\/\/127\.0\.0\.1:3000(\/r\/[\w-]{32})\s/.exec(app.context.mailer.sent[0]!.text)![1]!
    await html(app.request.get(link)).expect(200)
  })
})

describe('the page', () => {
  test('GET and HEAD change nothing, nor does pressing Continue without a selection', async () => {
    await app.request.head(path).expect(200)
    const page = await html(app.request.get(path)).expect(200)
    expect(page.text).toContain('You get messages about it now.')
    expect(page.text).not.toContain('checked')
    for (const body of [{}, { messages: '' }, { 'List-Unsubscribe': '' }]) {
      const pressed = await html(app.request.post(path).type('form').send(body)).expect(400)
      expect(pressed.text).toContain('There is a problem')
    }
    await app.request.post(path).field('other', 'One-Click').expect(400)
    await app.request.post(path).expect(400)
    expect(state()).toEqual([null, null])
    expect(events()).toEqual([])
  })

  test('a selection stops messages, and can be taken back', async () => {
    const stopped = await html(app.request.post(path).type('form').send({ messages: 'stop' })).expect(200)
    expect(stopped.text).toContain('You will get no more messages about this survey')
    expect((await html(app.request.get(path))).text).toContain('You get no more messages about it now.')
    await html(app.request.post(path).type('form').send({ messages: 'send' })).expect(200)
    expect(state()).toEqual([null, null])
    expect(events().map(([event]) => event)).toEqual(['unsubscribed', 'undone'])
  })

  test('a made-up, altered or foreign token shows the neutral page and changes nothing', async () => {
    const other = opened.invitations[1]!.invitation.id
    const seal = path.split('.')[1]!
    for (const wrong of [
      '/u/x',
      `/u/${other}.${seal}`,
      `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
      '/u/%00',
      `${path}x`,
    ]) {
      await html(app.request.get(wrong)).expect(404)
      await app.request.post(wrong).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(404)
    }
    expect(state()).toEqual([null, null])
  })

  test('who passed the invitation on stops nothing of their successor’s', async () => {
    changeInvitations(app.db, { tokenVersion: 2 }, opened.invitations[0]!.invitation.id)
    const page = await html(app.request.get(path)).expect(200)
    expect(page.text).toContain('messages about it go to somebody else now')
    await app.request.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200)
    expect(state()).toEqual([null, null])
  })

  test('a service’s name with markup is text', async () => {
    changeServices(app.db, { name: '<script>alert(1)</script>' })
    expect((await html(app.request.get(path))).text).toContain('&lt;script&gt;alert(1)')
  })
})

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { severCollection } from '../../server/retention/queries.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { listQueues } from '../../server/invitations/queries/queues.ts'
import { claimDueMessages } from '../../server/outbox/queries/claims.ts'
import { listInvitationEvents } from '../../server/invitations/queries/events.ts'
import { getInvitation } from '../../server/invitations/queries/invitations.ts'
import { isClaimed, recordAttempt } from '../../server/outbox/queries/messages.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { dump, fillPage, locationOf } from './form.ts'
import { storedResponses } from '../stored/responses.ts'

let app: TestApp
let invited: ReturnType<typeof openPersonalCollection>
let base: string

beforeEach(() => {
  app = testApp()
  invited = openPersonalCollection(app, { services: 1 })
  base = `/r/${invited.invitations[0]!.token}`
})

const id = () => invited.invitations[0]!.invitation.id
const now = () => getInvitation(app.db, id())!
const passOn = (from: string, email = 'colleague@example.org') =>
  fillPage(app, `${from}/pass-on`, { name: 'Sam Colleague', email })
const undo = (from: string) => fillPage(app, `${from}/undo`, { decision: 'yes' })
const later = (minutes: number) => {
  app.time.now = new Date(app.time.now.getTime() + minutes * 60_000)
}
/** The link in the last message to an address. */
const linkTo = (address: string) => {
  const mail = app.context.mailer.sent.findLast(({ to }) => to === address)
  return /\/r\/[\w-]+/.exec(mail?.text ?? '')?.[0]
}

describe('passing on to the right person', () => {
  it('sends them a fresh link, and the old one only shows that', async () => {
    expect(locationOf(await fillPage(app, `${base}/decline`, { choice: 'pass_on' }))).toBe(`${base}/pass-on`)
    expect(locationOf(await passOn(base))).toBe(base)
    await sendDueMessages(app.context)
    expect(app.context.mailer.sent.map(({ to }) => to)).toEqual(['colleague@example.org'])
    const fresh = linkTo('colleague@example.org')!
    expect(fresh).not.toBe(base)
    expect((await app.request.get(fresh)).text).toContain('You are answering for')
    expect(now()).toMatchObject({
      invitation: { outcome: 'contacted', tokenVersion: 2 },
      service: { contactEmail: 'colleague@example.org', contactName: 'Sam Colleague' },
    })

    expect((await app.request.get(base)).text).toContain('somebody else is the right person')
    const before = dump(app)
    expect((await app.request.post(`${base}/submit`).send({ answers: { service_type: 'other' } })).status).toBe(409)
    expect((await app.request.get(`${base}/questionnaire`)).status).toBe(409)
    await app.request.post(`${base}/pages/your_service`).type('form').send('service_type=other')
    await app.request.post(`${base}/withdraw`).type('form').send('decision=yes')
    await app.request.post(`${base}/decline`).type('form').send('choice=decline')
    await passOn(fresh, 'colleague@example.org')
    expect(dump(app)).toBe(before)
  })

  it('sends nothing that still waits for the person before', async () => {
    queueInvitations(app.db, invited.collection, { actor: 'admin@example.org', now: app.time.now })
    await passOn(base)
    await sendDueMessages(app.context)
    expect(app.context.mailer.sent.map(({ to }) => to)).toEqual(['colleague@example.org'])
  })

  it('sends nothing that the worker had taken for the person before, and nothing that it put off', async () => {
    const refused = Object.assign(new Error('451 later'), { responseCode: 451, command: 'RCPT TO' })
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    vi.spyOn(app.context.mailer, 'send').mockRejectedValueOnce(refused)
    await fillPage(app, `${base}/later`, { email: 'private@example.org' })
    await sendDueMessages(app.context)
    queueInvitations(app.db, invited.collection, { actor: 'admin@example.org', now: app.time.now })
    const claimed = claimDueMessages(app.db, { now: app.time.now, host: 'example.org', limit: 8, listQueues })
    await passOn(base)
    for (const { id } of claimed) {
      expect(isClaimed(app.db, id)).toBe(false)
      recordAttempt(app.db, id, { event: 'deferred', detail: '451 later', now: app.time.now, dueAt: app.time.now })
    }
    later(60)
    await sendDueMessages(app.context)
    expect(app.context.mailer.sent.map(({ to }) => to)).toEqual(['colleague@example.org'])
  })

  it('does not bring the fresh link to the person before, whose message waits behind a slow one', async () => {
    app = testApp()
    invited = openPersonalCollection(app, { services: 12 })
    const last = invited.invitations[11]!
    queueInvitations(app.db, invited.collection, { actor: 'admin@example.org', now: app.time.now })
    const { mailer } = app.context
    const hand = mailer.send.bind(mailer)
    let passed: Promise<unknown> | undefined
    vi.spyOn(mailer, 'send').mockImplementation(async (mail) => {
      passed ??= passOn(`/r/${last.token}`)
      await passed
      return hand(mail)
    })
    await sendDueMessages(app.context)
    const to = mailer.sent.map((mail) => mail.to)
    expect(to).toContain('colleague@example.org')
    expect(to).not.toContain('manager12@example.org')
  })

  it.each([
    ['', 'a@example.org', 'Enter their name'],
    ['Sam', '', 'Enter an email address'],
    ['Sam', 'nonsense', 'This is not an email address'],
    ['Sam', 'a@example.org\r\nBcc: b@example.org', 'line break'],
    ['Sam\r\nBcc: b@example.org', 'a@example.org', 'Enter a name only'],
    ['Win at http://example.org', 'a@example.org', 'Enter a name only'],
    ['Sam', 'MANAGER1@example.org', 'the address that the survey was sent to'],
  ])('refuses %j at %j: %s', async (name, email, words) => {
    const before = dump(app)
    const answer = await fillPage(app, `${base}/pass-on`, { name, email })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(words)
    expect(dump(app)).toBe(before)
  })

  it('is taken back with the old link, which then works as before; the colleague’s ends', async () => {
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    later(1)
    await passOn(base)
    await sendDueMessages(app.context)
    const fresh = linkTo('colleague@example.org')!
    later(1)
    expect((await fillPage(app, `${base}/undo`)).status).toBe(400)
    expect(now().invitation.outcome).toBe('contacted')
    expect(locationOf(await undo(base))).toBe(base)
    expect(now()).toMatchObject({ invitation: { outcome: null }, service: { contactEmail: 'manager1@example.org' } })
    expect((await app.request.get(fresh)).status).toBe(404)
    expect((await app.request.get(base)).text).toContain('Your answers so far are saved')
    await fillPage(app, `${base}/check`, { finished: 'yes' })
    expect(storedResponses(app.db)).toMatchObject([{ status: 'complete', data: { service_type: 'other' } }])
    const events = listInvitationEvents(app.db, id()).map(({ event }) => event)
    expect(events).toEqual(['begun', 'passed_on', 'undone', 'completed'])
  })

  it('cannot be taken back once the colleague has answered, declined or passed it on', async () => {
    await passOn(base)
    await sendDueMessages(app.context)
    const fresh = linkTo('colleague@example.org')!
    later(1)
    await fillPage(app, `${fresh}/decline`, { choice: 'decline' })
    expect(locationOf(await app.request.get(`${base}/undo`))).toBe(base)
    await undo(fresh)
    await fillPage(app, `${fresh}/pages/your_service`, { service_type: 'other' })
    const before = dump(app)
    await app.request.post(`${base}/undo`).type('form').send('decision=yes')
    expect(dump(app)).toBe(before)
    expect((await app.request.get(base)).text).toContain('It can no longer be taken back')
  })

  it('goes on and on only so often, and never brings a retired link back to life', async () => {
    const seen: string[] = []
    for (let round = 0; round < 5; round += 1) {
      later(1)
      expect((await passOn(base, `colleague${round}@example.org`)).status).toBe(303)
      await sendDueMessages(app.context)
      seen.push(linkTo(`colleague${round}@example.org`)!)
      expect((await app.request.get(seen.at(-1)!)).status).toBe(200)
      later(1)
      await undo(base)
    }
    for (const link of seen) expect((await app.request.get(link)).status).toBe(404)
    expect(new Set(seen).size).toBe(5)
  })

  it('leaves nobody’s name or address behind at the end of retention', async () => {
    await passOn(base)
    await sendDueMessages(app.context)
    const who = { actor: 'admin@example.org', now: app.time.now }
    closeCollection(app.db, invited.collection.id, who)
    app.time.now = new Date(Date.parse(invited.collection.retainUntil) + 1000)
    severCollection(app.db, invited.collection.id, { ...who, now: app.time.now })
    for (const word of ['manager1@example.org', 'Manager 1', 'colleague@example.org', 'Sam Colleague'])
      expect(dump(app), word).not.toContain(word)
    expect((await app.request.get(base)).status).toBe(404)
  })
})

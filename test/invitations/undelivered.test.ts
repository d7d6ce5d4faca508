import { beforeEach, describe, expect, test, vi } from 'vitest'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection, signIn, submitResponse } from '../factories.ts'
import { handedOver, reportOn, sentMessages } from '../delivery-reports/reported.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

async function bounced() {
  const opened = await handedOver(app, { services: [{ name: 'The Elms', telephone: '0161 496 0000' }, {}] })
  const report = reportOn(app, opened.message, 'exchange-online--not-found--hard')
  await admin.post('/api/delivery-reports').set('content-type', 'message/rfc822').send(report).expect(201)
  const base = `/api/collections/${opened.collection.id}`
  return { ...opened, report, base, address: `${base}/invitations/${opened.invitations[0]!.invitation.id}` }
}

test('the worklist names the service, its telephone, the address and what was said', async () => {
  const { base } = await bounced()
  const answer = await admin.get(`${base}/undelivered`).expect(200)
  expect(answer.body).toMatchObject({
    services: [
      {
        service: 'The Elms',
        telephone: '0161 496 0000',
        contactEmail: 'manager1@example.org',
        event: 'bounced_hard',
        detail: expect.stringContaining('RecipientNotFound') as string,
      },
    ],
  })
})

test('an address that the server refused at once is on the worklist too', async () => {
  vi.spyOn(app.context.mailer, 'send').mockRejectedValue(
    Object.assign(new Error('550 no such user'), { responseCode: 550, command: 'RCPT TO' }),
  )
  const { collection } = await handedOver(app)
  const answer = await admin.get(`/api/collections/${collection.id}/undelivered`).expect(200)
  expect(answer.body).toMatchObject({ services: [{ event: 'failed' }] })
})

describe('what the mail server did not take, though the address may well work', () => {
  const refuse = (response: string, fields = {}) =>
    vi
      .spyOn(app.context.mailer, 'send')
      .mockRejectedValue(
        Object.assign(new Error(response), { responseCode: 554, command: 'RCPT TO', response, ...fields }),
      )
  const listed = async (id: string) =>
    (await admin.get(`/api/collections/${id}/undelivered`).expect(200)).body as object

  test.each([
    ['a block list', '554 5.7.1 Client host blocked using zen.example'],
    ['words that are not understood', '550 We take no part in this'],
  ])('by %s is to be read, and sent once more in one action', async (_words, response) => {
    const sending = refuse(response)
    const { collection, invitations } = await handedOver(app)
    expect(await listed(collection.id)).toMatchObject({
      services: [],
      reports: [{ service: 'Service 1', verdict: 'failed', diagnostic: expect.stringContaining(response) as string }],
    })
    const before = sentMessages(app)[0]!
    sending.mockRestore()
    const retry = () => admin.post(`/api/collections/${collection.id}/undelivered/retry`).send({}).expect(200)
    expect((await retry()).body).toEqual({ queued: 1 })
    expect(await listed(collection.id)).toEqual({ services: [], reports: [] })
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(sentMessages(app)).toEqual([{ ...before, status: 'sent' }])
    expect(app.context.mailer.sent.at(-1)!.text).toContain(`/r/${invitations[0]!.token}`)
    expect((await retry()).body).toEqual({ queued: 0 })
  })

  test('for a day on end neither', async () => {
    refuse('', { responseCode: undefined, code: 'ECONNREFUSED', command: 'CONN' })
    const { collection } = await handedOver(app)
    for (let hour = 0; hour < 30; hour += 1) {
      app.time.now = new Date(app.time.now.getTime() + 2 * 3_600_000)
      await sendDueMessages(app.context)
    }
    admin = signIn(app, 'admin')
    expect(sentMessages(app)).toMatchObject([{ status: 'failed' }])
    expect(await listed(collection.id)).toMatchObject({
      services: [],
      reports: [{ verdict: 'failed', diagnostic: expect.stringContaining('Nothing answers') as string }],
    })
  })

  test('is not sent to who has answered, to an address that does not exist, or after the close', async () => {
    refuse('550 5.1.1 No such user', { responseCode: 550 })
    const { collection } = await handedOver(app)
    const retry = () => admin.post(`/api/collections/${collection.id}/undelivered/retry`).send({})
    expect(await listed(collection.id)).toMatchObject({ services: [{ event: 'failed' }], reports: [] })
    expect((await retry()).body).toEqual({ queued: 0 })
    await admin.post(`/api/collections/${collection.id}/close`).send({}).expect(200)
    expect((await retry()).body).toMatchObject({ error: { code: 'not_open' } })
    const address = `/api/collections/${collection.id}/undelivered/retry`
    const origin = app.context.config.publicUrl
    expect((await app.request.post(address).set('Origin', origin).send({})).status).toBe(401)
    expect((await signIn(app, 'reviewer').post(address).send({})).status).toBe(403)
    expect((await admin.post('/api/collections/none/undelivered/retry').send({})).status).toBe(404)
  })
})

test('a corrected address takes the service off the worklist and gets the same link again', async () => {
  const { base, address, invitations } = await bounced()
  const answer = await admin.put(`${address}/contact`).send({ email: ' new@example.org ', name: 'Jo Park' }).expect(200)
  expect(answer.body).toEqual({ sentAgain: true })
  expect((await admin.get(`${base}/undelivered`)).body).toEqual({ services: [], reports: [] })
  expect(await sendDueMessages(app.context)).toBe(1)
  const mail = app.context.mailer.sent.at(-1)!
  expect(mail.to).toBe('new@example.org')
  expect(mail.text).toContain(`/r/${invitations[0]!.token}`)
  expect((await admin.get(`${address}/disposition`)).body).toMatchObject({ disposition: 'U' })
})

describe('reports to read', () => {
  const take = (report: string) =>
    admin.post('/api/delivery-reports').set('content-type', 'message/rfc822').send(report).expect(201)
  const reportsOf = async (id: string) =>
    ((await admin.get(`/api/collections/${id}/undelivered`).expect(200)).body as { reports: object[] }).reports

  test('are those that changed nothing by themselves, the last one for each service, with the words', async () => {
    const { collection, message, invitations } = await handedOver(app)
    await take(reportOn(app, message, 'postfix--bad-address-means-full--not_understood'))
    expect(await reportsOf(collection.id)).toEqual([
      {
        invitationId: invitations[0]!.invitation.id,
        locationId: invitations[0]!.service.locationId,
        service: 'Service 1',
        telephone: null,
        contactEmail: 'manager1@example.org',
        verdict: 'not_understood',
        status: '5.1.1',
        diagnostic: 'smtp; 550 5.1.1 <(address)>: mailbox is full',
        receivedAt: app.time.now.toISOString(),
      },
    ])
    app.time.now = new Date(app.time.now.getTime() + 60_000)
    await take(reportOn(app, message, 'aol--host-refused--policy'))
    expect(await reportsOf(collection.id)).toMatchObject([{ verdict: 'policy' }])
  })

  test.each([
    ['a later report that is understood', 'gmail--delayed--delayed'],
    ['the worklist', 'exchange-online--not-found--hard'],
  ])('give way to %s', async (_words, name) => {
    const { collection, message } = await handedOver(app)
    await take(reportOn(app, message, 'aol--host-refused--policy'))
    app.time.now = new Date(app.time.now.getTime() + 60_000)
    await take(reportOn(app, message, name))
    expect(await reportsOf(collection.id)).toEqual([])
  })

  test('are gone once the address was corrected, or the service has answered', async () => {
    const { collection, message, invitations } = await handedOver(app)
    await take(reportOn(app, message, 'aol--host-refused--policy'))
    const { id } = invitations[0]!.invitation
    const correct = (email: string) =>
      admin
        .put(`/api/collections/${collection.id}/invitations/${id}/contact`)
        .send({ email, sendAgain: false })
        .expect(200)
    await correct('new@example.org')
    expect(await reportsOf(collection.id)).toEqual([])
    await correct('manager1@example.org')
    expect(await reportsOf(collection.id)).toHaveLength(1)
    await submitResponse(app, { token: invitations[0]!.token, answers: { older_people_discharged: 'no' } })
    expect(await reportsOf(collection.id)).toEqual([])
  })
})

test('a late report on the old address leaves the new one alone', async () => {
  const { base, address, report } = await bounced()
  await admin.put(`${address}/contact`).send({ email: 'new@example.org' }).expect(200)
  await admin
    .post('/api/delivery-reports')
    .set('content-type', 'message/rfc822')
    .send(`X-Second: 1\n${report}`)
    .expect(201)
  expect((await admin.get(`${base}/undelivered`)).body).toEqual({ services: [], reports: [] })
  expect(sentMessages(app).find(({ recipient }) => recipient === 'new@example.org')).toMatchObject({ status: 'queued' })
})

test('the history tells it all, oldest first, and no opening of a page', async () => {
  const { address, invitations } = await bounced()
  await app.request.get(`/r/${invitations[0]!.token}`).expect(200)
  await admin.put(`${address}/contact`).send({ email: 'new@example.org' }).expect(200)
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  await sendDueMessages(app.context)
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  await submitResponse(app, {
    token: invitations[0]!.token,
    answers: { older_people_discharged: 'yes', summary_received: 'under_quarter' },
  })
  const answer = await admin.get(`${address}/history`).expect(200)
  const { service, history } = answer.body as { service: object; history: { event: string; kind: string | null }[] }
  expect(service).toMatchObject({ name: 'The Elms', contactEmail: 'new@example.org' })
  const told = history.map(({ event, kind }) => (kind ? `${kind} ${event}` : event))
  expect(new Set(told)).toEqual(
    new Set([
      'invitation queued',
      'invitation sending',
      'invitation sent',
      'invitation bounced_hard',
      'contact_corrected',
      'link_sent_again',
      'link_again queued',
      'link_again sending',
      'link_again sent',
      'begun',
      'completed',
      ...(told.includes('thank_you queued') ? ['thank_you queued'] : []),
    ]),
  )
  expect(told.indexOf('invitation bounced_hard')).toBeGreaterThan(told.indexOf('invitation sent'))
  expect(told.indexOf('completed')).toBeGreaterThan(told.indexOf('link_again sent'))
})

test.each([
  ['blank', ' ', 'Enter an email address.'],
  ['no address', 'manager', 'should look like'],
  ['a header', 'a@example.org\r\nBcc: all@example.org', 'line break'],
  ['two addresses', 'a@example.org, b@example.org', 'Write only the address'],
])('%s is refused in words', async (_name, email, words) => {
  const { address } = await bounced()
  const answer = await admin.put(`${address}/contact`).send({ email }).expect(400)
  expect(JSON.stringify(answer.body)).toContain(words)
})

test('the address that did not work is refused, and nothing is changed', async () => {
  const { base, address } = await bounced()
  const answer = await admin.put(`${address}/contact`).send({ email: 'Manager1@example.org' }).expect(409)
  expect(answer.body).toMatchObject({ error: { code: 'same_address' } })
  expect((await admin.get(`${base}/undelivered`)).body).toMatchObject({ services: [{ service: 'The Elms' }] })
})

test('only an admin sees and corrects, and only in the invitation’s own collection', async () => {
  const { base, address, invitations } = await bounced()
  for (const path of [`${base}/undelivered`, `${address}/history`]) {
    await app.request.get(path).expect(401)
    await signIn(app, 'analyst').get(path).expect(403)
  }
  await signIn(app, 'reviewer').put(`${address}/contact`).send({ email: 'n@example.org' }).expect(403)
  const { id } = invitations[0]!.invitation
  await admin.get(`/api/collections/nowhere/invitations/${id}/history`).expect(404)
  await admin.put(`/api/collections/nowhere/invitations/${id}/contact`).send({ email: 'n@example.org' }).expect(404)
})

test('the name of a contact stays where none is given, and goes where it is blank', async () => {
  const { collection, invitations } = openPersonalCollection(app, { services: [{ contactName: 'Ann' }] })
  const address = `/api/collections/${collection.id}/invitations/${invitations[0]!.invitation.id}`
  const nameAfter = async (given: object) => {
    await admin
      .put(`${address}/contact`)
      .send({ email: 'new@example.org', sendAgain: false, ...given })
      .expect(200)
    const told = await admin.get(`${address}/history`).expect(200)
    return (told.body as { service: { contactName: string | null } }).service.contactName
  }
  expect(await nameAfter({})).toBe('Ann')
  expect(await nameAfter({ name: ' ' })).toBeNull()
})

test('what was on its way to the old address when it was corrected is not tried there again', async () => {
  const { collection, invitations } = openPersonalCollection(app, { services: 1 })
  queueInvitations(app.db, collection, { actor: 'admin@example.org', now: app.time.now })
  const correct = `/api/collections/${collection.id}/invitations/${invitations[0]!.invitation.id}/contact`
  vi.spyOn(app.context.mailer, 'send').mockImplementationOnce(async () => {
    await admin.put(correct).send({ email: 'new@example.org', name: '', sendAgain: true }).expect(200)
    throw Object.assign(new Error('451 later'), { responseCode: 451, command: 'RCPT TO' })
  })
  await sendDueMessages(app.context)
  app.time.now = new Date(app.time.now.getTime() + 3_600_000)
  await sendDueMessages(app.context)
  expect(app.context.mailer.sent.map(({ to }) => to)).toEqual(['new@example.org'])
})

import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSignInLink, saveStaff } from '../../server/accounts/queries.ts'
import { createMailer } from '../../server/outbox/mailer.ts'
import type { Mailer } from '../../server/context.ts'
import { correctCoordinator } from '../../server/cascade/queries/coordinator-changes.ts'
import { queueMessage, queueSignInMessage, type Message } from '../../server/outbox/queries/messages.ts'
import { readReturnPath } from '../../server/links/return-path.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { storedCascadeLinks } from '../stored/collections.ts'
import { storedInvitationEvents, storedInvitations } from '../stored/invitations.ts'
import { storedResponses } from '../stored/responses.ts'

let app: TestApp
let server: SMTPServer
let mailer: Mailer
let received: { mail: Email; from: string; raw: string }[]
beforeEach(async () => {
  app = testApp()
  received = []
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        const { mailFrom } = session.envelope
        void PostalMime.parse(raw).then((mail) => {
          received.push({ mail, from: mailFrom ? mailFrom.address : '', raw: raw.toString('latin1') })
          done(null)
        })
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, dataDir: '' })
})
afterEach(async () => {
  mailer.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const stoppable = ['invitation', 'reminder', 'thank_you', 'results_released', 'link_again', 'passed_on']

/** A message of each kind that the outbox knows, each to an address named after its kind. */
function queueEveryKind() {
  const { collection, invitations } = openPersonalCollection(app, {
    services: [{ name: 'Tŷ Gwyn “Café”' }, {}],
    notice: 'Everything here is synthetic.',
  })
  const [open, answered] = invitations
  addResponses(app, collection.id, [{ answers: { older_people_discharged: 'yes' }, invitation: answered! }])
  const cascade = openCascadeCollection(app, { name: 'Audit' })
  const link = cascade.links[0]!.link
  const coordinator = { collectionId: cascade.collection.id, linkId: link.id, email: 'coordinator@example.org' }
  correctCoordinator(
    app.db,
    { ...coordinator, name: null, sendAgain: false },
    { actor: 'admin@example.org', now: app.time.now, tokenKey: app.context.tokenKey },
  )
  const [begun] = addResponses(app, collection.id, [
    { answers: { older_people_discharged: 'yes' }, invitation: open!, status: 'partial' },
  ])
  const personal = (kind: Message['kind'], invitationId: string) => ({
    kind,
    collectionId: collection.id,
    invitationId,
  })
  const wanted: (Pick<Message, 'kind'> & Partial<Message>)[] = [
    ...(['invitation', 'reminder', 'link_again', 'passed_on'] as const).map((kind) =>
      personal(kind, open!.invitation.id),
    ),
    personal('thank_you', answered!.invitation.id),
    personal('results_released', answered!.invitation.id),
    { kind: 'coordinator', collectionId: cascade.collection.id, cascadeLinkId: link.id },
    { kind: 'finish_later', collectionId: collection.id, responseId: begun!.id },
    { kind: 'test', collectionId: collection.id, templateKind: 'invitation' },
  ]
  const ids = wanted.map((message) =>
    queueMessage(app.db, { ...message, recipient: `${message.kind}@example.org` }, { now: app.time.now }),
  )
  const person = saveStaff(app.db, { email: 'a@example.org', role: 'admin', now: app.time.now })
  const { id } = createSignInLink(app.db, {
    tokenKey: app.context.tokenKey,
    staffId: person.id,
    now: app.time.now,
  })
  ids.push(queueSignInMessage(app.db, { signInLinkId: id, recipient: 'sign_in@example.org', now: app.time.now }))
  return ids
}

test('a mail library reads a message of every kind: two parts, stable headers, a return path of its own', async () => {
  const ids = queueEveryKind()
  expect(await sendDueMessages({ ...app.context, mailer })).toBe(10)
  const seen = new Set<string>()
  for (const { mail, from, raw } of received) {
    const kind = mail.to![0]!.address!.split('@')[0]!
    const header = (key: string) => mail.headers.find((entry) => entry.key === key)?.value
    const path = readReturnPath(app.context.tokenKey, from)
    expect(path, kind).toBeTypeOf('object')
    seen.add((path as { messageId: string }).messageId)
    expect(header('auto-submitted'), kind).toBe('auto-generated')
    expect(mail.messageId, kind).toMatch(/^<[a-z0-9]{20}@127\.0\.0\.1>$/)
    expect(
      raw.split('\r\n').every((line) => line.length <= 998),
      kind,
    ).toBe(true)
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/[\x80-\xff]/)
    for (const part of [mail.subject, mail.text, mail.html]) {
      expect(part?.trim(), kind).not.toBe('')
      expect(part, kind).not.toMatch(/\{\{|\}\}|undefined|null/)
    }
    expect(header('list-unsubscribe') !== undefined, kind).toBe(stoppable.includes(kind))
    expect(header('list-unsubscribe-post') !== undefined, kind).toBe(stoppable.includes(kind))
    if (!['coordinator', 'sign_in'].includes(kind)) expect(mail.text, kind).toContain('Everything here is synthetic.')
  }
  expect([...seen].sort()).toEqual([...ids].sort())
})

test('every address in every message leads somewhere, and following it changes nothing', async () => {
  queueEveryKind()
  await sendDueMessages({ ...app.context, mailer })
  const state = () =>
    JSON.stringify(
      [storedInvitations, storedInvitationEvents, storedResponses, storedCascadeLinks].map((read) => read(app.db)),
    )
  const before = state()
  for (const { mail } of received) {
    const kind = mail.to![0]!.address!.split('@')[0]!
    if (kind === 'test') continue
    for (const [, path] of (mail.text ?? '').matchAll(/http:\/\/127\.0\.0\.1:3000(\/\S+)/g)) {
      const { status } = await app.request.get(path!).set('Accept', 'text/html')
      expect([kind, path, status < 400]).toEqual([kind, path, true])
    }
  }
  expect(state()).toBe(before)
})

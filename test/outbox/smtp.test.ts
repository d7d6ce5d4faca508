import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailer, removeOutboxFiles } from '../../server/outbox/mailer.ts'
import type { Mailer } from '../../server/context.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { storedMessages } from '../stored/messages.ts'

interface Received {
  raw: Buffer
  recipients: string[]
}

let app: TestApp
let server: SMTPServer
let mailer: Mailer
let received: Received[]
beforeEach(async () => {
  app = testApp()
  received = []
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.startsWith('gone') ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null,
      ),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ raw: Buffer.concat(chunks), recipients: session.envelope.rcptTo.map(({ address }) => address) })
        done(null)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, dataDir: '' })
})
afterEach(async () => {
  mailer.close()
  await new Promise<void>((resolve) => server.close(resolve))
})

const sendAll = (services: NonNullable<Parameters<typeof openPersonalCollection>[1]>['services']) => {
  const opened = openPersonalCollection(app, { services })
  queueInvitations(app.db, opened.collection, { actor: 'command line', now: app.time.now })
  return sendDueMessages({ ...app.context, mailer }).then((sent) => ({ ...opened, sent }))
}

describe('a real SMTP server', () => {
  test('accepts a message that a mail library parses: both parts, the headers and a link that works', async () => {
    const { invitations, sent } = await sendAll([{ name: 'Ty Gwyn – Café House', contactName: 'Siân Ó Briain' }])
    expect([sent, received.length]).toEqual([1, 1])
    const mail = await PostalMime.parse(received[0]!.raw)
    expect(mail.subject).toBe(
      'Ty Gwyn – Café House: please answer "What you are told when older people leave hospital" by Friday 26 June 2026',
    )
    expect(mail.to).toEqual([{ name: '', address: 'manager1@example.org' }])
    expect(mail.from).toEqual({ name: 'Local system review surveys', address: 'surveys@localhost' })
    const header = (key: string) => mail.headers.filter((entry) => entry.key === key).map(({ value }) => value)
    expect(header('auto-submitted')).toEqual(['auto-generated'])
    expect(header('message-id')).toEqual([`<${storedMessages(app.db)[0]!.messageId}>`])
    expect(header('date')).toHaveLength(1)
    const link = `http://127.0.0.1:3000/r/${invitations[0]!.token}`
    for (const part of [mail.text ?? '', mail.html ?? '']) {
      expect(part).toContain(link)
      expect(part.replace(/\s+/g, ' ')).toContain('Dear Siân Ó Briain,')
      expect(part.replace(/\s+/g, ' ')).toContain('closes at the end of Friday 26 June 2026')
    }
    expect(mail.html).not.toMatch(/<img|<script|src=/)
    const found = /http:\/\/127\.0\.0\.1:3000(\/r\/[\w-]{32})\s/.exec(mail.text ?? '')
    const page = await app.request.get(found![1]!).set('Accept', 'text/html')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Ty Gwyn – Café House')
  })

  test('an address that looks like several stays one, and is refused without touching the others', async () => {
    const { sent } = await sendAll([
      { contactEmail: 'gone@example.org' },
      { contactEmail: 'here@example.org' },
      { contactEmail: 'a@example.org, b@example.org' },
    ])
    expect(received.map(({ recipients }) => recipients).filter((list) => list.length !== 1)).toEqual([])
    expect(received.map(({ recipients }) => recipients[0])).not.toContain('b@example.org')
    expect(received.map(({ recipients }) => recipients[0])).toContain('here@example.org')
    const failed = storedMessages(app.db).filter(({ status }) => status === 'failed')
    expect(failed.map(({ recipient }) => recipient)).toContain('gone@example.org')
    expect(sent).toBe(received.length)
  })

  test('nobody listening is a temporary failure', async () => {
    await new Promise<void>((resolve) => server.close(resolve))
    const { sent } = await sendAll(1)
    expect(sent).toBe(0)
    expect(storedMessages(app.db).map(({ status }) => status)).toEqual(['queued'])
  })
})

test('without SMTP each message becomes one .eml file, the same again over a retry, and goes when asked', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'outbox-'))
  const mail = {
    from: 'a@example.org',
    to: 'b@example.org',
    returnPath: 'bounce@example.org',
    subject: 'Hello',
    text: 'One',
    html: '<p>One</p>',
    messageId: 'abc@127.0.0.1',
    headers: {},
  }
  const folder = createMailer({ dataDir, smtpUrl: undefined })
  await folder.send(mail)
  await folder.send(mail)
  expect(await readdir(join(dataDir, 'outbox'))).toEqual(['abc_127.0.0.1.eml'])
  const parsed = await PostalMime.parse(await readFile(join(dataDir, 'outbox', 'abc_127.0.0.1.eml')))
  expect([parsed.subject, parsed.text?.trim(), parsed.messageId]).toEqual(['Hello', 'One', '<abc@127.0.0.1>'])
  await removeOutboxFiles(dataDir, ['abc@127.0.0.1', 'never@127.0.0.1'])
  expect(await readdir(join(dataDir, 'outbox'))).toEqual([])
})

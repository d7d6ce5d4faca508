import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMailer } from '../../server/outbox/mailer.ts'
import type { Mailer } from '../../server/context.ts'
import { queueMessage } from '../../server/outbox/queries/messages.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { storedMessageEvents, storedMessages } from '../stored/messages.ts'

let app: TestApp
let mailer: Mailer | undefined
let stop: (() => Promise<void>) | undefined
beforeEach(() => {
  app = testApp()
  app.context.log.level = 'silent'
})
afterEach(async () => {
  mailer?.close()
  await stop?.()
})

const port = (server: Server) => (server.address() as AddressInfo).port

/** Makes `context` send to a server of this behaviour; with little patience only for one that falls silent: a busy machine answers late. */
async function sendTo(
  server: SMTPServer | Server,
  { sockets = new Set<Socket>(), patienceMs = 10_000 } = {},
): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stop = () => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  const listening = server instanceof SMTPServer ? server.server : server
  mailer = createMailer(
    { smtpUrl: `smtp://127.0.0.1:${port(listening)}`, dataDir: '' },
    { answerMs: patienceMs, silenceMs: patienceMs },
  )
  const real = mailer
  app.context.mailer.send = (mail) => real.send(mail)
}

const smtp = (options: SMTPServerOptions, patienceMs = 10_000) =>
  sendTo(new SMTPServer({ disabledCommands: ['AUTH', 'STARTTLS'], closeTimeout: 10, ...options }), { patienceMs })

/** A server that says `lines` in turn, one for each line that it hears, and then ends the connection or is silent. */
function script(lines: string[], { then }: { then: 'drop' | 'silence' }): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const left = [...lines]
    const say = () => {
      const line = left.shift()
      if (line !== undefined) socket.write(`${line}\r\n`)
      else if (then === 'drop') socket.destroy()
    }
    socket.on('error', () => undefined)
    socket.on('data', say)
    say()
  })
  return sendTo(server, { sockets, patienceMs: then === 'silence' ? 300 : 10_000 })
}

function queue(recipient = 'manager@example.org') {
  const { collection, invitations } = openPersonalCollection(app, { services: 1 })
  const about = { collectionId: collection.id, invitationId: invitations[0]!.invitation.id, recipient }
  return queueMessage(app.db, { kind: 'invitation', ...about }, { now: app.time.now })
}
/** Of the only message. */
const outcome = () => ({
  status: storedMessages(app.db)[0]!.status,
  detail: storedMessageEvents(app.db).at(-1)!.detail,
})
const refusal = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })

describe('a server that refuses', () => {
  test.each<[string, SMTPServerOptions, string, RegExp]>([
    [
      'the recipient for good',
      { onRcptTo: (_to, _session, done) => done(refusal(550, '5.1.1 no such mailbox')) },
      'failed',
      /did not accept the address\. It said: 550 5\.1\.1 no such mailbox/,
    ],
    [
      'the recipient for now (greylisting)',
      { onRcptTo: (_to, _session, done) => done(refusal(450, '4.7.1 greylisted, try later')) },
      'queued',
      /did not accept the address\. It said: 450 4\.7\.1 greylisted/,
    ],
    [
      'the message for good',
      {
        onData: (stream, _session, done) =>
          void stream.resume().on('end', () => done(refusal(554, '5.7.1 looks like spam'))),
      },
      'failed',
      /did not accept the message\. It said: 554 5\.7\.1/,
    ],
    [
      'the message for now',
      {
        onData: (stream, _session, done) =>
          void stream.resume().on('end', () => done(refusal(452, '4.2.2 mailbox full'))),
      },
      'queued',
      /did not accept the message\. It said: 452 4\.2\.2/,
    ],
    [
      'our sender, which a setting can put right',
      { onMailFrom: (_from, _session, done) => done(refusal(550, '5.7.60 not allowed to send as')) },
      'queued',
      /did not accept our sender address\. It said: 550 5\.7\.60/,
    ],
    ['whoever connects', { onConnect: (_session, done) => done(refusal(554, 'go away')) }, 'queued', /554 go away/],
  ])('%s', async (_words, options, status, detail) => {
    await smtp(options)
    queue()
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(outcome()).toMatchObject({ status, detail: expect.stringMatching(detail) as string })
  })
})

describe('a server that fails on the way', () => {
  const upToData = ['220 hello', '250 hello', '250 sender ok', '250 recipient ok', '354 go on']
  test.each<[string, string[], 'drop' | 'silence', RegExp]>([
    ['never greets', [], 'silence', /did not answer in time/],
    ['drops at once', [], 'drop', /connection to the mail server (ended|broke)/],
    ['stalls after the greeting', ['220 hello'], 'silence', /did not answer in time/],
    ['stalls before the message', upToData.slice(0, 4), 'silence', /did not answer in time/],
    ['drops mid-message', upToData, 'drop', /connection to the mail server (ended|broke)/],
    ['takes the message and never says so', upToData, 'silence', /did not answer in time/],
    ['talks another protocol', ['HTTP/1.1 400 Bad Request'], 'drop', /no answer|ended|broke/],
  ])('%s: the message is tried again, and the reason is told', async (_words, lines, then, detail) => {
    await script(lines, { then })
    queue()
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(outcome()).toMatchObject({ status: 'queued', detail: expect.stringMatching(detail) as string })
  })

  test('nobody listening is told so', async () => {
    await script([], { then: 'drop' })
    await stop?.()
    stop = undefined
    queue()
    await sendDueMessages(app.context)
    expect(outcome()).toMatchObject({
      status: 'queued',
      detail: expect.stringContaining('Nothing answers at the address of the mail server.') as string,
    })
  })

  test('where the answer to a whole message was lost, the second has the same Message-ID and return path', async () => {
    const seen: { messageId: string | undefined; from: string }[] = []
    const options: SMTPServerOptions = {
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const { mailFrom } = session.envelope
          void PostalMime.parse(Buffer.concat(chunks)).then(({ messageId }) => {
            seen.push({ messageId, from: mailFrom ? mailFrom.address : '' })
            if (seen.length > 1) done(null)
          })
        })
      },
    }
    await smtp(options, 1500)
    queue()
    expect(await sendDueMessages(app.context)).toBe(0)
    app.time.now = new Date(app.time.now.getTime() + 60_000)
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(seen).toHaveLength(2)
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]!.from).toMatch(/^bounce\+[a-z0-9]{20}\.[0-9a-f]{12}@localhost$/)
  })
})

describe('an address that is none', () => {
  test.each([
    ['a@example.org\r\nRCPT TO:<b@example.org>', 'line break'],
    ['"x\\"y"@example.org', 'quotation mark'],
    ['a@example.org, b@example.org', 'comma'],
  ])('%j reaches no server, and the reason is told', async (recipient, words) => {
    const envelopes: string[] = []
    await smtp({
      onMailFrom: ({ address }, _session, done) => {
        envelopes.push(address)
        done()
      },
    })
    queue(recipient)
    expect(await sendDueMessages(app.context)).toBe(0)
    expect(outcome()).toMatchObject({ status: 'failed', detail: expect.stringContaining(words) as string })
    expect(envelopes).toEqual([])
  })

  test.each(['siân@example.org', 'info@größe.example'])('%s goes to a server that takes it', async (recipient) => {
    const recipients: string[] = []
    await smtp({
      onRcptTo: ({ address }, _session, done) => {
        recipients.push(address)
        done()
      },
      onData: (stream, _session, done) => void stream.resume().on('end', () => done(null)),
    })
    queue(recipient)
    expect(await sendDueMessages(app.context)).toBe(1)
    expect(recipients).toEqual([recipient])
  })
})

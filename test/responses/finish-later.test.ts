import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import supertest from 'supertest'
import { createApp } from '../../server/app.ts'
import { createMailer } from '../../server/outbox/mailer.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { dump, fillPage, locationOf } from './form.ts'
import { storedResponses } from '../stored/responses.ts'
import { storedMessages } from '../stored/messages.ts'

let app: TestApp
/** The personal link of a response that was begun through a shared link. */
let own: string

beforeEach(async () => {
  app = testApp()
  const { links } = openCascadeCollection(app)
  const next = await fillPage(app, `/c/${links[0]!.token}/pages/about_you`, { grade: 'senior_executive' })
  own = /^\/r\/[^/]+/.exec(locationOf(next))![0]
})

const ask = (email = 'me@example.org') => fillPage(app, `${own}/later`, { email })
const messages = () => storedMessages(app.db).map(({ recipient, kind }) => ({ recipient, kind }))
const sentLink = () => /\/r\/[\w.-]+/.exec(app.context.mailer.sent.at(-1)?.text ?? '')![0]

describe('a link to finish later', () => {
  it('comes to the address, opens the answers, and the address is gone with the submission', async () => {
    expect((await app.request.get(`${own}/pages/about_you`)).text).toContain(`${own}/later`)
    expect((await ask()).text).toContain('We will email you your link')
    expect(messages()).toEqual([{ recipient: 'me@example.org', kind: 'finish_later' }])
    await sendDueMessages(app.context)
    expect(app.context.mailer.sent.map(({ to }) => to)).toEqual(['me@example.org'])
    const link = sentLink()
    expect((await app.request.get(link)).text).toContain('Your answers so far are saved')
    await fillPage(app, `${link}/pages/about_you`, { sector: 'vcse' })
    expect(locationOf(await fillPage(app, `${link}/check`, { finished: 'yes' }))).toBe(`${link}/receipt`)
    expect(storedResponses(app.db)).toMatchObject([
      { status: 'complete', data: { grade: 'senior_executive', sector: 'vcse' } },
    ])
    expect(messages()).toEqual([])
    expect(dump(app)).not.toContain('me@example.org')
    for (const address of [link, own]) expect((await app.request.get(address)).text).toContain('Answers submitted')
  })

  it('is forgotten with a withdrawal, and leads nowhere then', async () => {
    await ask()
    await sendDueMessages(app.context)
    await fillPage(app, `${own}/withdraw`, { decision: 'yes' })
    expect(messages()).toEqual([])
    expect((await app.request.get(sentLink())).status).toBe(404)
  })

  it('leaves no copy in the outbox folder', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'finish-later-'))
    mkdirSync(join(dataDir, 'outbox'))
    const config = { ...app.context.config, dataDir, smtpUrl: undefined }
    const context = { ...app.context, config, mailer: createMailer(config) }
    await ask()
    await sendDueMessages(context)
    expect(readdirSync(join(dataDir, 'outbox'))).toHaveLength(1)
    await supertest(createApp(context)).post(`${own}/submit`).send({}).expect(200)
    await expect.poll(() => readdirSync(join(dataDir, 'outbox'))).toEqual([])
    rmSync(dataDir, { recursive: true })
  })

  it.each([
    ['', 'Enter an email address'],
    ['nobody', 'This is not an email address'],
    ['a@example.org\r\nBcc: b@example.org', 'line break'],
  ])('refuses %j: %s', async (email, words) => {
    const before = dump(app)
    const answer = await ask(email)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(words)
    expect(dump(app)).toBe(before)
  })

  it('is sent three times at most', async () => {
    for (const number of [1, 2, 3]) expect((await ask(`me${number}@example.org`)).status).toBe(200)
    const answer = await ask('me4@example.org')
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('sent 3 times already')
    expect(messages()).toHaveLength(3)
  })

  it('cannot be made up from a response’s identifier', async () => {
    const { id } = storedResponses(app.db)[0]!
    for (const proof of ['', 'A'.repeat(32), `${'A'.repeat(31)}%00`])
      expect((await app.request.get(`/r/${id}.${proof}`)).status).toBe(404)
  })

  it('is the invitation’s own for who was invited, once something is saved', async () => {
    const { invitations } = openPersonalCollection(app, { services: 1, name: 'Another' })
    const base = `/r/${invitations[0]!.token}`
    expect((await app.request.get(`${base}/later`)).text).toContain('Nothing is saved yet')
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    await fillPage(app, `${base}/later`, { email: 'home@example.org' })
    await sendDueMessages(app.context)
    expect(sentLink()).toBe(base)
  })
})

afterEach(() => app.db.$client.close())

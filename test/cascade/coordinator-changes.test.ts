import { Command } from 'commander'
import { beforeEach, expect, test, vi } from 'vitest'
import { addCoordinatorCommands } from '../../server/cli/coordinators.ts'
import { severCollection } from '../../server/retention/queries.ts'
import { takeInReport } from '../../server/invitations/import/take-in-report.ts'
import { queueCoordinatorMessages } from '../../server/cascade/queries/coordinator-messages.ts'
import { saveCoordinators } from '../../server/cascade/queries/coordinators.ts'
import type { presentLink } from '../../server/cascade/rules/present-link.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, openPersonalCollection, signIn, submitResponse } from '../factories.ts'
import { reportOn, sentMessages } from '../delivery-reports/reported.ts'
import { storedAuditLog } from '../stored/accounts.ts'
import { submittedResponses } from '../stored/responses.ts'

type Presented = ReturnType<typeof presentLink>

let app: TestApp
beforeEach(() => void (app = testApp()))

const path = (address: string) => new URL(address).pathname
const row = { row: 2, system: 'trafford', organisation: 'Age Well', sector: '', name: 'Ann', email: 'ann@example.org' }

/** A cascade whose coordinator has had the message. */
async function start() {
  const { collection } = openCascadeCollection(app)
  const who = { actor: 'admin@example.org', now: app.time.now, tokenKey: app.context.tokenKey }
  saveCoordinators(app.db, collection.id, [row], who)
  queueCoordinatorMessages(app.db, collection.id, who)
  await sendDueMessages(app.context)
  const admin = signIn(app, 'admin')
  const address = `/api/collections/${collection.id}/coordinators`
  const link = async () =>
    ((await admin.get(address).expect(200)).body as { links: Presented[] }).links.find(
      ({ organisation }) => organisation === 'Age Well',
    )!
  const first = await link()
  return {
    collection,
    who,
    admin,
    address,
    link,
    first,
    correct: (body: object) => admin.put(`${address}/${first.id}/contact`).send(body),
    act: (what: 'withdraw' | 'restore', body = {}) => admin.post(`${address}/${first.id}/${what}`).send(body),
    bounce: (name = 'postfix--unknown-user--hard') =>
      takeInReport(
        app.context,
        Buffer.from(reportOn(app, sentMessages(app).at(-1)!, name, { recipient: row.email })),
        'upload',
      ),
  }
}

test('a report that is not understood is shown with what was said, and the message can be sent again by itself', async () => {
  const { admin, address, link, bounce } = await start()
  expect(await bounce('cisco--refused--not_understood')).toMatchObject({ verdict: 'not_understood' })
  expect(await link()).toMatchObject({
    problem: 'not_understood',
    problemDetail: expect.stringContaining('We take no part in this') as string,
  })
  const plan = await admin.post(`${address}/messages`).send({ dryRun: true })
  expect((plan.body as { leftOut: object[] }).leftOut).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining('It can be sent again by itself.') as string }),
  )
})

test('a message that came back is shown with what was said; a corrected address gets it, the wrong one never again', async () => {
  const { admin, address, link, first, correct, bounce } = await start()
  expect(first).toMatchObject({ messageStatus: 'sent', problem: null })
  expect(await bounce()).toMatchObject({ verdict: 'hard' })
  expect(await link()).toMatchObject({
    problem: 'bounced_hard',
    problemDetail: expect.stringContaining('5.1.1') as string,
  })
  const plan = await admin.post(`${address}/messages`).send({ dryRun: true })
  expect((plan.body as { leftOut: object[] }).leftOut).toContainEqual(
    expect.objectContaining({ organisation: 'Age Well', reason: 'Its address does not work: correct it.' }),
  )
  expect((await correct({ email: 'ANN@example.org' })).body).toMatchObject({ error: { code: 'same_address' } })
  expect((await correct({ email: 'bob@example.org' })).body).toEqual({ sentAgain: true })
  expect(await link()).toMatchObject({
    coordinatorName: 'Ann',
    coordinatorEmail: 'bob@example.org',
    messageStatus: 'queued',
    problem: null,
    url: first.url,
  })
  expect(await sendDueMessages(app.context)).toBe(1)
  expect(app.context.mailer.sent.at(-1)).toMatchObject({ to: 'bob@example.org' })
  expect((await correct({ email: 'ann@example.org' })).body).toMatchObject({ error: { code: 'same_address' } })
})

test('a name left out stays, and a blank one goes: nobody is greeted by the name of who they replace', async () => {
  const { link, correct } = await start()
  await correct({ email: 'bob@example.org' })
  expect(await link()).toMatchObject({ coordinatorName: 'Ann', coordinatorEmail: 'bob@example.org' })
  await correct({ email: 'bob@example.org', name: ' ' })
  expect(await link()).toMatchObject({ coordinatorName: null, coordinatorEmail: 'bob@example.org' })
  await sendDueMessages(app.context)
  expect(app.context.mailer.sent.at(-1)!.text).toContain('Dear colleague,')
})

test('who is replaced, on the page or by a file, loses their own page and gets nothing that still waits', async () => {
  const { collection, who, link, first, correct } = await start()
  await app.request.get(path(first.coordinatorUrl)).expect(200)
  await correct({ email: 'bob@example.org', name: 'Bob' })
  const second = await link()
  expect(second.coordinatorUrl).not.toBe(first.coordinatorUrl)
  await app.request.get(path(first.coordinatorUrl)).expect(404)
  await app.request
    .post(`${path(first.coordinatorUrl)}/reach`)
    .type('form')
    .send('reach=4')
    .expect(404)
  await app.request.get(path(second.coordinatorUrl)).expect(200)
  saveCoordinators(app.db, collection.id, [{ ...row, name: 'Cat', email: 'cat@example.org' }], who)
  await app.request.get(path(second.coordinatorUrl)).expect(404)
  await app.request.get(path((await link()).coordinatorUrl)).expect(200)
  expect(await sendDueMessages(app.context)).toBe(0)
  expect(sentMessages(app).find(({ recipient }) => recipient === 'bob@example.org')).toMatchObject({
    status: 'cancelled',
  })
  // The same person under a corrected name keeps it.
  saveCoordinators(app.db, collection.id, [{ ...row, name: 'Cathy', email: 'CAT@example.org' }], who)
  await app.request.get(path((await link()).coordinatorUrl)).expect(200)
})

test('a withdrawn link shows the neutral page and its answers stay; it can be taken back', async () => {
  const { link, first, act, correct } = await start()
  const token = path(first.url).slice(3)
  const answers = { grade: 'other', open_honest: 4 }
  const given = await submitResponse(app, { token, answers, shared: true })
  expect((await act('withdraw', { reason: 'Posted on a public page.' })).status).toBe(204)
  expect(await link()).toMatchObject({ withdrawnReason: 'Posted on a public page.' })
  for (const address of [first.url, first.shortUrl, first.posterUrl, first.coordinatorUrl])
    expect((await app.request.get(path(address)).expect(404)).text).toContain('This link does not work')
  await expect(submitResponse(app, { token, answers, shared: true })).rejects.toThrow('404')
  expect(submittedResponses(app.db)).toHaveLength(1)
  await app.request.get(given.link!).expect(200)
  expect((await correct({ email: 'bob@example.org' })).body).toMatchObject({ error: { code: 'withdrawn' } })
  expect((await act('withdraw', { reason: 'Again' })).body).toMatchObject({ error: { code: 'withdrawn' } })

  expect((await act('restore')).status).toBe(204)
  expect(await link()).toMatchObject({ withdrawnAt: null, withdrawnReason: null })
  await app.request.get(path(first.url)).expect(200)
  await submitResponse(app, { token, answers, shared: true })
  expect(submittedResponses(app.db)).toHaveLength(2)
  expect((await act('restore')).body).toMatchObject({ error: { code: 'not_withdrawn' } })
  const actions = storedAuditLog(app.db).filter(({ subject }) => subject === first.id)
  expect(actions).toMatchObject([
    { action: 'link.withdraw', detail: { reason: 'Posted on a public page.' } },
    { action: 'link.restore', detail: null },
  ])
})

test('why a link was withdrawn goes at the end of retention with the link', async () => {
  const { collection, who, act } = await start()
  await act('withdraw', { reason: 'Ann left.' })
  const later = new Date('2027-06-27T00:00:00Z')
  severCollection(app.db, collection.id, { ...who, now: later })
  const log = storedAuditLog(app.db)
  expect(log).toContainEqual(expect.objectContaining({ action: 'link.withdraw', detail: null }))
  expect(JSON.stringify(log)).not.toContain('Ann left.')
})

test('a link is not taken back beside the one that its organisation has got meanwhile', async () => {
  const { collection, who, act } = await start()
  await act('withdraw', { reason: 'Lost.' })
  expect(saveCoordinators(app.db, collection.id, [row], who)).toMatchObject({ added: 1 })
  expect((await act('restore')).body).toMatchObject({ error: { code: 'replaced' } })
})

test('bad input, signed out, not allowed, not there, over', async () => {
  const { collection, admin, address, first, correct, act } = await start()
  for (const email of ['', 'a@b@c', 'ann@example.org\nBcc: all@example.org', '"a b"@example.org'])
    expect((await correct({ email })).status, email).toBe(400)
  expect((await act('withdraw', { reason: ' ' })).status).toBe(400)
  expect((await act('withdraw')).status).toBe(400)
  const origin = app.context.config.publicUrl
  const bodies = { contact: { email: 'bob@example.org' }, withdraw: { reason: 'No.' }, restore: {} }
  const other = openPersonalCollection(app, { name: 'Other' }).collection.id
  for (const [what, body] of Object.entries(bodies)) {
    const method = what === 'contact' ? 'put' : 'post'
    const at = `${address}/${first.id}/${what}`
    expect((await app.request[method](at).set('Origin', origin).send(body)).status).toBe(401)
    expect((await signIn(app, 'analyst')[method](at).send(body)).status).toBe(403)
    expect((await admin[method](`${address}/none/${what}`).send(body)).status).toBe(404)
    expect((await admin[method](at.replace(collection.id, 'none')).send(body)).status).toBe(404)
    expect((await admin[method](at.replace(collection.id, other)).send(body)).status).toBe(409)
  }
  await admin.post(`/api/collections/${collection.id}/close`).expect(200)
  expect((await correct({ email: 'bob@example.org' })).status).toBe(409)
  expect((await act('withdraw', { reason: 'Late.' })).status).toBe(409)
})

async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addCoordinatorCommands(program, () => app.context)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(['coordinators', ...args], { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

test('the command line corrects, withdraws and restores one link, named by its organisation or its code', async () => {
  const { first, link, bounce } = await start()
  await bounce()
  expect(await run('list', 'Review')).toContain('bounced_hard')
  expect(await run('correct', 'Review', 'age well', '--email', 'bob@example.org', '--name', 'Bob')).toBe(
    'The coordinator is corrected. A message is in the outbox for bob@example.org.\n',
  )
  expect(await run('correct', 'Review', first.id, '--email', 'cat@example.org', '--no-send')).toContain(
    'Nothing was sent.',
  )
  expect(await link()).toMatchObject({
    coordinatorName: 'Bob',
    coordinatorEmail: 'cat@example.org',
    messageStatus: null,
  })
  expect(await run('withdraw', 'Review', path(first.shortUrl).slice(3), '--reason', 'Lost.')).toContain('withdrawn')
  expect(await run('list', 'Review')).toContain('link withdrawn')
  expect(await run('restore', 'Review', first.id)).toContain('works again')
  await expect(run('correct', 'Review', 'Age Well', '--email', 'nobody')).rejects.toMatchObject({
    details: [expect.stringMatching(/^--email: This is not an email address/)],
  })
  await expect(run('restore', 'Review', 'Nowhere')).rejects.toThrow('no link "Nowhere"')
})

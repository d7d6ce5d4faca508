import { describe, expect, it } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, openPersonalCollection, submitResponse } from '../factories.ts'
import { dump, fillPage, locationOf, readForm, sendForm } from './form.ts'
import { storedResponses } from '../stored/responses.ts'
import { changeCascadeLinks } from '../stored/collections.ts'

const pages = ['', '/pages/your_service', '/check', '/receipt', '/withdraw', '/decline', '/pass-on', '/undo', '/later']
const close = (app: TestApp, id: string) =>
  closeCollection(app.db, id, { actor: 'admin@example.org', now: app.time.now })

describe('a link that does not work', () => {
  it('gives one and the same page, whether it is unknown, withdrawn by an admin, or withdrawn by the person', async () => {
    const app = testApp()
    const { invitations } = openPersonalCollection(app)
    const { links } = openCascadeCollection(app, { name: 'Audit' })
    changeCascadeLinks(app.db, { withdrawnAt: '2026-06-01' })
    setInvitationOutcome(app.db, invitations[0]!.invitation.id, 'withdrawn', app.time.now)
    await submitResponse(app, { token: invitations[1]!.token, answers: { service_type: 'other' } })
    await app.request.post(`/r/${invitations[1]!.token}/withdraw`).type('form').send('decision=yes')
    const addresses = [
      '/r/unknown',
      `/r/${'A'.repeat(32)}`,
      `/r/${invitations[0]!.token}`,
      `/r/${invitations[1]!.token}`,
      '/c/unknown',
      `/c/${links[0]!.token}`,
      `/c/${invitations[2]!.token}`,
      `/r/${links[0]!.token}`,
    ]
    const answers = await Promise.all(addresses.map((address) => app.request.get(address)))
    expect(answers.map((answer) => answer.status)).toEqual(addresses.map(() => 404))
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect(answers[0]!.text).toContain('This link does not work')
    const headers = answers.map(({ headers: { date: _, ...others } }) => JSON.stringify(others))
    expect(new Set(headers).size).toBe(1)
  })

  it('gives it at every address below, for forms and for JSON', async () => {
    const app = testApp()
    const expected = (await app.request.get('/r/unknown')).text
    for (const page of pages) expect((await app.request.get(`/r/unknown${page}`)).text).toBe(expected)
    for (const page of ['/pages/your_service', '/withdraw', '/decline', '/submit']) {
      const answer = await app.request.post(`/r/unknown${page}`).type('form').send('a=b')
      expect([answer.status, answer.text]).toEqual([404, expected])
    }
    const json = await app.request.patch('/r/unknown/answers').send({ revision: 0, answers: {} })
    expect([json.status, json.body]).toEqual([
      404,
      { error: { code: 'not_found', message: 'This link does not work.' } },
    ])
    expect((await app.request.get('/r/unknown/questionnaire').set('accept', 'application/json')).body).toEqual(
      json.body,
    )
  })

  it('is limited in number, without ever keeping good links out', async () => {
    const app = testApp()
    const { invitations } = openPersonalCollection(app)
    const good = `/r/${invitations[0]!.token}`
    for (let attempt = 0; attempt < 60; attempt++)
      expect((await app.request.get(`/r/guess${attempt}`)).status).toBe(404)
    expect((await app.request.get('/r/guess')).status).toBe(429)
    for (let visit = 0; visit < 70; visit++) expect((await app.request.get(good)).status).toBe(200)
  })

  it('survives tokens that are none', async () => {
    const app = testApp()
    for (const token of [
      '%00',
      '%ff',
      '%',
      '..%2f..',
      '__proto__',
      'x'.repeat(5000),
      '%F0%9F%98%80',
      '%27%20or%201=1',
    ]) {
      const { status } = await app.request.get(`/r/${token}`)
      expect([400, 404], token).toContain(status)
    }
  })
})

describe('opening a link', () => {
  it('changes nothing, by GET or by HEAD, before and after answers', async () => {
    const app = testApp()
    const { invitations } = openPersonalCollection(app)
    const { links } = openCascadeCollection(app, { name: 'Audit' })
    const [fresh, begun, done] = invitations.map(({ token }) => `/r/${token}`)
    await fillPage(app, `${begun}/pages/your_service`, { service_type: 'other' })
    await submitResponse(app, { token: invitations[2]!.token, answers: { service_type: 'other' } })
    const before = dump(app)
    for (const base of [fresh, begun, done, `/c/${links[0]!.token}`]) {
      for (const page of [...pages, '/questionnaire', '/pages/about_you', '/answers', '/submit']) {
        await app.request.get(`${base}${page}`)
        await app.request.head(`${base}${page}`)
      }
    }
    expect(dump(app)).toBe(before)
  })
})

describe('a survey that is closed', () => {
  it('says so, and what became of answers that were not submitted', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app)
    const [fresh, begun] = invitations.map(({ token }) => `/r/${token}`)
    await fillPage(app, `${begun}/pages/your_service`, { service_type: 'other' })
    close(app, collection.id)
    const page = await app.request.get(fresh!)
    expect(page.status).toBe(200)
    expect(page.text).toContain('This survey is closed')
    // Of an early close the day that it happened, not the day that was said.
    expect(page.text).toContain('It closed on Monday 1 June 2026')
    expect((await app.request.get(begun!)).text).toContain('saved but not submitted')
    for (const address of pages.slice(1)) expect(locationOf(await app.request.get(`${fresh}${address}`))).toBe(fresh)
  })

  it('takes nothing more, and says that what was sent is not saved', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app)
    const [base, second] = invitations.map(({ token }) => `/r/${token}`)
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    const form = readForm((await app.request.get(`${base}/pages/people_from_hospital`)).text)
    const check = readForm((await app.request.get(`${base}/check`)).text)
    close(app, collection.id)
    const before = dump(app)
    for (const late of [form, check]) {
      const answer = await sendForm(app, late, { hospital_names: 'Trafford' })
      expect(answer.status).toBe(409)
      expect(answer.text).toContain('was not saved')
    }
    expect(
      (await app.request.patch(`${base}/answers`).send({ revision: 1, answers: { service_type: 'other' } })).body,
    ).toMatchObject({ error: { code: 'closed' } })
    expect(
      (await app.request.post(`${second}/submit`).send({ answers: { service_type: 'other' } })).body,
    ).toMatchObject({ error: { code: 'closed' } })
    expect((await app.request.get(`${base}/questionnaire`)).status).toBe(409)
    await app.request.post(`${base}/withdraw`).type('form').send('decision=yes')
    await app.request.post(`${second}/decline`).type('form').send('choice=decline')
    expect(dump(app)).toBe(before)
  })

  it('shows the receipt of what was submitted before', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app)
    const { reference } = await submitResponse(app, {
      token: invitations[0]!.token,
      answers: { service_type: 'other' },
    })
    close(app, collection.id)
    const page = await app.request.get(`/r/${invitations[0]!.token}`)
    expect(page.text).toContain(reference)
    expect(page.text).toContain('can no longer be withdrawn')
    expect(
      (await app.request.post(`/r/${invitations[0]!.token}/submit`).send({ answers: { service_type: 'other' } })).body,
    ).toEqual({ reference })
  })

  it('is closed when the last second of its close date has passed, and no earlier', async () => {
    const app = testApp()
    const { invitations } = openPersonalCollection(app)
    app.time.now = new Date('2026-06-26T22:59:59Z')
    expect((await app.request.get(`/r/${invitations[0]!.token}`)).text).toContain('Start')
    app.time.now = new Date('2026-06-26T23:00:00Z')
    expect((await app.request.get(`/r/${invitations[0]!.token}`)).text).toContain('It closed at the end of ')
    expect(storedResponses(app.db)).toEqual([])
  })

  it('says before its first day that it is not open yet', async () => {
    const app = testApp()
    const { invitations } = openPersonalCollection(app, { opens: '2026-06-10' })
    const page = await app.request.get(`/r/${invitations[0]!.token}`)
    expect(page.text).toContain('not open yet')
    expect(page.text).toContain('Wednesday 10 June 2026')
    expect(
      (
        await app.request
          .patch(`/r/${invitations[0]!.token}/answers`)
          .send({ revision: 0, answers: { service_type: 'other' } })
      ).body,
    ).toMatchObject({ error: { code: 'not_open_yet' } })
  })
})

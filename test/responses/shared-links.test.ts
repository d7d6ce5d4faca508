import { describe, expect, it } from 'vitest'
import { testApp } from '../app.ts'
import { openCascadeCollection, submitResponse } from '../factories.ts'
import { fillPage, locationOf, readForm, sendForm } from './form.ts'
import { storedResponses } from '../stored/responses.ts'

function start() {
  const app = testApp()
  const { links } = openCascadeCollection(app)
  const { token, link } = links[0]!
  return { app, token, link, shared: `/c/${token}`, origin: { Origin: app.context.config.publicUrl } }
}

describe('answering through a shared link', () => {
  it('introduces the survey and lets people look through the pages without making a response', async () => {
    const { app, shared } = start()
    const page = await app.request.get(shared)
    for (const words of [
      'Trafford',
      'about 5 minutes',
      'Your answers are confidential',
      'a link of your own',
      `${shared}/pages/about_you`,
    ])
      expect(page.text).toContain(words)
    expect(page.text).not.toContain('/decline')
    expect(locationOf(await fillPage(app, `${shared}/pages/about_you`))).toMatch(/^\/c\/[\w-]+\/pages\/[a-z_]+$/)
    expect(storedResponses(app.db)).toEqual([])
  })

  it('gives a personal link with the first answer, shows it, and goes on there to the receipt', async () => {
    const { app, shared, link, origin } = start()
    const answer = await fillPage(
      app,
      `${shared}/pages/about_you`,
      { grade: 'senior_executive', sector: 'vcse' },
      origin,
    )
    expect(answer.status).toBe(303)
    const [, personal] = /^(\/r\/[\w-]{43})\/pages\/[a-z_]+\?link=new$/.exec(locationOf(answer)) ?? []
    expect(personal).toBeDefined()
    const next = await app.request.get(locationOf(answer))
    expect(next.text).toContain('Keep this link to come back')
    expect(next.text).toContain(`http://127.0.0.1:3000${personal}`)
    expect((await app.request.get(locationOf(answer).replace('?link=new', ''))).text).toContain(
      'Your link to come back',
    )
    expect(storedResponses(app.db)).toMatchObject([
      {
        status: 'partial',
        cascadeLinkId: link.id,
        invitationId: null,
        data: { grade: 'senior_executive', sector: 'vcse' },
      },
    ])

    await sendForm(app, readForm(next.text), { open_honest: '4' })
    await app.request.patch(`${personal}/answers`).send({ revision: 2, answers: { open_honest: 4 } })
    expect((await app.request.get(personal!)).text).toContain('Your answers so far are saved')
    await fillPage(app, `${personal}/check`, { finished: 'yes' })
    const [stored] = storedResponses(app.db)
    expect(stored).toMatchObject({
      status: 'complete',
      data: { grade: 'senior_executive', sector: 'vcse', open_honest: 4 },
      stratum: { region: 'north_west', system: 'trafford', sector: 'vcse', grade: 'senior_executive' },
      categoryDiffers: false,
      providerKey: null,
    })
    expect((await app.request.get(`${personal}/receipt`)).text).toContain(stored!.reference)
  })

  it('makes one response of a form that is sent twice, and one each for two people', async () => {
    const { app, shared, origin } = start()
    const form = readForm((await app.request.get(`${shared}/pages/about_you`)).text)
    const twice = await Promise.all([
      sendForm(app, form, { grade: 'other' }, origin),
      sendForm(app, form, { grade: 'other' }, origin),
    ])
    expect(locationOf(twice[0])).toBe(locationOf(twice[1]))
    expect(storedResponses(app.db)).toHaveLength(1)
    await fillPage(app, `${shared}/pages/about_you`, { grade: 'other' }, origin)
    expect(storedResponses(app.db)).toHaveLength(2)
  })

  it('does not change through one link what was begun through another, which may be closed', async () => {
    const { app, shared, link, origin } = start()
    const [other] = openCascadeCollection(app, { name: 'Autumn' }).links
    const begin = 'b'.repeat(43)
    await app.request
      .patch(`/c/${other!.token}/answers`)
      .set(origin)
      .send({ revision: 0, answers: { grade: 'other' }, begin })
      .expect(201)
    await app.request
      .patch(`${shared}/answers`)
      .set(origin)
      .send({ revision: 1, answers: { grade: 'frontline_staff' }, begin })
      .expect(201)
    await app.request
      .post(`${shared}/submit`)
      .set(origin)
      .send({ answers: { grade: 'senior_executive' }, begin })
      .expect(200)
    const stored = storedResponses(app.db).map(({ cascadeLinkId, status, data }) => ({ cascadeLinkId, status, data }))
    expect(stored).toContainEqual({ cascadeLinkId: other!.link.id, status: 'partial', data: { grade: 'other' } })
    expect(stored).toContainEqual({ cascadeLinkId: link.id, status: 'partial', data: { grade: 'frontline_staff' } })
    expect(stored).toContainEqual({ cascadeLinkId: link.id, status: 'complete', data: { grade: 'senior_executive' } })
  })

  it('does not take the name of a response from another site’s form, whose author would know the link', async () => {
    const { app, shared } = start()
    const form = readForm((await app.request.get(`${shared}/pages/about_you`)).text)
    const begin = form.fields.find(([name]) => name === '_begin')![1]
    for (const headers of [{ Origin: 'https://elsewhere.example' }, { Origin: 'null' }, {}] as Record<
      string,
      string
    >[]) {
      const answer = await sendForm(app, form, { grade: 'other' }, headers)
      expect(answer.status).toBe(303)
      expect(locationOf(answer)).not.toContain(begin)
    }
  })

  it('asks what to keep where the first page is sent again with another answer', async () => {
    const { app, shared, origin } = start()
    const form = readForm((await app.request.get(`${shared}/pages/about_you`)).text)
    await sendForm(app, form, { grade: 'other' }, origin)
    const again = await sendForm(app, form, { grade: 'frontline_staff' }, origin)
    expect(again.status).toBe(409)
    const chosen = await sendForm(app, readForm(again.text), { '_keep.grade': 'mine' }, origin)
    expect(locationOf(chosen)).toMatch(/^\/r\/[\w-]{43}\/pages\/[a-z_]+$/)
    expect(storedResponses(app.db)).toMatchObject([{ data: { grade: 'frontline_staff' } }])
  })

  it('works for SurveyJS: the questionnaire, a first save with the link, and one response for a save that is repeated', async () => {
    const { app, shared, origin } = start()
    const body = (await app.request.get(`${shared}/questionnaire`)).body as { begin: string }
    expect(body).toMatchObject({ answers: {}, revision: 0, states: { dontKnow: ['dont_know'] } })
    const { begin } = body
    const save = { revision: 0, answers: { grade: 'other' }, begin }
    const first = await app.request.patch(`${shared}/answers`).set(origin).send(save)
    expect([first.status, first.body]).toEqual([
      201,
      { revision: 1, savedAt: '2026-06-01T09:00:00.000Z', link: `/r/${begin}` },
    ])
    expect((await app.request.patch(`${shared}/answers`).set(origin).send(save)).body).toEqual(first.body)
    expect(
      (await app.request.patch(`/r/${begin}/answers`).send({ revision: 1, answers: { grade: null, sector: 'vcse' } }))
        .body,
    ).toMatchObject({ revision: 2 })
    expect(storedResponses(app.db)).toMatchObject([{ data: { sector: 'vcse' } }])
    expect(
      (await app.request.patch(`${shared}/answers`).send({ revision: 0, answers: { grade: null } })).body,
    ).toMatchObject({ revision: 0 })
    expect(storedResponses(app.db)).toHaveLength(1)
  })

  it('submits a complete set at once, and can be withdrawn by the link that comes back', async () => {
    const { app, token } = start()
    const { reference, link } = await submitResponse(app, {
      token,
      answers: { grade: 'other', open_honest: 5 },
      shared: true,
    })
    expect((await app.request.get(link!)).text).toContain(reference)
    await app.request.post(`${link}/withdraw`).type('form').send('decision=yes')
    expect(storedResponses(app.db)).toMatchObject([{ status: 'withdrawn', data: {} }])
    expect((await app.request.get(link!)).status).toBe(404)
    expect((await app.request.get(`/c/${token}`)).status).toBe(200)
  })
})

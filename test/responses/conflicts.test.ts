import { describe, expect, it } from 'vitest'
import { testApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { fillPage, locationOf, readForm, sendForm } from './form.ts'
import { storedResponses } from '../stored/responses.ts'

async function twoTabs() {
  const app = testApp()
  const { invitations } = openPersonalCollection(app)
  const base = `/r/${invitations[0]!.token}`
  await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home' })
  const tab = async () => readForm((await app.request.get(`${base}/pages/your_service`)).text)
  return { app, base, first: await tab(), second: await tab() }
}

describe('two tabs on one page', () => {
  it('keep both changes where they are of different questions', async () => {
    const { app, first, second } = await twoTabs()
    expect((await sendForm(app, first, { service_type: 'shared_lives' })).status).toBe(303)
    expect((await sendForm(app, second, { older_people_discharged: 'yes' })).status).toBe(303)
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'shared_lives', older_people_discharged: 'yes' })
  })

  it('do not conflict where both say the same', async () => {
    const { app, first, second } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    expect((await sendForm(app, second, { service_type: 'shared_lives' })).status).toBe(303)
    expect(storedResponses(app.db)[0]!.revision).toBe(2)
  })

  it('show both answers where they differ, and store nothing until one is chosen', async () => {
    const { app, first, second } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    const answer = await sendForm(app, second, { service_type: 'domiciliary_care', older_people_discharged: 'no' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Shared Lives')
    expect(answer.text).toContain('Domiciliary (home) care')
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'shared_lives' })

    const unchosen = await sendForm(app, readForm(answer.text))
    expect(unchosen.status).toBe(400)
    expect(unchosen.text).toContain('Select which answer to keep for ‘What type of service do you answer for?’')
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'shared_lives' })

    expect((await sendForm(app, readForm(unchosen.text), { '_keep.service_type': 'mine' })).status).toBe(303)
    expect(storedResponses(app.db)[0]!.data).toEqual({
      service_type: 'domiciliary_care',
      older_people_discharged: 'no',
    })
  })

  it('leave the saved answer where the person keeps it, and store the rest', async () => {
    const { app, base, first, second } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    const answer = await sendForm(app, second, { service_type: 'domiciliary_care', older_people_discharged: 'no' })
    const kept = await sendForm(app, readForm(answer.text), { '_keep.service_type': 'saved' })
    expect(locationOf(kept)).toBe(`${base}/pages/into_hospital`)
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'shared_lives', older_people_discharged: 'no' })
  })

  it('ask again where a third change comes between', async () => {
    const { app, base, first, second } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    const answer = await sendForm(app, second, { service_type: 'domiciliary_care' })
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    const again = await sendForm(app, readForm(answer.text), { '_keep.service_type': 'mine' })
    expect(again.status).toBe(409)
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'other' })
    expect((await sendForm(app, readForm(again.text), { '_keep.service_type': 'mine' })).status).toBe(303)
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'domiciliary_care' })
  })

  it('make one response of two first saves at once', async () => {
    const app = testApp()
    const { invitations } = openPersonalCollection(app)
    const base = `/r/${invitations[0]!.token}`
    const form = readForm((await app.request.get(`${base}/pages/your_service`)).text)
    const answers = await Promise.all(
      ['nursing_home', 'nursing_home', 'nursing_home'].map((service_type) => sendForm(app, form, { service_type })),
    )
    expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303])
    expect(storedResponses(app.db)).toHaveLength(1)
  })
})

describe('a page that SurveyJS saves', () => {
  it('is told which answers were changed elsewhere, and what they are', async () => {
    const { app, base, first } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    const answer = await app.request
      .patch(`${base}/answers`)
      .send({ revision: 1, answers: { service_type: 'other', older_people_discharged: 'yes' } })
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({
      error: {
        code: 'changed_elsewhere',
        details: { answers: { service_type: 'shared_lives' }, revision: 2, questions: ['service_type'] },
      },
    })
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'shared_lives' })
    const knowing = await app.request.patch(`${base}/answers`).send({ revision: 2, answers: { service_type: 'other' } })
    expect(knowing.status).toBe(200)
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'other' })
  })

  it('gets with its new revision what others changed meanwhile', async () => {
    const { app, base, first } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    const answer = await app.request
      .patch(`${base}/answers`)
      .send({ revision: 1, answers: { older_people_discharged: 'yes' } })
    expect(answer.body).toEqual({
      revision: 3,
      savedAt: '2026-06-01T09:00:00.000Z',
      elsewhere: { service_type: 'shared_lives' },
    })
  })

  it('does not submit over answers that it has not seen', async () => {
    const { app, base, first } = await twoTabs()
    await sendForm(app, first, { service_type: 'shared_lives' })
    expect(
      (await app.request.post(`${base}/submit`).send({ answers: { service_type: 'other' }, revision: 1 })).body,
    ).toMatchObject({ error: { code: 'changed_elsewhere' } })
    expect((await app.request.post(`${base}/submit`).send({ revision: 1 })).body).toMatchObject({
      error: { code: 'changed_elsewhere', details: { questions: ['service_type'] } },
    })
    expect((await app.request.post(`${base}/submit`).send({ revision: 2 })).status).toBe(200)
  })
})

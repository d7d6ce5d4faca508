import { describe, expect, it } from 'vitest'
import { getInvitation } from '../../server/invitations/queries/invitations.ts'
import { testApp } from '../app.ts'
import { openPersonalCollection, submitResponse } from '../factories.ts'
import { fillPage, locationOf, readForm, sendForm } from './form.ts'
import { storedResponses, storedTexts } from '../stored/responses.ts'

function start() {
  const app = testApp()
  const { invitations } = openPersonalCollection(app)
  const { token, invitation } = invitations[0]!
  return { app, token, base: `/r/${token}`, outcome: () => getInvitation(app.db, invitation.id)!.invitation.outcome }
}

describe('withdrawing', () => {
  it('deletes submitted answers, text included, and ends the link', async () => {
    const { app, token, base, outcome } = start()
    await submitResponse(app, { token, answers: { service_type: 'other', works_well: 'Secret words' } })
    expect((await app.request.get(base)).text).toContain(`${base}/withdraw`)
    const answer = await fillPage(app, `${base}/withdraw`, { decision: 'yes' })
    expect(answer.text).toContain('Your answers are deleted')
    expect(storedResponses(app.db)).toMatchObject([
      { status: 'withdrawn', data: {}, stratum: null, reference: null, providerKey: null },
    ])
    expect(storedTexts(app.db)).toEqual([])
    expect(outcome()).toBe('withdrawn')
    expect((await app.request.get(base)).status).toBe(404)
    expect((await app.request.post(`${base}/submit`).send({ answers: { service_type: 'other' } })).status).toBe(404)
  })

  it('deletes answers that were not submitted yet', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    await fillPage(app, `${base}/withdraw`, { decision: 'yes' })
    expect(storedResponses(app.db)).toMatchObject([{ status: 'withdrawn', data: {} }])
  })

  it('asks first: a pressed button alone does nothing', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })
    const answer = await fillPage(app, `${base}/withdraw`)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('<title>Error: ')
    expect(answer.text).toContain('href="#decision"')
    expect(locationOf(await sendForm(app, readForm(answer.text), { decision: 'no' }))).toBe(base)
    expect(storedResponses(app.db)).toMatchObject([{ status: 'partial', data: { service_type: 'other' } }])
  })

  it('needs something to withdraw', async () => {
    const { app, base } = start()
    expect(locationOf(await app.request.get(`${base}/withdraw`))).toBe(base)
    expect(locationOf(await app.request.post(`${base}/withdraw`).type('form').send('decision=yes'))).toBe(base)
    expect((await app.request.get(base)).status).toBe(200)
  })
})

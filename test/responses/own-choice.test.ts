import { beforeEach, describe, expect, it } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { listInvitationEvents } from '../../server/invitations/queries/events.ts'
import { getInvitation } from '../../server/invitations/queries/invitations.ts'
import { dispositionOf } from '../../server/invitations/rules/dispositions.ts'
import { countInvitationStates } from '../../server/invitations/queries/dispositions.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection, submitResponse } from '../factories.ts'
import { dump, fillPage, locationOf } from './form.ts'
import { storedResponses, storedTexts } from '../stored/responses.ts'

let app: TestApp
let invited: ReturnType<typeof openPersonalCollection>
let base: string
let token: string

beforeEach(() => {
  app = testApp()
  invited = openPersonalCollection(app, { services: 1 })
  token = invited.invitations[0]!.token
  base = `/r/${token}`
})

const id = () => invited.invitations[0]!.invitation.id
const outcome = () => getInvitation(app.db, id())!.invitation.outcome
const events = () => listInvitationEvents(app.db, id()).map(({ event }) => event)
const disposition = () => {
  const [group] = countInvitationStates(app.db, invited.collection.id, 'summary_received')
  return dispositionOf({ ...group!.state, closed: false })
}
const choose = (choice: string) => fillPage(app, `${base}/decline`, { choice })
const undo = () => fillPage(app, `${base}/undo`, { decision: 'yes' })
const answer = () => fillPage(app, `${base}/pages/your_service`, { service_type: 'other' })

describe('declining', () => {
  it('is recorded, undone by a choice, and taken back by answering', async () => {
    const told = await choose('decline')
    expect(told.text).toContain('You have told us that you do not want to take part')
    expect([outcome(), disposition()]).toEqual(['declined', 'R'])
    expect((await app.request.get(base)).text).toContain('You told us that you do not want to take part')
    expect(locationOf(await undo())).toBe(base)
    // Somebody is there: contact is confirmed.
    expect([outcome(), disposition()]).toEqual([null, 'NC'])
    await choose('decline')
    await answer()
    expect(outcome()).toBeNull()
    expect(events()).toEqual(['declined', 'undone', 'declined', 'undone', 'begun'])
  })

  it('is taken back by a submission in one go, and by an answer saved later', async () => {
    await answer()
    await choose('decline')
    expect(outcome()).toBe('declined')
    expect(storedResponses(app.db)).toMatchObject([{ status: 'partial', data: { service_type: 'other' } }])
    await app.request.patch(`${base}/answers`).send({ revision: 1, answers: { service_type: 'nursing_home' } })
    expect(outcome()).toBeNull()
    await choose('decline')
    await submitResponse(app, { token, answers: { service_type: 'other' } })
    expect([outcome(), disposition()]).toEqual([null, 'I'])
  })

  it('asks first: a pressed button alone does nothing, nor does going back', async () => {
    const before = dump(app)
    const pressed = await fillPage(app, `${base}/decline`)
    expect(pressed.status).toBe(400)
    expect(pressed.text).toContain('<title>Error: I cannot or do not want to answer')
    expect(pressed.text).toContain('href="#choice"')
    expect(locationOf(await choose('back'))).toBe(base)
    expect((await choose('nonsense')).status).toBe(400)
    expect(dump(app)).toBe(before)
  })
})

describe('a service that is no longer provided', () => {
  it('is not eligible, takes no answers, and can be taken back', async () => {
    await answer()
    expect(locationOf(await choose('not_eligible'))).toBe(base)
    expect([outcome(), disposition()]).toEqual(['not_eligible', 'NE'])
    expect((await app.request.get(base)).text).toContain('You have told us that you no longer provide this service')
    const before = dump(app)
    expect(locationOf(await app.request.get(`${base}/pages/your_service`))).toBe(base)
    const late = await app.request.post(`${base}/pages/your_service`).type('form').send('service_type=nursing_home')
    expect(late.status).toBe(409)
    const json = await app.request.post(`${base}/submit`).send({ answers: { service_type: 'other' } })
    expect(json.body).toMatchObject({ error: { code: 'ended' } })
    expect((await fillPage(app, `${base}/undo`)).status).toBe(400)
    expect(locationOf(await fillPage(app, `${base}/undo`, { decision: 'no' }))).toBe(base)
    expect(dump(app)).toBe(before)
    await undo()
    expect([outcome(), disposition()]).toEqual([null, 'P'])
    expect((await app.request.get(`${base}/pages/your_service`)).status).toBe(200)
  })
})

describe('no people were discharged to us', () => {
  it('stores a complete response that says so, once, and undoing leaves none', async () => {
    expect(locationOf(await choose('no_discharges'))).toBe(base)
    const [stored] = storedResponses(app.db)
    expect(stored).toMatchObject({ status: 'complete', data: { older_people_discharged: 'no' } })
    const told = await app.request.get(base)
    expect(told.text).toContain('You have told us that no people were discharged to you')
    expect(told.text).toContain(stored!.reference)
    expect(disposition()).toBe('I')
    await app.request.post(`${base}/decline`).type('form').send('choice=no_discharges')
    expect(storedResponses(app.db)).toHaveLength(1)
    await undo()
    expect(storedResponses(app.db)).toEqual([])
    expect(disposition()).toBe('NC')
    expect(events()).toEqual(['completed', 'no_discharges', 'undone'])
    await submitResponse(app, { token, answers: { service_type: 'other' } })
    expect((await app.request.get(base)).text).toContain('Answers submitted')
    expect(locationOf(await app.request.get(`${base}/undo`))).toBe(base)
  })

  it('keeps what was answered besides, and undoing gives all of it back', async () => {
    await answer()
    await app.request.patch(`${base}/answers`).send({ revision: 1, answers: { works_well: 'They telephone' } })
    await choose('no_discharges')
    expect(storedResponses(app.db)).toMatchObject([
      { status: 'complete', data: { service_type: 'other', older_people_discharged: 'no' } },
    ])
    await undo()
    expect(storedResponses(app.db)).toMatchObject([
      { status: 'partial', data: { service_type: 'other', works_well: 'They telephone' }, reference: null },
    ])
    expect(storedResponses(app.db)[0]!.data).not.toHaveProperty('older_people_discharged')
    expect(storedTexts(app.db)).toEqual([])
  })

  it('throws no answers away that say otherwise', async () => {
    await app.request
      .patch(`${base}/answers`)
      .send({ revision: 0, answers: { older_people_discharged: 'yes', summary_received: 'under_quarter' } })
    const before = dump(app)
    const refused = await choose('no_discharges')
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('You have answered questions about people who came from hospital')
    expect(dump(app)).toBe(before)
  })
})

describe('every choice', () => {
  it('ends with the close, and cannot be undone after it', async () => {
    await choose('not_eligible')
    const undoForm = '/undo'
    closeCollection(app.db, invited.collection.id, { actor: 'admin@example.org', now: app.time.now })
    const before = dump(app)
    expect(locationOf(await app.request.get(`${base}${undoForm}`))).toBe(base)
    await app.request.post(`${base}/undo`).type('form').send('decision=yes')
    await app.request.post(`${base}/decline`).type('form').send('choice=decline')
    await app.request.post(`${base}/pass-on`).type('form').send('name=A&email=a@example.org')
    expect(dump(app)).toBe(before)
    expect((await app.request.get(base)).text).toContain('This survey is closed')
  })

  it('is no longer offered once answers are submitted', async () => {
    await submitResponse(app, { token, answers: { service_type: 'other' } })
    const before = dump(app)
    for (const choice of ['decline', 'not_eligible', 'no_discharges', 'pass_on'])
      expect(locationOf(await app.request.post(`${base}/decline`).type('form').send(`choice=${choice}`))).toBe(base)
    expect(dump(app)).toBe(before)
  })
})

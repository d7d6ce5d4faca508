import { describe, expect, it } from 'vitest'
import { listTextAnswers } from '../../server/responses/queries/responses.ts'
import { testApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { fillPage, locationOf, readForm, sendForm } from './form.ts'
import { storedResponses } from '../stored/responses.ts'

function start() {
  const app = testApp()
  const { invitations } = openPersonalCollection(app)
  const invitation = invitations[0]!
  return { app, invitation, base: `/r/${invitation.token}` }
}

describe('answering on plain pages', () => {
  it('introduces the survey: for whom, how long, until when, who sees what', async () => {
    const { app, base } = start()
    const page = await app.request.get(base)
    expect(page.status).toBe(200)
    for (const words of [
      'Service 1',
      'Trafford',
      'about 10 minutes',
      'Friday 26 June 2026',
      'confidential, but not anonymous',
      '/privacy',
      `${base}/pages/your_service`,
      `${base}/decline`,
    ])
      expect(page.text).toContain(words)
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.headers['x-robots-tag']).toContain('noindex')
    expect(page.headers['referrer-policy']).toBe('same-origin')
    expect(page.headers['set-cookie']).toBeUndefined()
  })

  it('leads from page to page, checks, submits, and shows the receipt', async () => {
    const { app, base, invitation } = start()
    let answer = await fillPage(app, `${base}/pages/your_service`, {
      service_type: 'nursing_home',
      older_people_discharged: 'yes',
    })
    expect(answer.status).toBe(303)
    expect(locationOf(answer)).toBe(`${base}/pages/people_from_hospital`)
    answer = await fillPage(app, locationOf(answer), {
      discharge_count: 'ten_to_nineteen',
      hospital_kinds: ['general', 'community'],
      hospital_names: ' Trafford General ',
    })
    answer = await fillPage(app, locationOf(answer), { summary_received: 'under_quarter' })
    answer = await fillPage(app, locationOf(answer), {
      information_sufficient: 'rarely',
      'before_discharge.told_date': 'never',
    })
    while (!locationOf(answer).endsWith('/check'))
      answer = await fillPage(
        app,
        locationOf(answer),
        locationOf(answer).endsWith('in_your_own_words') ? { works_well: 'First line\r\nsecond <b>line</b>' } : {},
      )

    const check = await app.request.get(`${base}/check`)
    for (const words of [
      'Nursing home',
      '10 to 19',
      'Community hospital',
      'Trafford General',
      'We are told the expected date',
      'Not answered',
      'second &lt;b&gt;line',
      `${base}/pages/your_service?return=check#service_type`,
    ])
      expect(check.text).toContain(words)
    expect(storedResponses(app.db)[0]).toMatchObject({ status: 'partial', reference: null })

    answer = await sendForm(app, readForm(check.text), { finished: 'yes' })
    expect(answer.status).toBe(303)
    expect(locationOf(answer)).toBe(`${base}/receipt`)
    const [stored] = storedResponses(app.db)
    expect(stored).toMatchObject({
      status: 'complete',
      invitationId: invitation.invitation.id,
      providerKey: invitation.service.providerKey,
      source: 'web',
      categoryDiffers: true,
      submittedAt: '2026-06-01T09:00:00.000Z',
    })
    expect(stored!.stratum).toEqual({
      region: 'north_west',
      system: 'trafford',
      service_type: 'residential_care_home',
      setting: 'care_home',
    })
    expect(stored!.data).toEqual({
      service_type: 'nursing_home',
      older_people_discharged: 'yes',
      discharge_count: 'ten_to_nineteen',
      hospital_kinds: ['general', 'community'],
      summary_received: 'under_quarter',
      information_sufficient: 'rarely',
      before_discharge: { told_date: 'never' },
    })
    expect(listTextAnswers(app.db, stored!.id).map(({ question, text }) => [question, text])).toEqual([
      ['hospital_names', 'Trafford General'],
      ['works_well', 'First line\nsecond <b>line</b>'],
    ])

    const receipt = await app.request.get(base)
    expect(receipt.text).toContain(stored!.reference)
    expect(receipt.text).not.toContain('Nursing home')
    expect((await app.request.get(`${base}/receipt`)).text).toBe(receipt.text)
    expect(locationOf(await app.request.get(`${base}/pages/your_service`))).toBe(base)
    expect(locationOf(await app.request.get(`${base}/check`))).toBe(base)
  })

  it('stores a submission once, however often it is sent, with one receipt', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home' })
    const form = readForm((await app.request.get(`${base}/check`)).text)
    const answers = await Promise.all([1, 2, 3].map(() => sendForm(app, form, { finished: 'yes' })))
    expect(answers.map((answer) => [answer.status, locationOf(answer)])).toEqual(
      Array(3).fill([303, `${base}/receipt`]),
    )
    expect(storedResponses(app.db)).toHaveLength(1)
    const json = await app.request.post(`${base}/submit`).send({ answers: { service_type: 'other' } })
    expect(json.body).toEqual({ reference: storedResponses(app.db)[0]!.reference })
    expect(storedResponses(app.db)[0]!.data).toEqual({ service_type: 'nursing_home' })
  })

  it('makes no response where nothing is answered, and submits none', async () => {
    const { app, base } = start()
    const answer = await fillPage(app, `${base}/pages/your_service`)
    expect(locationOf(answer)).toBe(`${base}/pages/people_from_hospital`)
    expect(storedResponses(app.db)).toEqual([])
    const check = await app.request.get(`${base}/check`)
    expect(check.text).toContain('You have not answered any question yet')
    expect(check.text).not.toContain('<form')
    const submitted = await app.request.post(`${base}/submit`).type('form').send('_revision=0')
    expect(submitted.status).toBe(400)
    expect(submitted.text).toContain('<title>Error: Check your answers')
    expect(submitted.text).toContain('Answer at least one question')
    expect(storedResponses(app.db)).toEqual([])
  })

  it('goes on where the person stopped, on any device', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { older_people_discharged: 'yes' })
    await fillPage(app, `${base}/pages/discharge_summaries`, { summary_received: 'dont_know' })
    const page = await app.request.get(base)
    expect(page.text).toContain('Your answers so far are saved')
    expect(page.text).toContain(`href="${base}/pages/before_leaving"`)
    expect((await app.request.get(`${base}/pages/discharge_summaries`)).text).toContain('value="dont_know" checked')
  })

  it('leaves out the pages that an answer rules out, keeps what was answered there, and drops it at submission', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { older_people_discharged: 'yes' })
    await fillPage(app, `${base}/pages/discharge_summaries`, { summary_received: 'under_quarter' })
    const answer = await fillPage(app, `${base}/pages/your_service`, { older_people_discharged: 'no' })
    expect(locationOf(answer)).toBe(`${base}/pages/into_hospital`)
    expect((await app.request.get(`${base}/pages/into_hospital`)).text).toContain('Page 2 of 3')
    expect(locationOf(await app.request.get(`${base}/pages/discharge_summaries`))).toBe(`${base}/pages/into_hospital`)
    expect(storedResponses(app.db)[0]!.data).toEqual({
      older_people_discharged: 'no',
      summary_received: 'under_quarter',
    })
    const check = await app.request.get(`${base}/check`)
    expect(check.text).not.toContain('discharge summary')
    await sendForm(app, readForm(check.text), { finished: 'yes' })
    expect(storedResponses(app.db)[0]!.data).toEqual({ older_people_discharged: 'no' })
  })

  it('shows a refused page again with what was typed, the question named above and beside', async () => {
    const { app, base } = start()
    const long = 'x'.repeat(201)
    const answer = await fillPage(app, `${base}/pages/people_from_hospital`, {
      discharge_count: 'nonsense',
      hospital_kinds: ['general', 'dont_know'],
      hospital_names: long,
    })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('<title>Error: ')
    expect(answer.text).toContain('There is a problem')
    expect(answer.text).toContain('<a href="#hospital_names">Your answer must be 200 characters or fewer</a>')
    expect(answer.text).toContain('<p id="hospital_names-error"')
    expect(answer.text).toContain('<a href="#hospital_kinds">')
    expect(answer.text).toContain('<a href="#discharge_count">')
    expect(readForm(answer.text).fields).toContainEqual(['hospital_names', long])
    expect(readForm(answer.text).fields).toContainEqual(['hospital_kinds', 'dont_know'])
    expect(storedResponses(app.db)).toEqual([])
    const again = await sendForm(app, readForm(answer.text), {
      hospital_names: 'Trafford General',
      hospital_kinds: ['general'],
      discharge_count: 'five_to_nine',
    })
    expect(again.status).toBe(303)
    expect(storedResponses(app.db)[0]!.data).toEqual({
      discharge_count: 'five_to_nine',
      hospital_kinds: ['general'],
      hospital_names: 'Trafford General',
    })
  })

  it('says what the register knows beside the question, and preselects nothing', async () => {
    const { app, base } = start()
    const page = await app.request.get(`${base}/pages/your_service`)
    expect(page.text).toContain('The register lists your service as: Residential care home.')
    expect(page.text).not.toContain('checked')
    expect(page.text).toContain('<div class="govuk-radios__divider">or</div>')
  })

  it('returns to the check page from a change, keeping the way through a refusal', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home' })
    const page = await app.request.get(`${base}/pages/people_from_hospital?return=check`)
    expect(page.text).toContain(`<a href="${base}/check" class="govuk-back-link">`)
    const refused = await sendForm(app, readForm(page.text), { hospital_names: 'x'.repeat(300) })
    expect(refused.status).toBe(400)
    expect(locationOf(await sendForm(app, readForm(refused.text), { hospital_names: 'Trafford General' }))).toBe(
      `${base}/check`,
    )
  })

  it('takes an answer back where the field is emptied', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/people_from_hospital`, {
      hospital_kinds: ['general'],
      hospital_names: 'Trafford',
    })
    await fillPage(app, `${base}/pages/people_from_hospital`, { hospital_kinds: [], hospital_names: '' })
    expect(storedResponses(app.db)[0]!.data).toEqual({})
  })

  it('says of an unknown page that it is not there', async () => {
    const { app, base } = start()
    expect((await app.request.get(`${base}/pages/nowhere`)).status).toBe(404)
    expect((await app.request.post(`${base}/pages/nowhere`).type('form').send('a=b')).status).toBe(404)
    expect((await app.request.get(`${base}/pages/__proto__`)).status).toBe(404)
  })

  it('refuses the submission of a check page that is out of date, and shows the answers anew', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home' })
    const form = readForm((await app.request.get(`${base}/check`)).text)
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'shared_lives' })
    const answer = await sendForm(app, form)
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('changed in another tab or on another device')
    expect(answer.text).toContain('Shared Lives')
    expect(storedResponses(app.db)[0]!.status).toBe('partial')
    expect((await sendForm(app, readForm(answer.text), { finished: 'yes' })).status).toBe(303)
  })

  it('submits nothing where only the button was pressed', async () => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home' })
    const answer = await fillPage(app, `${base}/check`)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('<title>Error: Check your answers')
    expect(answer.text).toContain('href="#finished"')
    expect(storedResponses(app.db)[0]!.status).toBe('partial')
  })
})

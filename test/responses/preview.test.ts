import { describe, expect, test } from 'vitest'
import { testApp } from '../app.ts'
import { signIn } from '../factories.ts'
import { audit, editDraft, flow, publishEdited, startDraft } from '../question-sets/drafts/draft-api.ts'
import { put } from '../question-sets/rules/edit-question-set.ts'
import { dump, readForm, sendForm } from './form.ts'

async function linkTo(app: ReturnType<typeof testApp>, slug: string, which: number | 'draft' = 1): Promise<string> {
  const path = which === 'draft' ? which : `versions/${which}`
  const answer = await signIn(app, 'admin').get(`/api/question-sets/${slug}/${path}/preview-link`).expect(200)
  return new URL((answer.body as { url: string }).url).pathname
}

const headingOf = (page: string) => /<h1[^>]*>([^<]*)<\/h1>/.exec(page)?.[1]
const notKept = 'Preview: nothing you enter is kept.'

describe('a preview link', () => {
  test('leads through the questions by what was answered, to the end, and stores nothing at all', async () => {
    const app = testApp()
    const base = await linkTo(app, flow)
    const before = dump(app)
    const pages: { text: string; headers: Record<string, unknown>; status: number }[] = []
    const note = <T extends (typeof pages)[number]>(page: T) => (pages.push(page), page)

    const start = note(await app.request.get(base))
    expect(start.text).toContain(`${base}/pages/your_service`)
    const first = note(await app.request.get(`${base}/pages/your_service`))
    expect(first.text).toContain('Page 1 of')
    expect(first.text).not.toContain('<script')
    let page = note(
      await sendForm(app, readForm(first.text), { service_type: 'nursing_home', older_people_discharged: 'yes' }),
    )
    // Each page carries the answers of those before it.
    expect(page.text).toContain('<input type="hidden" name="service_type" value="nursing_home">')
    const titles = [headingOf(page.text)]
    while (headingOf(page.text) !== 'Check your answers') {
      page = note(await sendForm(app, readForm(page.text)))
      expect(page.status).toBe(200)
      titles.push(headingOf(page.text))
      expect(titles.length).toBeLessThan(30)
    }
    expect(titles.length).toBeGreaterThan(3)
    expect(page.text).toContain('Nursing home')

    page = note(await sendForm(app, readForm(page.text)))
    expect(page.status).toBe(400)
    expect(page.text).toContain('Select that you have finished')
    page = note(await sendForm(app, readForm(page.text), { finished: 'yes' }))
    expect(headingOf(page.text)).toBe('This is the end of the preview')

    for (const { text, headers } of pages) {
      expect(text).toContain(notKept)
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['x-robots-tag']).toContain('noindex')
    }
    expect(dump(app)).toBe(before)
  })

  test('asks only what the answers lead to, as the questionnaire does', async () => {
    const app = testApp()
    const base = await linkTo(app, flow)
    const first = await app.request.get(`${base}/pages/your_service`)
    const without = await sendForm(app, readForm(first.text), { older_people_discharged: 'no' })
    const withDischarges = await sendForm(app, readForm(first.text), { older_people_discharged: 'yes' })
    expect(headingOf(without.text)).not.toBe(headingOf(withDischarges.text))
  })

  test('goes back with what was typed, and changes an answer from the check page', async () => {
    const app = testApp()
    const base = await linkTo(app, flow)
    const first = await app.request.get(`${base}/pages/your_service`)
    const second = await sendForm(app, readForm(first.text), {
      service_type: 'nursing_home',
      older_people_discharged: 'no',
    })
    const back = await sendForm(app, readForm(second.text), { _to: 'back' })
    expect(headingOf(back.text)).toBe(headingOf(first.text))
    expect(back.text).toMatch(/value="nursing_home" checked/)

    let page = await sendForm(app, readForm(back.text))
    while (headingOf(page.text) !== 'Check your answers') page = await sendForm(app, readForm(page.text))
    const last = await sendForm(app, readForm(page.text), { _to: 'back' })
    expect(headingOf(last.text)).toBe('In your own words')
    const again = await sendForm(app, readForm(page.text), { change: 'your_service' })
    expect(again.text).toMatch(/value="nursing_home" checked/)
    const checked = await sendForm(app, readForm(again.text), { service_type: 'shared_lives' })
    expect(headingOf(checked.text)).toBe('Check your answers')
    expect(checked.text).toContain('Shared Lives')
    expect(checked.text).not.toContain('Nursing home')
  })

  test('shows a page again with what was typed where it cannot be stored', async () => {
    const app = testApp()
    const base = await linkTo(app, flow)
    const first = await app.request.get(`${base}/pages/your_service`)
    const refused = await sendForm(app, readForm(first.text), { service_type: 'castle' })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('There is a problem')
    expect(headingOf(refused.text)).toBe(headingOf(first.text))
  })

  test('leaves out what no page could have carried, and never fails over it', async () => {
    const app = testApp()
    const base = await linkTo(app, flow)
    const action = `${base}/check`
    for (const fields of [
      [['service_type', 'castle']],
      [
        ['service_type', 'nursing_home'],
        ['service_type', 'nursing_home'],
      ],
      [
        ['__proto__', 'x'],
        ['constructor', 'x'],
        ['_return', 'check'],
        ['change', 'nowhere'],
      ],
      [
        ['change', 'your_service'],
        ['change', 'your_service'],
      ],
      [['service_type', '<script>alert(1)</script>']],
    ] as [string, string][][]) {
      const answer = await sendForm(app, { action, fields })
      expect(answer.status).toBeLessThan(500)
      expect(answer.text).not.toContain('<script>alert')
    }
    await app.request.post(`${base}/pages/your_service`).send({ service_type: 'nursing_home' }).expect(415)
    await app.request.get(`${base}/pages/nowhere`).expect(404)
    await app.request.get(`${base}/check`).expect(303).expect('Location', base)
  })

  test('leads on past a page that the answers do not lead to', async () => {
    const app = testApp()
    await publishEdited(app, flow, put('people_from_hospital', { visibleIf: "{older_people_discharged} = 'yes'" }))
    const base = await linkTo(app, flow, 2)
    await app.request.get(`${base}/pages/people_from_hospital`).expect(303).expect('Location', base)
    const action = `${base}/pages/people_from_hospital`
    const on = await sendForm(app, { action, fields: [['older_people_discharged', 'no']] })
    expect(on.text).toContain(`action="${base}/pages/into_hospital"`)
  })

  test('to a version stays what it was when the next one is published', async () => {
    const app = testApp()
    const base = await linkTo(app, audit)
    const before = (await app.request.get(base)).text
    await publishEdited(app, audit, put('questions', { title: 'Another title' }))
    expect((await app.request.get(base)).text).toBe(before)
    expect((await app.request.get(await linkTo(app, audit, 2))).text).toContain('Another title')
  })

  test('to a draft shows the draft as it is now, waits while something is missing, and ends with the draft', async () => {
    const app = testApp()
    const admin = signIn(app, 'admin')
    const draft = await startDraft(admin, audit)
    const base = await linkTo(app, audit, 'draft')
    expect((await app.request.get(base).expect(200)).text).toContain('This is a preview of a draft')
    let changed = await editDraft(admin, draft, put('questions', { title: 'Another title' }))
    expect((await app.request.get(base).expect(200)).text).toContain('Another title')
    changed = await editDraft(admin, changed, put('plan', { leadIndicator: 'nowhere' }))
    expect((await app.request.get(base).expect(409)).text).toContain('This preview is not ready')

    await admin.delete(`/api/question-sets/${audit}/draft?revision=${changed.revision}`).expect(204)
    const neutral = (await app.request.get('/r/unknown').expect(404)).text
    expect((await app.request.get(base).expect(404)).text).toBe(neutral)
    app.time.now = new Date(app.time.now.getTime() + 1000)
    await startDraft(admin, audit)
    expect((await app.request.get(base).expect(404)).text).toBe(neutral)
    expect(await linkTo(app, audit, 'draft')).not.toBe(base)
  })

  test.each(['unknown', 'relational-audit', `${audit}.AAAA`, '0'.repeat(20), '%00', '.'])(
    'that is made up leads to the page that respondents get for theirs: %s',
    async (token) => {
      const app = testApp()
      await startDraft(signIn(app, 'admin'), audit)
      const neutral = (await app.request.get('/r/unknown').expect(404)).text
      expect((await app.request.get(`/preview/${token}/pages/x`).expect(404)).text).toBe(neutral)
    },
  )

  test('of another installation opens nothing here', async () => {
    const [app, other] = [testApp(), testApp()]
    await app.request.get(await linkTo(other, audit)).expect(404)
  })

  test('is not guessed at length from one address', async () => {
    const app = testApp()
    const answers = []
    for (let attempt = 0; attempt < 61; attempt += 1) answers.push((await app.request.get('/preview/no')).status)
    expect(answers[0]).toBe(404)
    expect(answers.at(-1)).toBe(429)
    await app.request.get(await linkTo(app, audit)).expect(200)
  })
})

import { beforeEach, expect, test } from 'vitest'
import { requireCollection } from '../../server/collections/queries/collections.ts'
import { importResponses } from '../../server/responses/import/import-responses.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Questions } from '../../surveys/question-set.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection, releaseResults, signIn, submitResponse } from '../factories.ts'
import { compareDraft, flow, pathOf, publishEdited, startDraft } from '../question-sets/drafts/draft-api.ts'
import type { Edit } from '../question-sets/rules/edit-question-set.ts'
import { fillPage, locationOf } from './form.ts'
import { storedResponses } from '../stored/responses.ts'

// Headings and paragraphs of a version in the field, on plain pages and through the API.

const intro = {
  type: 'html' as const,
  name: 'intro',
  title: 'About your service & you',
  html: 'First of two.\n\nSecond of two.',
  provenance: 'Ours alone',
}
const forSome = {
  type: 'html' as const,
  name: 'for_some',
  html: 'People did come.',
  visibleIf: "{older_people_discharged} = 'yes'",
}
const addNotes: Edit = ({ questions: { pages } }) => {
  pages[0]!.elements.splice(1, 0, intro)
  pages[1]!.elements.push(forSome)
  pages.splice(1, 0, {
    name: 'only_text',
    title: 'Only text',
    elements: [{ type: 'html', name: 'rest', title: 'Take a rest', html: 'Then go on.' }],
  })
}

let app: TestApp
let base: string
let invitations: ReturnType<typeof openPersonalCollection>['invitations']
let collectionId: string
beforeEach(async () => {
  app = testApp()
  const { version } = await publishEdited(app, flow, addNotes)
  expect(version).toBe(2)
  const opened = openPersonalCollection(app)
  invitations = opened.invitations
  collectionId = opened.collection.id
  base = `/r/${invitations[0]!.token}`
})

const textOf = async (address: string) => (await app.request.get(address).expect(200)).text

test('a plain page has them between its questions, a heading below the page’s own, escaped', async () => {
  const text = await textOf(`${base}/pages/your_service`)
  const places = [
    '<h1 class="govuk-heading-l">',
    'name="service_type"',
    '<h2 class="govuk-heading-m">About your service &amp; you</h2>',
    '<p class="govuk-body">First of two.</p>',
    '<p class="govuk-body">Second of two.</p>',
    'name="older_people_discharged"',
  ].map((words) => text.indexOf(words))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(places[0]).toBeGreaterThan(0)
  expect(text).not.toContain('Ours alone')
})

test('its condition decides whether one is shown', async () => {
  const save = (older_people_discharged: string) =>
    fillPage(app, `${base}/pages/your_service`, { older_people_discharged })
  const shown = async () => (await textOf(`${base}/pages/people_from_hospital`)).includes('People did come.')
  await save('dont_know')
  expect(await shown()).toBe(false)
  await save('yes')
  expect(await shown()).toBe(true)
})

test('a page of text alone is read and left, and stores nothing', async () => {
  const page = await textOf(`${base}/pages/only_text`)
  expect(page).toContain('<h2 class="govuk-heading-m">Take a rest</h2>')
  expect(page).toContain('Page 2 of 12')
  const left = await fillPage(app, `${base}/pages/only_text`, { rest: 'An answer' })
  expect([left.status, locationOf(left)]).toEqual([303, `${base}/pages/people_from_hospital`])
  expect(storedResponses(app.db)).toEqual([])
  const saved = await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home', intro: 'An answer' })
  expect(locationOf(saved)).toBe(`${base}/pages/only_text`)
  expect(storedResponses(app.db).map(({ data, revision }) => [data, revision])).toEqual([
    [{ service_type: 'nursing_home' }, 1],
  ])
  await fillPage(app, `${base}/pages/only_text`)
  expect(storedResponses(app.db)[0]!.revision).toBe(1)
})

test('they are not among the answers to check', async () => {
  await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home', older_people_discharged: 'yes' })
  const text = await textOf(`${base}/check`)
  for (const words of ['About your service', 'First of two', 'Only text', 'Take a rest', 'People did come'])
    expect(text).not.toContain(words)
  expect(text).toContain('/pages/people_from_hospital?return=check')
})

test('SurveyJS gets their words and conditions, and no answer to one is taken', async () => {
  const { body } = (await app.request.get(`${base}/questionnaire`).expect(200)) as {
    body: { questions: Questions }
  }
  expect(body.questions.pages[0]!.elements[1]).toEqual({ ...intro, provenance: undefined })
  expect(JSON.stringify(body)).toContain(JSON.stringify(forSome.visibleIf))
  expect(JSON.stringify(body)).not.toContain('Ours alone')
  const refused = await app.request
    .patch(`${base}/answers`)
    .send({ answers: { intro: 'An answer' }, revision: 0 })
    .expect(400)
  expect(refused.body).toMatchObject({ error: { details: [{ question: 'intro', code: 'unknown_question' }] } })
  await expect(submitResponse(app, { token: invitations[0]!.token, answers: { intro: 'x' } })).rejects.toThrow('400')
})

test('results and progress are those of the questions', async () => {
  for (const { token } of invitations)
    await submitResponse(app, { token, answers: { service_type: 'nursing_home', older_people_discharged: 'yes' } })
  releaseResults(app, collectionId)
  const results = await signIn(app, 'reviewer').get(`/api/collections/${collectionId}/results`).expect(200)
  expect(JSON.stringify(results.body)).not.toMatch(/intro|for_some|First of two/)
})

test('a file of returns has no column for one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-notes-'))
  const file = join(folder, 'returns.csv')
  writeFileSync(file, 'system,location_id,service_type,intro\ntrafford,1-100000001,nursing_home,x\n')
  await expect(
    importResponses(app.context, requireCollection(app.db, collectionId), file, 'admin@example.org'),
  ).rejects.toMatchObject({
    details: [{ row: 1, column: 'intro', reason: 'there is no such variable in this questionnaire' }],
  })
  rmSync(folder, { recursive: true })
})

test('the form on paper has them without a number or a code, and says to whom one speaks', async () => {
  const text = (await signIn(app, 'reviewer').get(`/api/question-sets/${flow}/versions/2/paper`).expect(200)).text
  expect(text).toContain('<h3 class="govuk-heading-s">About your service &amp; you</h3>')
  expect(text).toContain('<p class="govuk-body">Second of two.</p>')
  expect(text).toMatch(/Read this only when[^<]*<\/em><\/p>\s*<p class="govuk-body">People did come/)
  expect(text).not.toMatch(/>(intro|for_some|rest)<\/code>/)
  const numbers = [...text.matchAll(/-title">(\d+)\. /g)].map(([, number]) => Number(number))
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})

test('an exported version comes back as it was, and the difference calls them wording', async () => {
  const admin = signIn(app, 'admin')
  const file = (await admin.get(`/api/question-sets/${flow}/versions/2/export`).expect(200)).body as object
  const detail = (await admin.get(`/api/question-sets/${flow}/versions/2`).expect(200)).body as {
    questions: object
    changes: { class: string; kind: string; place: string; what: string }[]
  }
  expect(file).toMatchObject({ questions: detail.questions })
  expect(JSON.stringify(file)).toContain(JSON.stringify(intro.html))
  const { revision } = await startDraft(admin, flow)
  const imported = await admin
    .post(`${pathOf(flow)}/import?revision=${revision}`)
    .type('application/octet-stream')
    .send(Buffer.from(JSON.stringify(file)))
    .expect(200)
  expect(imported.body).toMatchObject({ questions: detail.questions })
  expect((await compareDraft(admin, flow)).changes).toEqual([])
  expect(detail.changes.map((change) => [change.class, change.kind, change.place, change.what])).toEqual([
    ['structure', 'added', 'only_text', 'page'],
    ['wording', 'added', 'your_service.intro', 'heading or paragraph'],
    ['wording', 'added', 'only_text.rest', 'heading or paragraph'],
    ['wording', 'added', 'people_from_hospital.for_some', 'heading or paragraph'],
  ])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import { definitionOf } from '../../surveys/definition/definition.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { malformedAnswers } from '../malformed-answers.ts'
import { dump, fillPage } from './form.ts'
import { storedResponses } from '../stored/responses.ts'

const folder = join(import.meta.dirname, '../fixtures/malformed-forms')
const forms = [
  ...readdirSync(folder)
    .sort()
    .map((name) => ({ name, body: readFileSync(join(folder, name)) })),
  { name: 'huge', body: Buffer.from(`service_type=${'x'.repeat(300_000)}`) },
  { name: 'fingerprints without end', body: Buffer.from(`_shown=${'a.b%20'.repeat(20_000)}`) },
]

function start() {
  const app = testApp()
  const { invitations } = openPersonalCollection(app)
  const { links } = openCascadeCollection(app, { name: 'Audit' })
  return { app, base: `/r/${invitations[0]!.token}`, shared: `/c/${links[0]!.token}` }
}

type Method = 'post' | 'patch'

/** Sent byte by byte as given. */
const send = (app: TestApp, method: Method, address: string, type: string, body: Buffer | string) =>
  app.request[method](address)
    .set('content-type', type)
    .serialize((data) => data as string)
    .send(body as string)

describe('malformed answers as JSON', () => {
  const corpus = malformedAnswers()
  it('are there', () => expect(corpus.length).toBeGreaterThan(50))

  it.each(corpus)(
    '$name is refused as a submission, with its reason, and stores nothing',
    async ({ text, code, questionSet }) => {
      const { app, base, shared } = start()
      const before = dump(app)
      const address = questionSet === 'relational-audit' ? shared : base
      const answer = await send(app, 'post', `${address}/submit`, 'application/json', `{"answers":${text}}`)
      expect(answer.status).toBe(answer.status === 413 ? 413 : 400)
      const { error } = answer.body as { error: { code: string; details?: { code: string; question: string }[] } }
      if (error.code === 'invalid_answers') expect(error.details!.map((problem) => problem.code)).toContain(code)
      else expect(['malformed_json', 'invalid_request', 'too_large']).toContain(error.code)
      expect(dump(app)).toBe(before)
    },
  )

  it('make no 500 as a save, and nothing that a submission would refuse is stored', async () => {
    const { app, base, shared } = start()
    for (const { name, text, questionSet } of corpus) {
      const answer = await send(
        app,
        'patch',
        `${questionSet === 'relational-audit' ? shared : base}/answers`,
        'application/json',
        `{"revision":1000000,"answers":${text}}`,
      )
      expect(answer.status, `${name}: ${answer.text}`).toBeLessThan(500)
    }
    const definitions = ['discharge-information-flow', 'relational-audit']
      .map((slug) => getPublishedVersion(app.db, slug)!)
      .map((version) => [version.id, definitionOf(version)] as const)
    for (const { versionId, data } of storedResponses(app.db))
      expect(new Map(definitions).get(versionId)!.check(data, { complete: false })).toEqual([])
  })

  it.each([
    'null',
    '[]',
    '""',
    '1',
    '{',
    '{"revision":0}',
    '{"answers":{}}',
    '{"revision":"0","answers":{}}',
    '{"revision":-1,"answers":{}}',
    '{"revision":0.5,"answers":{}}',
    '{"revision":0,"answers":[]}',
    '{"revision":0,"answers":null}',
    '{"revision":0,"answers":{},"more":1}',
    '{"revision":0,"answers":{},"begin":"short"}',
    `{"revision":0,"answers":${'['.repeat(20_000)}`,
  ])('save %$ of what is none is refused', async (body) => {
    const { app, base } = start()
    const answer = await send(app, 'patch', `${base}/answers`, 'application/json', body)
    expect(answer.status).toBe(400)
    expect(storedResponses(app.db)).toEqual([])
  })

  it('names the question that is refused', async () => {
    const { app, base } = start()
    const answer = await app.request
      .patch(`${base}/answers`)
      .send({ revision: 0, answers: { service_type: 'castle', before_discharge: { told_date: 'maybe' } } })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      error: {
        code: 'invalid_answers',
        details: [
          { question: 'service_type', place: 'service_type' },
          { question: 'before_discharge', place: 'before_discharge.told_date' },
        ],
      },
    })
  })

  it('refuses a change of an answer that an earlier one hides, and keeps those that were given before', async () => {
    const { app, base } = start()
    await app.request
      .patch(`${base}/answers`)
      .send({ revision: 0, answers: { older_people_discharged: 'yes', summary_received: 'under_quarter' } })
    expect(
      (await app.request.patch(`${base}/answers`).send({ revision: 1, answers: { older_people_discharged: 'no' } }))
        .status,
    ).toBe(200)
    const hidden = await app.request
      .patch(`${base}/answers`)
      .send({ revision: 2, answers: { summary_received: 'dont_know' } })
    expect(hidden.body).toMatchObject({
      error: { code: 'invalid_answers', details: [{ question: 'summary_received', code: 'hidden' }] },
    })
    expect(
      (await app.request.patch(`${base}/answers`).send({ revision: 2, answers: { summary_received: null } })).status,
    ).toBe(200)
    expect(storedResponses(app.db)[0]!.data).toEqual({ older_people_discharged: 'no' })
  })
})

describe('malformed forms', () => {
  it.each(forms)('$name makes no 500, nor stores anything wrong', async ({ body }) => {
    const { app, base, shared } = start()
    for (const address of [
      `${base}/pages/your_service`,
      `${base}/submit`,
      `${base}/withdraw`,
      `${base}/decline`,
      `${base}/pass-on`,
      `${base}/undo`,
      `${base}/later`,
      `${shared}/pages/about_you`,
      `${shared}/submit`,
    ]) {
      const answer = await send(app, 'post', address, 'application/x-www-form-urlencoded', body)
      expect(answer.status, `${address}: ${answer.text}`).toBeLessThan(500)
    }
    for (const { data } of storedResponses(app.db)) expect(data).toEqual({ service_type: 'nursing_home' })
  })

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/json',
    'application/x-www-form-urlencoded; charset=utf-7',
    'application/octet-stream',
    'nonsense',
  ])('are refused as %s, and take no answer away', async (type) => {
    const { app, base } = start()
    await fillPage(app, `${base}/pages/your_service`, { service_type: 'nursing_home' })
    const before = dump(app)
    for (const page of ['/pages/your_service', '/withdraw', '/decline', '/submit']) {
      const answer = await send(app, 'post', `${base}${page}`, type, 'service_type=other&decision=yes')
      expect(answer.status, page).toBeGreaterThanOrEqual(400)
      expect(answer.status, page).toBeLessThan(500)
    }
    expect((await send(app, 'patch', `${base}/answers`, type, 'service_type=other')).status).toBeLessThan(500)
    expect(dump(app)).toBe(before)
  })

  it('are refused compressed in a way that is none', async () => {
    const { app, base } = start()
    const answer = await app.request
      .post(`${base}/pages/your_service`)
      .set('content-encoding', 'gzip')
      .type('form')
      .send('service_type=other')
    expect(answer.status).toBe(400)
  })

  it('show markup as text', async () => {
    const { app, base } = start()
    await app.request
      .patch(`${base}/answers`)
      .send({ revision: 0, answers: { works_well: '<script>alert(1)</script>"\'' } })
    const page = await app.request.get(`${base}/check`)
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;')
    expect(page.text).not.toContain('<script>alert')
  })
})

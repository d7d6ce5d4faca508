import { Command } from 'commander'
import { describe, expect, test, vi } from 'vitest'
import { addQuestionSetCommands } from '../../server/cli/question-sets.ts'
import { testResponseSchema, testResponsesSchema } from '../../server/question-sets/schema/test-responses.ts'
import type { Answers } from '../../surveys/question-set.ts'
import { testApp } from '../app.ts'
import { openPersonalCollection, releaseResults, signIn } from '../factories.ts'
import { malformedAnswers } from '../malformed-answers.ts'
import { audit, editDraft, flow, publish, startDraft } from './drafts/draft-api.ts'
import { put } from './rules/edit-question-set.ts'
import { storedResponses } from '../stored/responses.ts'

type Agent = ReturnType<typeof signIn>
const setPath = (slug: string) => `/api/question-sets/${slug}`
const fillPath = (slug: string, which: number | 'draft') =>
  `${setPath(slug)}/${which === 'draft' ? which : `versions/${which}`}/test-responses`

async function fill(agent: Agent, slug: string, which: number | 'draft', answers: Answers) {
  return testResponseSchema.parse((await agent.post(fillPath(slug, which)).send({ answers }).expect(201)).body)
}
async function list(agent: Agent, slug: string) {
  return testResponsesSchema.parse((await agent.get(`${setPath(slug)}/test-responses`).expect(200)).body)
}
const ids = async (agent: Agent, slug: string) => (await list(agent, slug)).testResponses.map(({ id }) => id)

const answered = { service_type: 'nursing_home', older_people_discharged: 'yes', summary_received: 'under_quarter' }

describe('a test response', () => {
  test('says in words what was answered and what it does to each figure', async () => {
    const admin = signIn(testApp(), 'admin')
    const kept = await fill(admin, flow, 1, answered)
    expect(kept).toMatchObject({ version: 1, createdBy: 'admin@example.org', answers: answered, changedSince: false })
    const { words, indicators } = kept.reading!
    expect(words.find(({ question }) => question === 'service_type')?.lines).toEqual([{ text: 'Nursing home' }])
    expect(words.find(({ question }) => question === 'information_sufficient')?.lines).toEqual([])
    const resultOf = (id: string) => indicators.find((indicator) => indicator.id === id)?.result
    expect(resultOf('summary_under_quarter')).toBe('counts')
    expect(resultOf('summary_over_three_quarters')).toBe('in_base')
    expect(resultOf('information_rarely_or_never_sufficient')).toBe('missing')
    expect(await list(admin, flow)).toEqual({
      title: 'What you are told when older people leave hospital',
      total: 1,
      testResponses: [kept],
    })
  })

  test('has the means of scales', async () => {
    const admin = signIn(testApp(), 'admin')
    const kept = await fill(admin, audit, 1, { treat_fairly: 4 })
    const means = kept.reading!.scales.filter(({ mean }) => mean !== null)
    expect(means.every(({ mean, answered: items }) => mean === 4 && items === 1)).toBe(true)
    expect(kept.reading!.scales.length).toBeGreaterThan(means.length)
  })

  test('is deleted one by one or all at once, of one set alone', async () => {
    const app = testApp()
    const admin = signIn(app, 'admin')
    const first = await fill(admin, flow, 1, answered)
    app.time.now = new Date(app.time.now.getTime() + 1000)
    const second = await fill(admin, flow, 1, answered)
    const other = await fill(admin, audit, 1, { treat_fairly: 4 })
    expect(await ids(admin, flow)).toEqual([second.id, first.id])
    await admin.delete(`${setPath(flow)}/test-responses/${other.id}`).expect(404)
    await admin.delete(`${setPath(flow)}/test-responses/${second.id}`).expect(204)
    await admin.delete(`${setPath(flow)}/test-responses/${second.id}`).expect(404)
    expect(await ids(admin, flow)).toEqual([first.id])
    await fill(admin, flow, 1, answered)
    await admin.delete(`${setPath(flow)}/test-responses`).expect(204)
    expect(await ids(admin, flow)).toEqual([])
    expect(await ids(admin, audit)).toEqual([other.id])
  })

  test('is in no progress, rate, snapshot, result or export of a collection that fields the version', async () => {
    const app = testApp()
    const admin = signIn(app, 'admin')
    const { collection } = openPersonalCollection(app, { services: 12 })
    await fill(admin, flow, 1, answered)
    const progress = (await admin.get(`/api/collections/${collection.id}/progress`).expect(200)).text
    releaseResults(app, collection.id)
    const results = await admin.get(`/api/collections/${collection.id}/results`).expect(200)
    const { snapshot } = results.body as { snapshot: { responses: number } }
    expect(snapshot.responses).toBe(0)
    expect(storedResponses(app.db)).toEqual([])

    const without = testApp()
    const { collection: same } = openPersonalCollection(without, { services: 12 })
    const path = `/api/collections/${same.id}/progress`
    const plain = (await signIn(without, 'admin').get(path).expect(200)).text
    const anonymous = (text: string) => text.replace(/"id":"[^"]*"/g, '').replace(/[0-9a-f]{64}/g, '')
    expect(anonymous(progress)).toBe(anonymous(plain))
  })
})

describe('answers that a respondent could not submit', () => {
  const json = malformedAnswers().filter(({ code }) => code !== 'not_json')
  test.each(json)('are refused and not kept: $name', async ({ questionSet, text }) => {
    const app = testApp()
    const admin = signIn(app, 'admin')
    const answer = await admin
      .post(fillPath(questionSet, 1))
      .set('Content-Type', 'application/json')
      .send(`{"answers":${text}}`)
      .expect(400)
    expect((answer.body as { error: { code: string } }).error.code).toMatch(/^invalid_(answers|request)$/)
    expect(await ids(admin, questionSet)).toEqual([])
  })
})

describe('a test response to a draft', () => {
  test('is read by the draft as it is now, and by nothing where it does not fit it or the draft is not complete', async () => {
    const admin = signIn(testApp(), 'admin')
    let draft = await startDraft(admin, flow)
    const kept = await fill(admin, flow, 'draft', answered)
    expect(kept).toMatchObject({ version: null, changedSince: false })
    const readAgain = async () => (await list(admin, flow)).testResponses[0]!

    draft = await editDraft(
      admin,
      draft,
      put('plan/indicators/summary_under_quarter', { counts: ['over_three_quarters'] }),
    )
    const afterwards = await readAgain()
    expect(afterwards.changedSince).toBe(true)
    expect(afterwards.reading?.indicators.find(({ id }) => id === 'summary_under_quarter')?.result).toBe('in_base')

    draft = await editDraft(admin, draft, put('?information_sufficient', { isRequired: true }))
    expect(await readAgain()).toMatchObject({
      reading: null,
      unread: expect.stringContaining('do not fit the draft as it is now: information_sufficient') as string,
    })

    await editDraft(admin, draft, put('plan', { leadIndicator: 'nowhere' }))
    expect(await readAgain()).toMatchObject({
      reading: null,
      unread: 'Something is missing in the draft as it is now.',
    })
  })

  test('is refused while something is missing in the draft, with every problem', async () => {
    const admin = signIn(testApp(), 'admin')
    await editDraft(admin, await startDraft(admin, flow), put('plan', { leadIndicator: 'nowhere' }))
    const answer = await admin.post(fillPath(flow, 'draft')).send({ answers: answered }).expect(409)
    expect(answer.body).toMatchObject({ error: { code: 'not_ready', details: [{ place: 'plan.leadIndicator' }] } })
  })

  test('goes with the draft that is discarded, those to versions stay', async () => {
    const admin = signIn(testApp(), 'admin')
    const toVersion = await fill(admin, flow, 1, answered)
    const { revision } = await startDraft(admin, flow)
    await fill(admin, flow, 'draft', answered)
    await admin.delete(`${setPath(flow)}/draft?revision=${revision}`).expect(204)
    expect(await ids(admin, flow)).toEqual([toVersion.id])
  })

  test('answered the version that the draft becomes, where the draft was not changed since; otherwise it goes', async () => {
    const admin = signIn(testApp(), 'admin')
    const started = await startDraft(admin, flow)
    await fill(admin, flow, 'draft', answered)
    const edited = await editDraft(admin, started, put('?service_type', { title: 'What do you provide?' }))
    const last = await fill(admin, flow, 'draft', answered)
    await publish(admin, edited)
    expect((await list(admin, flow)).testResponses).toEqual([{ ...last, version: 2 }])
  })
})

describe('trying a set out', () => {
  const changing: ['post' | 'delete', string][] = [
    ['post', fillPath(flow, 1)],
    ['post', fillPath(flow, 'draft')],
    ['delete', `${setPath(flow)}/test-responses`],
    ['delete', `${setPath(flow)}/test-responses/00000000000000000000`],
  ]
  const reading: ['get', string][] = [
    ['get', `${setPath(flow)}/test-responses`],
    ['get', `${setPath(flow)}/versions/1/preview-link`],
    ['get', `${setPath(flow)}/draft/preview-link`],
  ]
  const all = [...changing, ...reading]

  test.each(all)('is not for who is signed out: %s %s', async (method, path) => {
    await testApp()
      .request[method](path)
      .set('Origin', 'http://127.0.0.1:3000')
      .send(method === 'post' ? { answers: answered } : undefined)
      .expect(401)
  })

  test.each(all)('is not for reviewers and analysts: %s %s', async (method, path) => {
    for (const role of ['reviewer', 'analyst'] as const)
      await signIn(testApp(), role)
        [method](path)
        .send(method === 'post' ? { answers: answered } : undefined)
        .expect(403)
  })

  test.each(changing)('is not for another site with the cookie of somebody signed in: %s %s', async (method, path) => {
    const admin = signIn(testApp(), 'admin').set('Origin', 'https://elsewhere.example')
    await admin[method](path).send({ answers: answered }).expect(403)
  })

  test.each([
    ['post', fillPath(flow, 2)],
    ['post', fillPath('unknown', 1)],
    ['post', fillPath(flow, 'draft')],
    ['get', `${setPath('unknown')}/test-responses`],
    ['delete', `${setPath('unknown')}/test-responses`],
    ['get', `${setPath(flow)}/versions/2/preview-link`],
    ['get', `${setPath(flow)}/draft/preview-link`],
  ] as const)('finds nothing that is not there: %s %s', async (method, path) => {
    const sent = method === 'post' ? { answers: answered } : undefined
    await signIn(testApp(), 'admin')[method](path).send(sent).expect(404)
  })

  test.each([{}, { answers: [] }, { answers: 'all' }, { answers: answered, source: 'web' }])(
    'refuses a request that is not answers: %o',
    async (body) => {
      await signIn(testApp(), 'admin').post(fillPath(flow, 1)).send(body).expect(400)
    },
  )
})

test('the command line lists test responses and the indicators that each counts in', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  await fill(admin, flow, 1, answered)
  const printed = async (...options: string[]) => {
    const program = new Command().exitOverride()
    addQuestionSetCommands(program, () => app.context)
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    try {
      await program.parseAsync(['question-set', 'test-responses', flow, ...options], { from: 'user' })
      return write.mock.calls.map(([text]) => String(text)).join('')
    } finally {
      write.mockRestore()
    }
  }
  expect(await printed()).toContain('admin@example.org  version 1  summary_under_quarter')
  expect(JSON.parse(await printed('--json'))).toEqual(await list(admin, flow))
})

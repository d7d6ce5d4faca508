import { beforeEach, describe, expect, test } from 'vitest'
import { draftSchema, draftsSchema } from '../../../server/question-sets/schema/drafts.ts'
import { testApp, type TestApp } from '../../app.ts'
import { signIn } from '../../factories.ts'
import { push, put } from '../rules/edit-question-set.ts'
import { audit, editDraft, flow, pathOf, saveDraft, startDraft } from './draft-api.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})
const dump = () =>
  ['question_sets', 'question_set_versions', 'question_set_drafts', 'question_set_draft_changes'].map((table) =>
    app.db.$client.prepare(`SELECT * FROM ${table}`).all(),
  )

describe('who may', () => {
  const doors = [
    ['get', '/api/question-sets/drafts'],
    ['post', pathOf(flow)],
    ['get', pathOf(flow)],
    ['put', pathOf(flow)],
    ['delete', pathOf(flow)],
    ['post', `${pathOf(flow)}/import`],
    ['get', `${pathOf(flow)}/check`],
    ['get', `${pathOf(flow)}/compare`],
    ['get', `${pathOf(flow)}/export`],
    ['post', `${pathOf(flow)}/publish`],
  ] as const

  test.each(doors)(
    '%s %s asks a signed-out person to sign in, and keeps analysts and reviewers out',
    async (method, path) => {
      const before = dump()
      const signedOut = await app.request[method](path).set('Origin', app.context.config.publicUrl).send({}).expect(401)
      expect(signedOut.body).toMatchObject({ error: { code: 'sign_in_required' } })
      for (const role of ['analyst', 'reviewer'] as const) {
        const refused = await signIn(app, role)[method](path).send({}).expect(403)
        expect(refused.body).toMatchObject({ error: { code: 'not_allowed' } })
      }
      expect(dump()).toEqual(before)
    },
  )

  test('the description of the API names every door of drafts', async () => {
    const { paths } = (await app.request.get('/api/openapi.json').expect(200)).body as {
      paths: Record<string, Record<string, unknown>>
    }
    const described = doors.map(([method, path]) => paths[path.replace(flow, '{slug}')]?.[method])
    expect(described.every((one) => typeof one === 'object')).toBe(true)
  })
})

test('a draft starts from the newest version with its content, and the set has only one', async () => {
  const draft = await startDraft(admin, flow)
  const version = (await admin.get(`/api/question-sets/${flow}/versions/1`).expect(200)).body as typeof draft
  expect(draft).toMatchObject({ slug: flow, basedOn: 1, revision: 1, createdBy: 'admin@example.org' })
  expect([draft.questions, draft.plan]).toEqual([version.questions, version.plan])
  const again = await admin.post(pathOf(flow)).send({}).expect(409)
  expect(again.body).toMatchObject({ error: { code: 'draft_exists' } })
  expect(JSON.stringify(again.body)).toContain('admin@example.org')
})

test('a new question set begins with a title and a mode, and is no published set yet', async () => {
  await admin.post(pathOf('hospital-food')).send({}).expect(404)
  const draft = await startDraft(admin, 'hospital-food', { newSet: { title: 'Hospital food', mode: 'cascade' } })
  expect(draft).toMatchObject({ basedOn: null, questions: { title: 'Hospital food' }, plan: { mode: 'cascade' } })
  const { drafts } = draftsSchema.parse((await admin.get('/api/question-sets/drafts').expect(200)).body)
  expect(drafts.map(({ slug, title }) => [slug, title])).toEqual([['hospital-food', 'Hospital food']])
  expect(JSON.stringify((await admin.get('/api/question-sets')).body)).not.toContain('hospital-food')

  const newSet = { title: 'Another', mode: 'personal' }
  const taken = await admin.post(pathOf(audit)).send({ newSet }).expect(409)
  expect(taken.body).toMatchObject({ error: { code: 'slug_taken' } })
  await admin.post(pathOf('Hospital%20Food')).send({ newSet }).expect(400)
  await admin
    .post(pathOf('other'))
    .send({ newSet: { title: ' ', mode: 'personal' } })
    .expect(400)
})

test('an incomplete draft is saved as it is', async () => {
  const draft = await startDraft(admin, flow)
  const content = { questions: { pages: [{ elements: [{ type: 'html' }, null] }] }, plan: { cross: 'x' } }
  await saveDraft(admin, { ...draft, ...content })
  expect((await admin.get(pathOf(flow)).expect(200)).body).toMatchObject({ revision: 2, ...content })
})

describe('two admins in one draft', () => {
  test('the later save is refused, names who changed what, and changes nothing', async () => {
    const mine = await startDraft(admin, flow)
    const other = signIn(app, 'admin', { email: 'other@example.org' })
    await editDraft(other, mine, put('?works_well', { title: 'What works?' }))
    await editDraft(other, { ...mine, revision: 2 }, push('plan/counted', 'works_well'))
    const before = dump()
    const refused = await admin.put(pathOf(flow)).send({ revision: 1, questions: {}, plan: {} }).expect(409)
    expect(dump()).toEqual(before)
    expect(refused.body).toMatchObject({
      error: {
        code: 'changed_elsewhere',
        details: [
          { revision: 3, by: 'other@example.org' },
          { revision: 2, by: 'other@example.org', what: ['changed in_your_own_words.works_well.title'] },
        ],
      },
    })
  })

  test('discarding and publishing from an older revision are refused too', async () => {
    const draft = await startDraft(admin, flow)
    await editDraft(admin, draft, put('?works_well', { title: 'What works?' }))
    for (const refused of [
      await admin.delete(`${pathOf(flow)}?revision=1`),
      await admin.post(`${pathOf(flow)}/publish`).send({ revision: 1 }),
    ])
      expect(refused.body).toMatchObject({ error: { code: 'changed_elsewhere' } })
    await admin.get(pathOf(flow)).expect(200)
  })

  test('saving the same content again, as after a lost answer, changes nothing', async () => {
    const draft = await startDraft(admin, flow)
    const edited = { ...draft, questions: { ...draft.questions, title: 'Another' } }
    await saveDraft(admin, edited)
    const before = dump()
    expect(await saveDraft(admin, edited)).toMatchObject({ revision: 2 })
    expect(dump()).toEqual(before)
  })

  test('a save after the draft was discarded says who did so, and a new draft takes none of its revisions', async () => {
    const draft = await startDraft(admin, flow)
    await admin.delete(`${pathOf(flow)}?revision=1`).expect(204)
    const save = { revision: draft.revision, questions: {}, plan: {} }
    const gone = await admin.put(pathOf(flow)).send(save).expect(404)
    expect(gone.body).toMatchObject({ error: { code: 'draft_gone' } })
    expect(JSON.stringify(gone.body)).toContain('admin@example.org on Monday 1 June 2026 at 10:00: discarded the draft')
    expect(await startDraft(admin, flow)).toMatchObject({ revision: 3 })
    await admin.put(pathOf(flow)).send(save).expect(409)
  })
})

describe('what cannot be kept is refused with the reason, and changes nothing', () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const save = (questions: string) => `{"revision":1,"questions":${questions},"plan":{}}`
  const bodies: [string, string, number, string][] = [
    ['51 levels', save(nested(51)), 400, 'nested more than 50 levels'],
    ['100,000 levels', save('['.repeat(100_000) + ']'.repeat(100_000)), 400, 'must be an object'],
    ['100,000 levels below an object', save(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 400, 'nested'],
    ['__proto__', save('{"pages":[{"__proto__":{"x":1}}]}'), 400, '__proto__'],
    ['__proto__ beside the parts', '{"revision":1,"questions":{},"plan":{},"__proto__":{"x":1}}', 400, '__proto__'],
    ['no JSON', '{"revision":1,', 400, 'could not be read'],
    ['a list', '[]', 400, 'not valid'],
    ['no revision', '{"questions":{},"plan":{}}', 400, 'revision'],
    ['50 MB', save(`{"a":"${'x'.repeat(50 * 1024 * 1024)}"}`), 413, 'at most 1024 KB'],
  ]
  test.each(bodies)('%s', async (_, body, status, words) => {
    await startDraft(admin, flow)
    const before = dump()
    const refused = await admin.put(pathOf(flow)).type('json').send(body)
    expect(refused.status).toBe(status)
    expect((refused.body as { error: { message: string } }).error.message).toContain(words)
    expect(dump()).toEqual(before)
  })

  test('50 levels are kept', async () => {
    await startDraft(admin, flow)
    const kept = await admin
      .put(pathOf(flow))
      .type('json')
      .send(save(nested(50)))
      .expect(200)
    expect(draftSchema.parse(kept.body).revision).toBe(2)
  })

  const files: [string, unknown, string][] = [
    ['of another tool', { SurveyEntry: {}, SurveyElements: [] }, 'this is neither a question set of ours'],
    ['of another version', { footbridge: 2, questions: {}, plan: {} }, 'only version 1 of the format can be read'],
    ['without questions', { footbridge: 1, plan: {} }, 'the questions are missing'],
    ['with a script', { pages: [{ elements: [{ type: 'text', name: 'a', title: '<script>x</script>' }] }] }, 'pages.0'],
  ]
  test.each(files)('a file %s', async (_, file, words) => {
    await startDraft(admin, flow)
    const before = dump()
    const refused = await admin
      .post(`${pathOf(flow)}/import?revision=1`)
      .type('application/octet-stream')
      .send(Buffer.from(JSON.stringify(file)))
      .expect(400)
    expect(JSON.stringify(refused.body)).toContain(JSON.stringify(words).slice(1, -1))
    expect(dump()).toEqual(before)
  })
})

test('nothing is there of a set without a draft', async () => {
  for (const path of ['', '/check', '/compare', '/export']) await admin.get(`${pathOf(flow)}${path}`).expect(404)
  await admin.put(pathOf(flow)).send({ revision: 1, questions: {}, plan: {} }).expect(404)
  await admin
    .post(`${pathOf(flow)}/publish`)
    .send({ revision: 1 })
    .expect(404)
  await admin.delete(`${pathOf(flow)}?revision=1`).expect(404)
  await admin.delete(pathOf(flow)).expect(400)
})

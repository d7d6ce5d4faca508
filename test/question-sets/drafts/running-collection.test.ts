import { beforeEach, describe, expect, test } from 'vitest'
import { collectionSchema } from '../../../server/collections/schema.ts'
import { testApp, type TestApp } from '../../app.ts'
import {
  addResponses,
  createCollection,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
  signIn,
  submitResponse,
} from '../../factories.ts'
import { cut, push, put } from '../rules/edit-question-set.ts'
import {
  audit,
  compareDraft,
  editDraft,
  flow,
  publish,
  publishCorrected,
  publishEdited,
  startDraft,
} from './draft-api.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})
const rows = (table: string) => app.db.$client.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()
const correction = put('?hospital_names', { title: 'Which hospitals mainly?' })
const answers = { older_people_discharged: 'yes', summary_received: 'under_quarter' }
const move = (id: string, version: number) => admin.post(`/api/collections/${id}/version`).send({ version })

test('while version 2 is drafted, edited and published, no response, count or export of version 1 moves', async () => {
  const { collection, invitations } = openPersonalCollection(app, { services: 90 })
  addResponses(
    app,
    collection.id,
    invitations.slice(0, 60).map((invitation, index) => ({
      invitation,
      answers: { ...answers, summary_received: index % 3 ? 'under_quarter' : 'quarter_to_half' },
      ...(index < 50 ? {} : { status: 'partial' as const }),
    })),
  )
  const begun = `/r/${invitations[80]!.token}`
  await app.request.patch(`${begun}/answers`).send({ revision: 0, answers }).expect(200)
  const running = `/api/collections/${collection.id}`
  const { id } = (await admin.post(`${running}/snapshots`).expect(201)).body as { id: string }

  const seen = async () => ({
    tables: ['responses', 'text_answers', 'collections', 'snapshots', 'snapshot_counts', 'messages'].map(rows),
    views: await Promise.all(
      [
        running,
        `${running}/progress`,
        `${running}/progress?format=csv`,
        `${running}/snapshots`,
        `/api/question-sets/${flow}/versions/1`,
        `/api/question-sets/${flow}/versions/1/export`,
        `${begun}/questionnaire`,
      ].map(async (path) => (await admin.get(path).expect(200)).text),
    ),
    pages: [(await app.request.get(begun)).text, (await app.request.get(`/r/${invitations[81]!.token}`)).text],
    verified: (await admin.post(`${running}/snapshots/${id}/verify`).expect(200)).body as unknown,
  })
  const before = await seen()
  expect(before.verified).toMatchObject({ same: true })

  const draft = await startDraft(admin, flow)
  expect(await seen()).toEqual(before)
  const edited = await editDraft(
    admin,
    draft,
    put('questions', { title: 'Quite another title' }),
    put('?summary_received', { title: 'How many summaries?' }),
    push('?summary_received/choices', { value: 'all', text: 'All' }),
    cut('in_your_own_words/elements', 'works_well'),
    (set) => (set.plan.narrative = set.plan.narrative.filter((name) => name !== 'works_well')),
    put('plan/indicators/summary_under_quarter', { counts: ['under_quarter', 'quarter_to_half'] }),
  )
  expect(await seen()).toEqual(before)
  const classes = (await compareDraft(admin, flow)).changes.map((change) => change.class)
  expect(new Set(classes)).toEqual(new Set(['wording', 'codes', 'structure', 'plan']))
  expect(await publish(admin, edited)).toMatchObject({ version: 2 })
  expect(await seen()).toEqual(before)

  // Answers go on, on version 1, and its results are those of version 1.
  await submitResponse(app, { token: invitations[80]!.token, answers })
  await submitResponse(app, { token: invitations[81]!.token, answers: { ...answers, works_well: 'The ward clerk.' } })
  const versions = app.db.$client.prepare('SELECT DISTINCT version_id FROM responses').pluck().all()
  expect(versions).toEqual([collection.versionId])
  releaseResults(app, collection.id)
  const { body } = (await admin.get(`${running}/results`).expect(200)) as {
    body: { collection: object; indicators: { id: string; cells: object[] }[] }
  }
  expect(body.collection).toMatchObject({ version: 1 })
  expect(body.indicators.find(({ id }) => id === 'summary_under_quarter')!.cells[0]).toMatchObject({
    base: 52,
    count: 35,
  })
  expect(createCollection(app, { name: 'Next' })).toMatchObject({ version: 2, questionSetTitle: 'Quite another title' })
})

describe('an open collection takes over a version that only corrects', () => {
  test('from then on; answers that were begun keep their version, and earlier snapshots can still be verified', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 20 })
    const [old, fresh] = [`/r/${invitations[0]!.token}`, `/r/${invitations[1]!.token}`]
    await app.request.patch(`${old}/answers`).send({ revision: 0, answers }).expect(200)
    const path = `/api/collections/${collection.id}`
    const { id } = (await admin.post(`${path}/snapshots`).expect(201)).body as { id: string }
    const second = await publishEdited(app, flow, correction)
    expect((await admin.get(path)).body).toMatchObject({ version: 1 })

    const moved = collectionSchema.parse((await move(collection.id, 2).expect(200)).body)
    expect(moved).toMatchObject({ version: 2, status: 'open' })
    const texts = [
      (await app.request.get(`${old}/questionnaire`)).text,
      (await app.request.get(`${fresh}/questionnaire`)).text,
    ]
    expect(texts.map((text) => text.includes('Which hospitals mainly?'))).toEqual([false, true])

    await submitResponse(app, { token: invitations[0]!.token, answers })
    await submitResponse(app, { token: invitations[1]!.token, answers })
    const versionOf = (index: number) =>
      app.db.$client
        .prepare('SELECT version_id FROM responses WHERE invitation_id = ?')
        .pluck()
        .get(invitations[index]!.invitation.id)
    expect([versionOf(0), versionOf(1)]).toEqual([collection.versionId, second.id])
    const audited = app.db.$client.prepare('SELECT detail FROM audit_log WHERE action = ?').pluck()
    expect(JSON.parse(audited.get('collection.move_to_version') as string)).toMatchObject({ from: 1, to: 2 })
    const { body } = (await admin.post(`${path}/snapshots/${id}/verify`).expect(200)) as { body: { differs: string[] } }
    expect(body.differs).not.toContain('version')
  })

  test('and a person who began through a shared link resumes on the version they began on', async () => {
    const { collection, links } = openCascadeCollection(app)
    const shared = `/c/${links[0]!.token}`
    const { begin } = (await app.request.get(`${shared}/questionnaire`)).body as { begin: string }
    await app.request
      .patch(`${shared}/answers`)
      .set('Origin', app.context.config.publicUrl)
      .send({ revision: 0, answers: { grade: 'other' }, begin })
      .expect(201)
    await publishEdited(app, audit, put('?fair_costs', { title: 'We settle fairly, who pays' }))
    await move(collection.id, 2).expect(200)
    const resumed = await app.request.get(`/r/${begin}/questionnaire`).expect(200)
    expect(resumed.text).not.toContain('We settle fairly, who pays')
    expect((await app.request.get(`/c/${links[0]!.token}/questionnaire`)).text).toContain('We settle fairly, who pays')
  })

  test('be it one that an admin declared, step by step', async () => {
    const { collection } = openPersonalCollection(app)
    const titled = (title: string) => put('?who_chases', { title })
    await publishCorrected(app, flow, titled('Who usualy chases missing information?'))
    await publishCorrected(app, flow, titled('Who usualy chase missing information'))
    await publishEdited(app, flow, titled('Who usually chases missing information'))
    const refused = await move(collection.id, 4).expect(409)
    expect((refused.body as { error: { message: string } }).error.message).toContain('Version 4 is more')
    await move(collection.id, 3).expect(200)
  })

  const more: [string, Parameters<typeof publishEdited>[2]][] = [
    ['wording', put('?who_chases', { title: 'Who always chases missing information?' })],
    ['codes', push('?summary_received/choices', { value: 'all', text: 'All' })],
    [
      'a corrected label of the plan, which has another hash',
      put('plan/indicators/summary_before_or_with_person', {
        label: 'Summary usually arrives before, or with, the person',
      }),
    ],
  ]
  test.each(more)('but not %s, nor a correction that came after it', async (_, edit) => {
    const { collection } = openPersonalCollection(app)
    await publishEdited(app, flow, edit)
    await publishEdited(app, flow, correction)
    for (const version of [2, 3]) {
      const refused = await move(collection.id, version).expect(409)
      expect(refused.body).toMatchObject({ error: { code: 'not_corrections' } })
      expect((refused.body as { error: { message: string } }).error.message).toContain('Version 2 is more')
    }
    expect((await admin.get(`/api/collections/${collection.id}`)).body).toMatchObject({ version: 1 })
  })

  test('nor its own version, an earlier one, one that is not there, or once it is closed', async () => {
    const { collection } = openPersonalCollection(app)
    await publishEdited(app, flow, correction)
    for (const version of [1, 3])
      expect((await move(collection.id, version).expect(400)).body).toMatchObject({ error: { code: 'bad_version' } })
    await move(collection.id, 2).expect(200)
    await move(collection.id, 1).expect(400)
    await move('unknown', 2).expect(404)
    await admin.post(`/api/collections/${collection.id}/version`).send({}).expect(400)
    await app.request
      .post(`/api/collections/${collection.id}/version`)
      .set('Origin', app.context.config.publicUrl)
      .send({ version: 2 })
      .expect(401)
    await signIn(app, 'analyst').post(`/api/collections/${collection.id}/version`).send({ version: 2 }).expect(403)
    await admin.post(`/api/collections/${collection.id}/close`).expect(200)
    expect((await move(collection.id, 2).expect(409)).body).toMatchObject({ error: { code: 'not_open' } })
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { loadShippedQuestionSets } from '../../../server/question-sets/import/shipped.ts'
import { listQuestionSets } from '../../../server/question-sets/queries/versions.ts'
import { questionSetVersionSchema } from '../../../server/question-sets/schema/versions.ts'
import { draftCheckSchema } from '../../../server/question-sets/schema/drafts.ts'
import { analysisPlanSchema, questionsSchema, type QuestionSet } from '../../../surveys/question-set.ts'
import { testApp, type TestApp } from '../../app.ts'
import { signIn } from '../../factories.ts'
import { push, put } from '../rules/edit-question-set.ts'
import {
  audit,
  compareDraft,
  editDraft,
  flow,
  pathOf,
  publish,
  publishEdited,
  saveDraft,
  startDraft,
} from './draft-api.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})
const versions = (slug: string) => listQuestionSets(app.db).find((set) => set.slug === slug)!.versions

describe('publishing', () => {
  test('what changed nothing is refused', async () => {
    const { revision } = await startDraft(admin, flow)
    const refused = await admin
      .post(`${pathOf(flow)}/publish`)
      .send({ revision })
      .expect(409)
    expect(refused.body).toMatchObject({ error: { code: 'nothing_changed' } })
  })

  test('corrections need no statement, and make a comparable version', async () => {
    const slip = put('?hospital_names', { title: 'Which hospitals mainly?' })
    const { revision } = await editDraft(admin, await startDraft(admin, flow), slip)
    const { body } = (await admin
      .post(`${pathOf(flow)}/publish`)
      .send({ revision })
      .expect(201)) as { body: unknown }
    expect(questionSetVersionSchema.parse(body)).toMatchObject({
      version: 2,
      comparable: true,
      comparability: 'Corrections only: results can be compared with version 1.',
      publishedBy: 'admin@example.org',
      changes: [{ class: 'correction', place: 'people_from_hospital.hospital_names' }],
    })
    await admin.get(pathOf(flow)).expect(404)
  })

  test('every change that is more asks for a statement: its own, or that of its class', async () => {
    const draft = await editDraft(
      admin,
      await startDraft(admin, flow),
      put('?who_chases', { title: 'Who always chases missing information?' }),
      put('?should_change', { title: 'What thing should change?' }),
      push('?summary_received/choices', { value: 'often', text: 'Often' }),
    )
    const { revision } = draft
    const { changes } = await compareDraft(admin, flow)
    expect(changes.map((change) => change.class).sort()).toEqual(['codes', 'wording', 'wording'])
    const send = (statements: object[]) => admin.post(`${pathOf(flow)}/publish`).send({ revision, statements })
    const own = changes.find(({ place }) => place.includes('who_chases'))!

    const missing = await send([{ for: 'wording', text: 'Reads alike.' }]).expect(400)
    expect(missing.body).toMatchObject({
      error: { code: 'statement_missing', details: [{ class: 'codes', what: 'choice often' }] },
    })
    await send([
      { for: own.key, text: 'Stronger.' },
      { for: 'codes', text: 'New.' },
    ]).expect(400)
    const all = [
      { for: own.key, text: 'Stronger: not to be compared.' },
      { for: 'wording', text: 'Reads alike.' },
      { for: 'codes', text: 'One more answer to choose from.' },
    ]
    const unused = await send([...all, { for: 'plan', text: 'Nothing.' }]).expect(400)
    expect(unused.body).toMatchObject({ error: { code: 'statement_unused', details: ['plan'] } })
    await send([...all, { for: 'codes', text: 'Again.' }]).expect(400)
    expect(versions(flow)).toHaveLength(1)

    const version = questionSetVersionSchema.parse((await send(all).expect(201)).body)
    expect(version.comparable).toBe(null)
    expect(version.changes!.map(({ place, statement }) => [place, statement]).sort()).toEqual([
      ['after_leaving.who_chases', 'Stronger: not to be compared.'],
      ['discharge_summaries.summary_received', 'One more answer to choose from.'],
      ['in_your_own_words.should_change', 'Reads alike.'],
    ])
    expect(version.comparability).toContain('Reads alike.')
  })

  test('a text in which a letter or two differ is a correction where the admin declares it one, and who did is kept', async () => {
    const { revision } = await editDraft(
      admin,
      await startDraft(admin, flow),
      put('?who_chases', { title: 'Who usualy chases missing information?' }),
      put('?should_change', { title: 'What thing should change?' }),
    )
    const { changes } = await compareDraft(admin, flow)
    const [slip, wording] = ['who_chases', 'should_change'].map((name) =>
      changes.find(({ place }) => place.endsWith(name)),
    )
    expect([slip?.class, slip?.respelt, wording?.class, wording?.respelt]).toEqual([
      'wording',
      true,
      'wording',
      undefined,
    ])
    const send = (body: object) => admin.post(`${pathOf(flow)}/publish`).send({ revision, ...body })
    const statements = [{ for: 'wording', text: 'Reads alike.' }]

    const both = await send({ corrections: [slip!.key, wording!.key, 'nothing'], statements }).expect(400)
    const { error } = both.body as { error: { code: string; message: string } }
    expect(error.code).toBe('no_correction')
    expect(error.message).toContain(`in_your_own_words.should_change, title (${wording!.key})`)
    expect(error.message).toContain('no change has the key nothing')
    expect(error.message).not.toContain('who_chases')
    const own = { corrections: [slip!.key], statements: [...statements, { for: slip!.key, text: 'A slip.' }] }
    expect((await send(own).expect(400)).body).toMatchObject({ error: { code: 'statement_unused' } })
    expect((await send({ corrections: [slip!.key] }).expect(400)).body).toMatchObject({
      error: { code: 'statement_missing', details: [{ key: wording!.key }] },
    })
    expect(versions(flow)).toHaveLength(1)

    const { body } = (await send({ corrections: [slip!.key], statements }).expect(201)) as { body: unknown }
    const version = questionSetVersionSchema.parse(body)
    expect(version).toMatchObject({ comparable: null, comparability: 'Reads alike.' })
    expect(version.changes).toEqual([
      {
        class: 'correction',
        kind: 'changed',
        place: 'after_leaving.who_chases',
        what: 'title',
        before: 'Who usually chases missing information?',
        after: 'Who usualy chases missing information?',
        declaredBy: 'admin@example.org',
      },
      expect.objectContaining({ class: 'wording', statement: 'Reads alike.' }),
    ])
  })

  test('where corrections were declared and nothing else changed, the version is comparable', async () => {
    const slip = put('?who_chases', { title: 'Who usualy chases missing information?' })
    const { revision } = await editDraft(admin, await startDraft(admin, flow), slip)
    const corrections = (await compareDraft(admin, flow)).changes.map(({ key }) => key)
    const published = await admin
      .post(`${pathOf(flow)}/publish`)
      .send({ revision, corrections })
      .expect(201)
    expect(published.body).toMatchObject({ comparable: true })
    const compared = await admin.get(`/api/question-sets/${flow}/compare?from=1&to=2`).expect(200)
    expect(compared.body).toMatchObject({ changes: [{ class: 'correction' }] })
    await startDraft(admin, flow)
    const none = await admin
      .post(`${pathOf(flow)}/publish`)
      .send({ revision: revision + 2, corrections })
      .expect(400)
    expect(none.body).toMatchObject({ error: { code: 'no_correction' } })
  })

  test('a statement on a change does not cover what the change became afterwards', async () => {
    const draft = await editDraft(admin, await startDraft(admin, flow), put('?who_chases', { title: 'Who asks?' }))
    const [{ key } = { key: '' }] = (await compareDraft(admin, flow)).changes
    const { revision } = await editDraft(admin, draft, put('?who_chases', { title: 'Who is paid?' }))
    const statements = [{ for: key, text: 'Reads alike.' }]
    const refused = await admin
      .post(`${pathOf(flow)}/publish`)
      .send({ revision, statements })
      .expect(400)
    expect(refused.body).toMatchObject({ error: { code: 'statement_missing' } })
  })

  test('a published version never changes, its statements neither', async () => {
    const { id } = await publishEdited(app, flow, put('questions', { title: 'Another' }))
    for (const column of ['comparable', 'changes', 'published_by', 'comparability'])
      expect(() =>
        app.db.$client.prepare(`UPDATE question_set_versions SET ${column} = NULL WHERE id = ?`).run(id),
      ).toThrow('never changes')
  })

  test('going back to what an earlier version said is a version of its own', async () => {
    const first = await publishEdited(app, flow, put('questions', { title: 'Another' }))
    const title = versions(flow)
    const [original] = title.filter(({ version }) => version === 1)
    const back = (await admin.get(`/api/question-sets/${flow}/versions/1`)).body as QuestionSet
    const again = await publishEdited(app, flow, put('questions', { title: back.questions.title }))
    expect([first.version, again.version, again.sha256]).toEqual([2, 3, original!.sha256])
  })

  test('a new question set is published as version 1, fielded at once', async () => {
    const draft = await startDraft(admin, 'hospital-food', { newSet: { title: 'Hospital food', mode: 'cascade' } })
    const empty = await admin.get(`${pathOf('hospital-food')}/check`)
    expect(draftCheckSchema.parse(empty.body).problems).toMatchObject([
      { place: 'questions.pages.0.elements', message: 'The list of questions is empty.' },
    ])
    const question = { type: 'comment', name: 'meals', title: 'How are the meals?', maxLength: 200 }
    const full = await editDraft(admin, draft, push('page_1/elements', question), push('plan/narrative', 'meals'))
    expect(await compareDraft(admin, 'hospital-food')).toEqual({ from: null, to: 'draft', changes: [] })
    expect(await publish(admin, full)).toMatchObject({ version: 1, comparable: null, changes: null })
    expect(versions('hospital-food')).toHaveLength(1)
  })

  test('what is published is as the contract reads it, and its hash is of that', async () => {
    const version = await publishEdited(app, flow, put('questions', { title: '  Another  ' }))
    expect(version.questions.title).toBe('Another')
    expect(questionsSchema.parse(version.questions)).toEqual(version.questions)
    expect(analysisPlanSchema.parse(version.plan)).toEqual(version.plan)
  })
})

describe('a start of the software', () => {
  const later = new Date('2026-09-01T00:00:00Z')

  test('neither overrides nor follows what an admin has published', async () => {
    await publishEdited(app, flow, put('questions', { title: 'Another' }))
    loadShippedQuestionSets(app.db, later)
    expect(versions(flow).map(({ version }) => version)).toEqual([2, 1])
  })

  test('leaves a set alone that has new shipped content and an admin’s hand on it', async () => {
    // As if the shipped files had been other ones when this database was made.
    const sql = app.db.$client
    const disguise = () => {
      sql.exec('DROP TRIGGER question_set_versions_published_update')
      sql.exec(`UPDATE question_set_versions SET sha256 = 'older' || version`)
    }
    disguise()
    await saveDraft(admin, await startDraft(admin, flow))
    await publishEdited(app, audit, put('questions', { title: 'Another' }))
    loadShippedQuestionSets(app.db, later)
    expect([versions(flow).length, versions(audit).length]).toEqual([1, 2])

    await admin.delete(`${pathOf(flow)}?revision=1`).expect(204)
    loadShippedQuestionSets(app.db, later)
    expect([versions(flow).length, versions(audit).length]).toEqual([2, 2])
  })

  test('a draft that was started before a newer version was published is not published over it', async () => {
    const draft = await editDraft(admin, await startDraft(admin, flow), put('questions', { title: 'Mine' }))
    app.db.$client.exec("PRAGMA foreign_keys = OFF; UPDATE question_set_drafts SET based_on = 'older'")
    const refused = await admin
      .post(`${pathOf(flow)}/publish`)
      .send({ revision: draft.revision })
      .expect(409)
    expect(refused.body).toMatchObject({ error: { code: 'newer_version' } })
  })
})

test('two published versions are compared by anyone on the staff', async () => {
  await publishEdited(app, flow, put('questions', { title: 'Another' }))
  const analyst = signIn(app, 'analyst')
  const path = `/api/question-sets/${flow}/compare`
  const { body } = (await analyst.get(`${path}?from=1&to=2`).expect(200)) as { body: unknown }
  expect(body).toMatchObject({ from: 1, to: 2, changes: [{ class: 'wording', what: 'title', after: 'Another' }] })
  await analyst.get(`${path}?from=1&to=3`).expect(404)
  await analyst.get(path).expect(400)
  await app.request.get(`${path}?from=1&to=2`).expect(401)
})

import { beforeEach, describe, expect, test } from 'vitest'
import { severCollection } from '../../server/retention/queries.ts'
import { burst, noticeSubmission, nothingNoticed } from '../../server/cascade/rules/flags.ts'
import { resumeToken } from '../../server/links/resume-token.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, openPersonalCollection, signIn, submitResponse } from '../factories.ts'
import { storedFlags } from '../stored/collections.ts'
import { everythingStored } from '../stored/everything.ts'
import { storedResponses, submittedResponses } from '../stored/responses.ts'
import { until } from '../until.ts'

let app: TestApp
beforeEach(() => void (app = testApp()))

const answers = { grade: 'other', open_honest: 4 }
const flags = () => storedFlags(app.db).map(({ kind, count, day, cascadeLinkId: link }) => ({ kind, count, day, link }))
/** What is noticed is stored after the answer has left. */
const stored = (wanted: unknown) => until(() => expect(flags()).toEqual(wanted))

describe('submissions through a shared link', () => {
  test('twice from one browser are flagged and both stored; what is kept leads to nobody', async () => {
    const { collection, links } = openCascadeCollection(app)
    const { token, link } = links[0]!
    app.request.set('User-Agent', 'Browser of somebody')
    await submitResponse(app, { token, answers, shared: true })
    await stored([])
    await submitResponse(app, { token, answers, shared: true })
    await stored([{ kind: 'repeat', count: 2, day: '2026-06-01', link: link.id }])
    expect(submittedResponses(app.db)).toHaveLength(2)
    const everything = everythingStored(app.db)
    expect(everything).not.toContain('Browser of somebody')
    expect(everything).not.toContain('127.0.0.1')
    app.time.now = new Date('2027-06-27T00:00:00Z')
    severCollection(app.db, collection.id, { actor: 'command line', now: app.time.now })
    expect(flags()).toEqual([])
  })

  test('from different browsers are not, nor one that is sent twice, nor personal links', async () => {
    const [{ token, link } = { token: '', link: { id: '' } }] = openCascadeCollection(app).links
    const origin = app.context.config.publicUrl
    const submit = (agent: string, begin: string) =>
      app.request
        .post(`/c/${token}/submit`)
        .set('User-Agent', agent)
        .set('Origin', origin)
        .send({ answers, begin: begin.repeat(43) })
        .expect(200)
    await submit('One', 'a')
    await submit('One', 'a')
    await submit('Two', 'b')
    const { invitations } = openPersonalCollection(app)
    for (const invited of invitations)
      await submitResponse(app, { token: invited.token, answers: { older_people_discharged: 'yes' } })
    // What comes last is flagged, and alone: the others were looked at before it.
    await submit('Three', 'c')
    await submit('Three', 'd')
    await stored([{ kind: 'repeat', count: 2, day: '2026-06-01', link: link.id }])
  })

  test('are noticed too where the answers were begun earlier and submitted by the form', async () => {
    const [{ token, link } = { token: '', link: { id: '' } }] = openCascadeCollection(app).links
    const origin = app.context.config.publicUrl
    for (const begin of ['a'.repeat(43), 'b'.repeat(43)]) {
      await app.request
        .patch(`/c/${token}/answers`)
        .set('Origin', origin)
        .send({ revision: 0, answers, begin })
        .expect(201)
      await app.request.post(`/r/${begin}/submit`).type('form').send('_revision=1&finished=yes').expect(303)
      await app.request.post(`/r/${begin}/submit`).type('form').send('_revision=1&finished=yes').expect(303)
    }
    await stored([{ kind: 'repeat', count: 2, day: '2026-06-01', link: link.id }])
  })

  test('are noticed too where the answers are submitted through a link to finish later', async () => {
    const [{ token, link } = { token: '', link: { id: '' } }] = openCascadeCollection(app).links
    const origin = app.context.config.publicUrl
    for (const begin of ['a'.repeat(43), 'b'.repeat(43)])
      await app.request
        .patch(`/c/${token}/answers`)
        .set('Origin', origin)
        .send({ revision: 0, answers, begin })
        .expect(201)
    for (const { id } of storedResponses(app.db))
      await app.request
        .post(`/r/${resumeToken(app.context.tokenKey, id)}/submit`)
        .type('form')
        .send('_revision=1&finished=yes')
        .expect(303)
    await stored([{ kind: 'repeat', count: 2, day: '2026-06-01', link: link.id }])
  })

  test('in a burst are flagged by day, and the flag is open again where there is more', async () => {
    const { collection, links } = openCascadeCollection(app)
    const { token, link } = links[0]!
    const one = async (index: number) => {
      app.request.set('User-Agent', `Browser ${index}`)
      await submitResponse(app, { token, answers, shared: true })
    }
    for (let index = 1; index <= burst.answers; index += 1) await one(index)
    await stored([{ kind: 'burst', count: burst.answers, day: '2026-06-01', link: link.id }])
    const admin = signIn(app, 'admin')
    const address = `/api/collections/${collection.id}/flags`
    const read = async () => ((await admin.get(address).expect(200)).body as { flags: Record<string, unknown>[] }).flags
    const [flag] = await read()
    expect(flag).toMatchObject({ kind: 'burst', system: 'Trafford', organisation: null, reviewedAt: null })
    await admin
      .post(`${address}/${String(flag!['id'])}/review`)
      .send({ note: 'A team meeting.' })
      .expect(204)
    expect((await read())[0]).toMatchObject({ reviewedBy: 'admin@example.org', note: 'A team meeting.' })
    await one(99)
    await stored([{ kind: 'burst', count: burst.answers + 1, day: '2026-06-01', link: link.id }])
    expect((await read())[0]).toMatchObject({ reviewedAt: null, note: 'A team meeting.' })
  })

  test('are looked at by admins alone, who must say what they found', async () => {
    const { collection } = openCascadeCollection(app)
    const address = `/api/collections/${collection.id}/flags`
    await app.request.get(address).expect(401)
    await signIn(app, 'analyst').get(address).expect(403)
    const admin = signIn(app, 'admin')
    await admin.post(`${address}/none/review`).send({ note: 'x' }).expect(404)
    await admin.post(`${address}/none/review`).send({ note: ' ' }).expect(400)
    await admin.get('/api/collections/none/flags').expect(404)
  })
})

test('a new day in London begins with a new salt and nothing noticed', () => {
  const noticed = nothingNoticed()
  const visitor = { address: '192.0.2.1', userAgent: 'Browser', language: 'en' }
  const at = (key: string, time: string) =>
    noticeSubmission(noticed, { key, collectionId: 'c', cascadeLinkId: 'l', visitor }, new Date(time))
  expect(at('1', '2026-06-01T22:00:00Z')).toEqual([])
  const { salt } = noticed
  expect(at('2', '2026-06-01T22:59:00Z')).toEqual([{ kind: 'repeat', count: 2, day: '2026-06-01' }])
  expect(at('3', '2026-06-01T23:00:00Z')).toEqual([])
  expect(noticed.salt.equals(salt)).toBe(false)
  expect(JSON.stringify([...noticed.marks, ...noticed.seen])).not.toContain('192.0.2.1')
})

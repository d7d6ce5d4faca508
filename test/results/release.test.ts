import { describe, expect, test } from 'vitest'
import { takeSnapshot } from '../../server/results/queries/taking.ts'
import { snapshotSchema, type Results } from '../../server/results/schema.ts'
import { testApp } from '../app.ts'
import { addResponses, openPersonalCollection, signIn } from '../factories.ts'
import { answers, auditOf, closedCollection, who } from './closed-collection.ts'
import { storedCollections } from '../stored/collections.ts'

describe('POST /api/collections/:id/snapshots/:sid/release', () => {
  test('shows the results and marks the collection; once', async () => {
    const app = testApp()
    const { collection, admin, path } = closedCollection(app)
    const { id } = snapshotSchema.parse((await admin.post(path)).body)
    const body: unknown = (await admin.post(`${path}/${id}/release`).expect(200)).body
    expect(body).toMatchObject({ id, releasedAt: '2026-06-01T09:00:00.000Z', releasedBy: 'admin@example.org' })
    expect(auditOf(app, id)).toContainEqual({ action: 'snapshot.release', actor: 'admin@example.org' })
    expect(storedCollections(app.db)).toMatchObject([{ status: 'released' }])
    await signIn(app, 'reviewer').get(`/api/collections/${collection.id}/results`).expect(200)
    expect((await admin.post(`${path}/${id}/release`).expect(409)).body).toMatchObject({
      error: { code: 'already_released' },
    })
  })

  test('waits for the close', async () => {
    const app = testApp()
    const { collection } = openPersonalCollection(app, { services: 20 })
    const { id } = takeSnapshot(app.db, collection.id, who(app))
    const body: unknown = (
      await signIn(app, 'admin').post(`/api/collections/${collection.id}/snapshots/${id}/release`).expect(409)
    ).body
    expect(body).toMatchObject({ error: { code: 'not_closed' } })
  })

  test('refuses a snapshot from before the close, which may hold answers that were withdrawn after it', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 20 })
    addResponses(
      app,
      collection.id,
      invitations.map((invitation, place) => ({ answers: answers(place), invitation })),
    )
    const early = takeSnapshot(app.db, collection.id, who(app))
    await app.request.post(`/r/${invitations[0]!.token}/withdraw`).type('form').send({ decision: 'yes' }).expect(200)
    app.time.now = new Date('2026-06-01T10:00:00Z')
    const admin = signIn(app, 'admin')
    await admin.post(`/api/collections/${collection.id}/close`).expect(200)
    const release = (id: string, status: number) =>
      admin.post(`/api/collections/${collection.id}/snapshots/${id}/release`).expect(status)
    expect((await release(early.id, 409)).body).toMatchObject({ error: { code: 'taken_before_close' } })
    await release(takeSnapshot(app.db, collection.id, who(app)).id, 200)
  })

  test('takes a snapshot from after the last day, although nobody had closed the collection yet', async () => {
    const app = testApp()
    const { collection } = openPersonalCollection(app, { services: 20 })
    app.time.now = new Date('2026-06-26T23:00:00Z')
    const { id } = takeSnapshot(app.db, collection.id, who(app))
    app.time.now = new Date('2026-06-27T09:00:00Z')
    const admin = signIn(app, 'admin')
    await admin.post(`/api/collections/${collection.id}/close`).expect(200)
    await admin.post(`/api/collections/${collection.id}/snapshots/${id}/release`).expect(200)
  })

  test('refuses a snapshot that another released one could be subtracted from', async () => {
    const app = testApp()
    const { collection, invitations, admin, path } = closedCollection(app, 21)
    const first = takeSnapshot(app.db, collection.id, who(app))
    const add = (from: number, to: number) =>
      addResponses(
        app,
        collection.id,
        invitations.slice(from, to).map((invitation, place) => ({ answers: answers(place), invitation })),
      )
    const release = (id: string, status: number) => admin.post(`${path}/${id}/release`).expect(status)
    add(21, 24)
    app.time.now = new Date('2026-06-01T10:00:00Z')
    const second = takeSnapshot(app.db, collection.id, who(app))
    await release(first.id, 200)
    expect((await release(second.id, 409)).body).toMatchObject({ error: { code: 'too_close' } })
    add(24, 51)
    app.time.now = new Date('2026-06-01T11:00:00Z')
    const third = takeSnapshot(app.db, collection.id, who(app))
    await release(third.id, 200)
    const { body } = (await admin.get(`/api/collections/${collection.id}/results`)) as { body: Results }
    expect(body.snapshot).toMatchObject({ id: third.id, responses: 51 })
    expect((await release(second.id, 409)).body).toMatchObject({ error: { code: 'too_close' } })
  })
})

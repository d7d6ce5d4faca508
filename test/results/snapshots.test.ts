import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../server/db/open.ts'
import { takeSnapshot, verifySnapshot } from '../../server/results/queries/taking.ts'
import { snapshotSchema, verificationSchema } from '../../server/results/schema.ts'
import { takeSnapshotInBackground, verifySnapshotInBackground } from '../../server/results/worker.ts'
import { testApp } from '../app.ts'
import { addResponses, openCascadeCollection, openPersonalCollection, signIn, createSystem } from '../factories.ts'
import { answers, auditOf, closedCollection, who } from './closed-collection.ts'
import { changeCollections } from '../stored/collections.ts'
import { changeResponses } from '../stored/responses.ts'
import { everySnapshotStored, raiseCounts } from '../stored/snapshots.ts'

describe('POST /api/collections/:id/snapshots', () => {
  test('takes a snapshot, sealed by a hash, and says who did', async () => {
    const app = testApp()
    const { admin, path } = closedCollection(app)
    const body: unknown = (await admin.post(path).expect(201)).body
    expect(snapshotSchema.parse(body)).toMatchObject({
      responses: 30,
      k: 10,
      takenBy: 'admin@example.org',
      takenAt: '2026-06-01T09:00:00.000Z',
      releasedAt: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(auditOf(app, snapshotSchema.parse(body).id)).toEqual([
      { action: 'snapshot.take', actor: 'admin@example.org' },
    ])
  })

  test('refuses a draft, and a collection whose links have been deleted', async () => {
    const app = testApp()
    const { admin, path, collection } = closedCollection(app)
    changeCollections(app.db, { severedAt: '2027-06-01T00:00:00.000Z' })
    expect((await admin.post(path).expect(409)).body).toMatchObject({ error: { code: 'retention_ended' } })
    changeCollections(app.db, { severedAt: null, status: 'draft' })
    expect((await admin.post(path).expect(409)).body).toMatchObject({ error: { code: 'nothing_collected' } })
    expect((await admin.get(`/api/collections/${collection.id}/snapshots`)).body).toEqual([])
  })

  test('leaves out free text, and what identifies a service', () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 60 })
    addResponses(app, collection.id, [
      {
        answers: { ...answers(0), works_well: 'Sister Smith rings us', hospital_names: 'Wythenshawe' },
        invitation: invitations[0]!,
      },
    ])
    takeSnapshot(app.db, collection.id, who(app))
    const dump = everySnapshotStored(app.db)
    expect(dump).toContain('summary_received')
    for (const secret of [
      'Smith',
      'Wythenshawe',
      invitations[0]!.service.locationId,
      invitations[0]!.service.providerKey,
    ])
      expect(dump).not.toContain(secret)
  })
})

describe('the seal', () => {
  test('is the same whatever the order of the responses, and another for other answers', () => {
    const hashOf = (order: number[], changed?: number) => {
      const app = testApp()
      const { collection, invitations } = openPersonalCollection(app, { services: 60 })
      addResponses(
        app,
        collection.id,
        order.map((place) => ({
          answers: answers(place === changed ? place + 1 : place),
          invitation: invitations[place]!,
        })),
      )
      return takeSnapshot(app.db, collection.id, who(app)).sha256
    }
    const order = Array.from({ length: 30 }, (_, place) => place)
    expect(hashOf(order.toReversed())).toBe(hashOf(order))
    expect(hashOf(order, 4)).not.toBe(hashOf(order))
  })
})

describe('POST /api/collections/:id/snapshots/:sid/verify', () => {
  test('takes it again: the same', async () => {
    const app = testApp()
    const { admin, path } = closedCollection(app)
    const { id, sha256 } = snapshotSchema.parse((await admin.post(path)).body)
    createSystem(app, { name: 'Trafford (new name)', region: 'Elsewhere' })
    const body: unknown = (await admin.post(`${path}/${id}/verify`).expect(200)).body
    expect(verificationSchema.parse(body)).toEqual({
      id,
      sha256,
      found: sha256,
      same: true,
      against: 'retaken',
      differs: [],
    })
  })

  test('says in which parts what the responses give now differs', async () => {
    const app = testApp()
    const { collection, invitations, admin, path } = closedCollection(app)
    const { id } = snapshotSchema.parse((await admin.post(path)).body)
    addResponses(app, collection.id, [{ answers: answers(30), invitation: invitations[30]! }])
    const body: unknown = (await admin.post(`${path}/${id}/verify`).expect(200)).body
    expect(verificationSchema.parse(body)).toMatchObject({
      same: false,
      differs: ['responses', 'counts', 'dispositions', 'providers'],
    })
  })

  test('finds a figure that was changed where it is stored, also once the links are gone', async () => {
    const app = testApp()
    const { admin, path } = closedCollection(app)
    const { id, sha256 } = snapshotSchema.parse((await admin.post(path)).body)
    changeCollections(app.db, { severedAt: '2027-06-01T00:00:00.000Z' })
    changeResponses(app.db, { invitationId: null })
    const verify = async () => verificationSchema.parse((await admin.post(`${path}/${id}/verify`).expect(200)).body)
    expect(await verify()).toMatchObject({ same: true, against: 'stored', found: sha256 })
    raiseCounts(app.db, 'summary_received')
    expect(await verify()).toMatchObject({ same: false, against: 'stored' })
  })
})

describe('GET /api/collections/:id/snapshots', () => {
  test('lists them oldest first', async () => {
    const app = testApp()
    const { admin, path } = closedCollection(app)
    const ids: unknown[] = []
    for (const hour of ['10', '11']) {
      app.time.now = new Date(`2026-06-01T${hour}:00:00Z`)
      ids.push(snapshotSchema.parse((await admin.post(path)).body).id)
    }
    const body: unknown = (await admin.get(path).expect(200)).body
    expect(
      snapshotSchema
        .array()
        .parse(body)
        .map(({ id }) => id),
    ).toEqual(ids)
  })
})

test('every address of snapshots is for admins, and knows what is not there', async () => {
  const app = testApp()
  const { collection, admin, path } = closedCollection(app)
  const { id } = takeSnapshot(app.db, collection.id, who(app))
  const addresses = (base: string, sid: string) =>
    [
      ['get', base],
      ['post', base],
      ['post', `${base}/${sid}/verify`],
      ['post', `${base}/${sid}/release`],
    ] as const
  const origin = app.context.config.publicUrl
  for (const [method, address] of addresses(path, id)) {
    await app.request[method](address).set('Origin', origin).expect(401)
    for (const role of ['reviewer', 'analyst'] as const) await signIn(app, role)[method](address).expect(403)
  }
  for (const [method, address] of addresses('/api/collections/none/snapshots', id))
    await admin[method](address).expect(404)
  for (const [method, address] of addresses(path, 'none').slice(2)) await admin[method](address).expect(404)
  const other = openCascadeCollection(app, { name: 'Other' }).collection
  for (const [method, address] of addresses(`/api/collections/${other.id}/snapshots`, id).slice(2))
    await admin[method](address).expect(404)
  expect(collection.id).not.toBe(other.id)
})

describe('off the request thread', () => {
  const folders: string[] = []
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

  test('a snapshot is the same, and an error keeps its code', async () => {
    const app = testApp()
    const { collection } = closedCollection(app)
    const inline = takeSnapshot(app.db, collection.id, who(app))
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
    folders.push(folder)
    await app.db.$client.backup(join(folder, 'copy.sqlite'))
    const db = openDatabase(join(folder, 'copy.sqlite'))
    const taken = await takeSnapshotInBackground(db, collection.id, who(app))
    expect(taken.sha256).toBe(inline.sha256)
    expect(await verifySnapshotInBackground(db, collection.id, taken.id)).toEqual(
      verifySnapshot(db, collection.id, taken.id),
    )
    await expect(takeSnapshotInBackground(db, 'none', who(app))).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
    })
    db.$client.close()
  })
})

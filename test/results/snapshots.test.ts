import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries.ts'
import { openDatabase } from '../../server/db/open.ts'
import { takeSnapshot, verifySnapshot } from '../../server/results/queries.ts'
import { snapshotSchema, verificationSchema, type Results } from '../../server/results/schema.ts'
import { takeSnapshotInBackground, verifySnapshotInBackground } from '../../server/results/worker.ts'
import { testApp, type TestApp } from '../app.ts'
import {
  addResponses,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
  signIn,
} from '../factories.ts'

const who = (app: TestApp) => ({ actor: 'admin@example.org', now: app.time.now })
const answers = (place: number) => ({
  older_people_discharged: 'yes',
  summary_received: place % 2 ? 'under_quarter' : 'quarter_to_half',
  headings: ['allergies', 'plan'],
})

/** A closed personal collection of 60 services of which the first so many have answered. */
function closedCollection(app: TestApp, responses = 30) {
  const { collection, invitations } = openPersonalCollection(app, { services: 60 })
  addResponses(
    app,
    collection.id,
    invitations.slice(0, responses).map((invitation, place) => ({ answers: answers(place), invitation })),
  )
  closeCollection(app.db, collection.id, who(app))
  return { collection, invitations, admin: signIn(app, 'admin'), path: `/api/collections/${collection.id}/snapshots` }
}

const auditOf = (app: TestApp, subject: string) =>
  app.db.$client.prepare('select action, actor from audit_log where subject = ?').all(subject)

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
    app.db.$client.prepare("update collections set severed_at = '2027-06-01T00:00:00.000Z'").run()
    expect((await admin.post(path).expect(409)).body).toMatchObject({ error: { code: 'retention_ended' } })
    app.db.$client.prepare("update collections set severed_at = null, status = 'draft'").run()
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
    const dump = ['snapshots', 'snapshot_counts', 'snapshot_sums', 'snapshot_dispositions', 'snapshot_providers']
      .map((table) => JSON.stringify(app.db.$client.prepare(`select * from ${table}`).all()))
      .join()
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
    app.db.$client.prepare("update systems set name = 'Trafford (new name)', region = 'Elsewhere'").run()
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
    app.db.$client.prepare("update collections set severed_at = '2027-06-01T00:00:00.000Z'").run()
    app.db.$client.prepare('update responses set invitation_id = null').run()
    const verify = async () => verificationSchema.parse((await admin.post(`${path}/${id}/verify`).expect(200)).body)
    expect(await verify()).toMatchObject({ same: true, against: 'stored', found: sha256 })
    app.db.$client.prepare("update snapshot_counts set count = count + 1 where variable = 'summary_received'").run()
    expect(await verify()).toMatchObject({ same: false, against: 'stored' })
  })
})

describe('POST /api/collections/:id/snapshots/:sid/release', () => {
  test('shows the results and marks the collection; once', async () => {
    const app = testApp()
    const { collection, admin, path } = closedCollection(app)
    const { id } = snapshotSchema.parse((await admin.post(path)).body)
    const body: unknown = (await admin.post(`${path}/${id}/release`).expect(200)).body
    expect(body).toMatchObject({ id, releasedAt: '2026-06-01T09:00:00.000Z', releasedBy: 'admin@example.org' })
    expect(auditOf(app, id)).toContainEqual({ action: 'snapshot.release', actor: 'admin@example.org' })
    expect(app.db.$client.prepare('select status from collections').pluck().get()).toBe('released')
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

test('over 5,000 random responses no shown part exceeds its whole, and every line with a shown total hides none or more than one', async () => {
  const app = testApp()
  const systems = Array.from(
    { length: 12 },
    (_, place) => createSystem(app, { code: `s${place}`, name: `System ${place}`, region: `Region ${place % 4}` }).code,
  )
  const { collection } = openCascadeCollection(app, { systems })
  const point = fc.option(fc.constantFrom(1, 2, 3, 4, 5, 'dont_know'), { nil: undefined })
  const record = fc.record({
    grade: fc.constantFrom('frontline_staff', 'operational_manager', 'senior_executive', undefined),
    sector: fc.constantFrom('care_home', 'acute_hospital', 'vcse', 'ambulance', undefined),
    treat_fairly: point,
    fair_costs: point,
    fair_say: point,
    take_risks: point,
  })
  // Skewed, so that some cells are large and others are hidden.
  const samples = fc.sample(fc.tuple(record, fc.nat(143)), { numRuns: 5000, seed: 20260601 })
  addResponses(
    app,
    collection.id,
    samples.map(([answers, draw]) => ({
      answers: JSON.parse(JSON.stringify(answers)) as Record<string, unknown>,
      system: systems[Math.floor(Math.sqrt(draw))]!,
    })),
  )
  releaseResults(app, collection.id)
  const reviewer = signIn(app, 'reviewer')
  for (const query of ['breakdown=region', 'breakdown=system', 'breakdown=sector', 'breakdown=grade', 'cross=true']) {
    const { body } = (await reviewer.get(`/api/collections/${collection.id}/results?${query}`).expect(200)) as {
      body: Results
    }
    const hiddenRates = body.responseRates.flatMap((cell, place) => (cell.suppressed ? [place] : []))
    for (const { cells } of [...body.indicators, ...body.scales]) {
      // A base and the states beside it would add up to the responses.
      for (const place of hiddenRates) expect(cells[place]!.suppressed).toBe(true)
      const [whole, ...parts] = cells
      if (!whole || whole.suppressed) continue
      const shown = parts.filter((cell) => !cell.suppressed)
      const sum = shown.reduce((total, cell) => total + cell.base, 0)
      expect(sum).toBeLessThanOrEqual(whole.base)
      expect(parts.length - shown.length).not.toBe(1)
      if (shown.length === parts.length) expect(sum).toBe(whole.base)
    }
  }
})

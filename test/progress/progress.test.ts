import { beforeEach, describe, expect, test } from 'vitest'
import type { Progress } from '../../server/progress/schema.ts'
import { setDisposition } from '../../server/invitations/queries/dispositions.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { queueMessage, recordAttempt } from '../../server/outbox/queries/messages.ts'
import { testApp, type TestApp } from '../app.ts'
import {
  addResponses,
  createCollection,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  signIn,
} from '../factories.ts'
import { addMessageEvent } from '../stored/messages.ts'

type Role = 'admin' | 'reviewer' | 'analyst'

let app: TestApp
beforeEach(() => {
  app = testApp()
})

const progressFor = async (role: Role, id: string, systems?: string[]) =>
  (await signIn(app, role, { systems }).get(`/api/collections/${id}/progress`)).body as Progress
const cellOf = ({ cells }: Progress, label: string) => cells.find((cell) => cell.label === label)
const answers = { summary_received: 'under_quarter' }

function send(collectionId: string, invitationId: string, how: 'sent' | 'failed' = 'sent'): string {
  const message = { kind: 'invitation' as const, recipient: 'a@example.org', collectionId, invitationId }
  const id = queueMessage(app.db, message, { now: app.time.now })
  recordAttempt(app.db, id, { event: how, detail: '', now: app.time.now, isDead: how === 'failed' })
  return id
}

describe('for an admin', () => {
  test('every count by system and type, with dispositions and rates, small ones too', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 9 })
    const at = (index: number) => invitations[index]!
    invitations.slice(0, 6).forEach(({ invitation }) => send(collection.id, invitation.id))
    const bounced = send(collection.id, at(6).invitation.id)
    addMessageEvent(app.db, { messageId: bounced, event: 'bounced_hard', at: app.time.now.toISOString() })
    addResponses(app, collection.id, [
      { answers, invitation: at(0) },
      { answers, invitation: at(1), status: 'partial' },
    ])
    setInvitationOutcome(app.db, at(2).invitation.id, 'declined', app.time.now)
    setDisposition(
      app.db,
      { collectionId: collection.id, invitationId: at(3).invitation.id, disposition: 'NE', reason: 'Closed' },
      { actor: 'admin@example.org', now: app.time.now },
    )
    const progress = await progressFor('admin', collection.id)
    expect(progress).toMatchObject({ k: 10, gated: false })
    expect(progress.cells.map(({ label }) => label)).toEqual([
      'All',
      'Trafford',
      'Nursing home',
      'Residential care home',
      'Domiciliary care',
    ])
    expect(progress.cells[0]).toEqual({
      cell: {},
      label: 'All',
      suppressed: false,
      services: 9,
      invited: 9,
      handedOver: 7,
      bounced: 1,
      begun: 2,
      declined: 1,
      messages: { waiting: 0, sent: 7, failed: 0, cancelled: 0 },
      responses: { complete: 1, partial: 1 },
      dispositions: { I: 1, P: 1, R: 1, NC: 0, O: 0, U: 5, NE: 1 },
      // D = 3, e = 3/4: RR3 = 1/(3 + 3.75).
      rates: { RR1: 12.5, RR2: 25, RR3: 14.8, RR4: 29.6, RR5: null, RR6: null },
    })
    expect(cellOf(progress, 'Residential care home')).toMatchObject({ services: 3, responses: { complete: 1 } })
  })

  test('a cascade has counts of responses and no rate, systems without any too', async () => {
    createSystem(app, { code: 'york', name: 'York' })
    const { collection } = openCascadeCollection(app, { systems: ['trafford', 'york'] })
    addResponses(app, collection.id, [{ answers: { grade: 'other' }, system: 'trafford' }])
    const { cells, push } = await progressFor('admin', collection.id)
    expect(cells).toMatchObject([
      { label: 'All', invited: null, dispositions: null, rates: null, responses: { complete: 1, partial: 0 } },
      { label: 'Trafford', responses: { complete: 1 } },
      { label: 'York', responses: { complete: 0 } },
    ])
    expect(push.map(({ system, reachable }) => [system.code, reachable])).toEqual([
      ['trafford', null],
      ['york', null],
    ])
  })
})

describe('for anyone else', () => {
  test('small counts are hidden whole, from the whole downwards', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 12 })
    addResponses(
      app,
      collection.id,
      invitations.slice(0, 3).map((invitation) => ({ answers, invitation })),
    )
    const progress = await progressFor('analyst', collection.id)
    expect(progress).toMatchObject({ gated: true, days: [], push: [] })
    for (const { cell, label, suppressed, ...counts } of progress.cells)
      expect({ cell, label, suppressed, said: [...new Set(Object.values(counts))] }).toEqual({
        cell,
        label,
        suppressed: true,
        said: [null],
      })
    expect(JSON.stringify(progress)).not.toContain('under_quarter')
  })

  test('large counts are shown, with every disposition', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 45, k: 3 })
    addResponses(
      app,
      collection.id,
      invitations
        .slice(0, 36)
        .map((invitation, index) => ({ answers, invitation, status: index < 30 ? 'complete' : 'partial' })),
    )
    const { cells } = await progressFor('analyst', collection.id)
    expect(cells[0]).toMatchObject({
      responses: { complete: 30, partial: 6 },
      dispositions: { I: 30, P: 6, R: 0, NC: 0, O: 0, U: 9, NE: 0 },
    })
    expect(cells[2]).toMatchObject({ cell: { service_type: 'nursing_home' }, services: 15 })
  })

  test('a group whose answers come from one provider is hidden, as in results', async () => {
    const { collection, invitations } = openPersonalCollection(app, {
      k: 3,
      services: Array.from({ length: 30 }, (_, index) =>
        index % 3 === 0 ? { providerKey: '1-200000000', providerName: 'One provider' } : {},
      ),
    })
    addResponses(
      app,
      collection.id,
      invitations.map((invitation) => ({ answers, invitation })),
    )
    const { cells } = await progressFor('analyst', collection.id)
    expect(cells.find(({ label }) => label === 'Residential care home')).toMatchObject({ suppressed: true })
    expect(cells[0]).toMatchObject({ suppressed: false, responses: { complete: 30 } })
  })

  /** Three systems, of which the second and third make up a region with few answers. */
  function regions() {
    createSystem(app, { code: 'trafford', name: 'Trafford', region: 'North West' })
    createSystem(app, { code: 'bury', name: 'Bury', region: 'North West' })
    createSystem(app, { code: 'york', name: 'York', region: 'Yorkshire and the Humber' })
    const { collection } = openCascadeCollection(app, { systems: ['trafford', 'bury', 'york'], k: 5 })
    const add = (system: string, count: number) =>
      addResponses(
        app,
        collection.id,
        Array.from({ length: count }, () => ({ answers: { grade: 'other', sector: 'vcse' }, system })),
      )
    return { collection, add }
  }

  test('a hidden region takes its systems with it: regions are linked, though the page shows none', async () => {
    const { collection, add } = regions()
    add('trafford', 12)
    add('bury', 3)
    add('york', 8)
    const { cells } = await progressFor('analyst', collection.id)
    // By systems alone York, smaller than Trafford, would protect Bury. But results show the North West, which is Bury and Trafford.
    expect(cells.map(({ label, suppressed }) => [label, suppressed])).toEqual([
      ['All', false],
      ['Bury', true],
      ['Trafford', true],
      ['York', false],
    ])
  })

  test('progress hides exactly what the results of the same answers hide', async () => {
    const { collection, add } = regions()
    add('trafford', 8)
    add('bury', 6)
    add('york', 4)
    const { cells } = await progressFor('analyst', collection.id)
    const admin = signIn(app, 'admin')
    const address = `/api/collections/${collection.id}`
    await admin.post(`${address}/close`)
    const { id } = (await admin.post(`${address}/snapshots`)).body as { id: string }
    await admin.post(`${address}/snapshots/${id}/release`)
    const { responseRates } = (await admin.get(`${address}/results?breakdown=system`)).body as {
      responseRates: { cell: object; suppressed: boolean }[]
    }
    const hidden = (all: { cell: object; suppressed: boolean }[]) =>
      all.map(({ cell, suppressed }) => [cell, suppressed])
    expect(hidden(cells)).toEqual(hidden(responseRates))
    expect(cells.some(({ suppressed }) => suppressed)).toBe(true)
  })

  test('a reviewer sees the systems in scope, and nothing of a collection of others', async () => {
    const { collection, add } = regions()
    for (const system of ['trafford', 'bury', 'york']) add(system, 12)
    const { cells } = await progressFor('reviewer', collection.id, ['york'])
    expect(cells.map(({ label }) => label)).toEqual(['All', 'York'])
    createSystem(app, { code: 'leeds', name: 'Leeds' })
    const outside = signIn(app, 'reviewer', { systems: ['leeds'] })
    expect((await outside.get(`/api/collections/${collection.id}/progress`)).status).toBe(403)
  })

  test('a system without an answer is left out, as in results', async () => {
    const { collection, add } = regions()
    add('trafford', 12)
    add('bury', 12)
    const { cells } = await progressFor('analyst', collection.id)
    expect(cells.map(({ label }) => label)).toEqual(['All', 'Bury', 'Trafford'])
  })
})

describe('systems in need of a push', () => {
  test('those under the threshold or well behind, where somebody can still be reached', async () => {
    for (const [code, name] of [
      ['bury', 'Bury'],
      ['leeds', 'Leeds'],
      ['york', 'York'],
    ] as const)
      createSystem(app, { code, name })
    const systems = ['bury', 'leeds', 'trafford', 'york']
    const { collection, invitations } = openPersonalCollection(app, { services: 40, systems, k: 3 })
    const inSystem = (code: string) => invitations.filter(({ system }) => system.code === code)
    const add = (code: string, count: number) =>
      addResponses(
        app,
        collection.id,
        inSystem(code)
          .slice(0, count)
          .map((invitation) => ({ answers, invitation })),
      )
    add('bury', 10)
    add('leeds', 3)
    add('trafford', 1)
    add('york', 5)
    // Everybody else in York has refused: no message would help.
    for (const { invitation } of inSystem('york').slice(5))
      setInvitationOutcome(app.db, invitation.id, 'declined', app.time.now)
    send(collection.id, inSystem('trafford')[9]!.invitation.id, 'failed')
    const { push } = await progressFor('admin', collection.id)
    expect(push).toEqual([
      { system: { code: 'leeds', name: 'Leeds' }, complete: 3, reachable: 7, reasons: ['behind'] },
      {
        system: { code: 'trafford', name: 'Trafford' },
        complete: 1,
        reachable: 8,
        reasons: ['under_threshold', 'behind'],
      },
    ])
    app.time.now = new Date('2026-06-27T09:00:00Z')
    expect((await progressFor('admin', collection.id)).push).toEqual([])
  })
})

test('signed out, not there', async () => {
  const { id } = createCollection(app)
  expect((await app.request.get(`/api/collections/${id}/progress`)).status).toBe(401)
  expect((await signIn(app, 'admin').get('/api/collections/none/progress')).status).toBe(404)
})

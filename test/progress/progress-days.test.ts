import { beforeEach, describe, expect, test } from 'vitest'
import type { Progress } from '../../server/progress/schema.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { queueMessage, recordAttempt } from '../../server/outbox/queries/messages.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { addMessageEvent } from '../stored/messages.ts'

type Role = 'admin' | 'analyst'

let app: TestApp
beforeEach(() => {
  app = testApp()
})

const progressFor = async (role: Role, id: string) =>
  (await signIn(app, role).get(`/api/collections/${id}/progress`)).body as Progress
const answers = { summary_received: 'under_quarter' }

function send(collectionId: string, invitationId: string): string {
  const message = { kind: 'invitation' as const, recipient: 'a@example.org', collectionId, invitationId }
  const id = queueMessage(app.db, message, { now: app.time.now })
  recordAttempt(app.db, id, { event: 'sent', detail: '', now: app.time.now })
  return id
}

describe('over time', () => {
  const passDay = () => (app.time.now = new Date(app.time.now.getTime() + 24 * 3_600_000))

  test('what there was by the end of each day in London, days without anything included', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 4 })
    invitations.forEach(({ invitation }) => send(collection.id, invitation.id))
    app.time.now = new Date('2026-06-01T23:30:00Z')
    addResponses(app, collection.id, [{ answers, invitation: invitations[0]! }])
    app.time.now = new Date('2026-06-04T09:00:00Z')
    setInvitationOutcome(app.db, invitations[1]!.invitation.id, 'declined', app.time.now)
    const { days } = await progressFor('admin', collection.id)
    const none = { declined: 0, bounced: 0 }
    expect(days).toEqual([
      { day: '2026-06-01', handedOver: 4, begun: 0, complete: 0, ...none },
      { day: '2026-06-02', handedOver: 4, begun: 1, complete: 1, ...none },
      { day: '2026-06-03', handedOver: 4, begun: 1, complete: 1, ...none },
      { day: '2026-06-04', handedOver: 4, begun: 1, complete: 1, declined: 1, bounced: 0 },
    ])
  })

  test('a message sent again or bounced twice counts once', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 1 })
    const { id: invitationId } = invitations[0]!.invitation
    const first = send(collection.id, invitationId)
    for (const at of ['2026-06-01T10:00:00Z', '2026-06-02T10:00:00Z'])
      addMessageEvent(app.db, { messageId: first, event: 'bounced_hard', at })
    app.time.now = new Date('2026-06-02T12:00:00Z')
    const { days } = await progressFor('admin', collection.id)
    expect(days.map(({ handedOver, bounced }) => [handedOver, bounced])).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  test('ends at the close', async () => {
    const { collection } = openPersonalCollection(app, { services: 1, closes: '2026-06-03' })
    app.time.now = new Date('2026-06-20T09:00:00Z')
    const { days } = await progressFor('admin', collection.id)
    expect(days.map(({ day }) => day)).toEqual(['2026-06-01', '2026-06-02', '2026-06-03'])
  })

  test('anyone but an admin sees it from the day on which enough had answered', async () => {
    const { collection, invitations } = openPersonalCollection(app, { services: 30, k: 5 })
    for (const [from, to] of [
      [0, 4],
      [4, 12],
    ] as const) {
      addResponses(
        app,
        collection.id,
        invitations.slice(from, to).map((invitation) => ({ answers, invitation })),
      )
      passDay()
    }
    const seen = async (role: Role) => (await progressFor(role, collection.id)).days.map(({ complete }) => complete)
    expect([await seen('admin'), await seen('analyst')]).toEqual([
      [4, 12, 12],
      [12, 12],
    ])
  })
})

describe('as a csv file', () => {
  const csv = (role: Role, id: string, of: string) =>
    signIn(app, role).get(`/api/collections/${id}/progress?format=csv&of=${of}`)

  test('groups: a row for each, hidden ones with nothing but their name', async () => {
    const { collection, invitations } = openPersonalCollection(app, {
      name: '=cmd()',
      services: 3,
      notice: 'Synthetic',
    })
    addResponses(app, collection.id, [{ answers, invitation: invitations[0]! }])
    const answer = await csv('admin', collection.id, 'groups')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="progress-groups.csv"',
    })
    const lines = answer.text.split('\r\n')
    expect(lines[0]).toBe(
      'collection,at,breakdown,code,label,suppressed,services,invited,handed_over,bounced,begun,complete,partial,declined,messages_waiting,messages_sent,messages_failed,messages_cancelled,I,P,R,NC,O,U,NE,RR1,RR2,RR3,RR4,RR5,RR6,notice',
    )
    expect(lines[2]).toBe(
      "'=cmd(),2026-06-01T09:00:00.000Z,system,trafford,Trafford,false,3,3,0,0,1,1,0,0,0,0,0,0,1,0,0,0,0,2,0,33.3,33.3,33.3,33.3,,,Synthetic",
    )
    const hidden = (await csv('analyst', collection.id, 'groups')).text.split('\r\n')[1]
    expect(hidden).toBe(`'=cmd(),2026-06-01T09:00:00.000Z,,,All,true${','.repeat(26)}Synthetic`)
  })

  test('days: a row for each', async () => {
    const { collection } = openPersonalCollection(app, { services: 3 })
    expect((await csv('admin', collection.id, 'days')).text).toBe(
      'collection,day,handed_over,begun,complete,declined,bounced,notice\r\nReview,2026-06-01,0,0,0,0,0,\r\n',
    )
    expect((await csv('admin', collection.id, 'weather')).status).toBe(400)
  })
})

test('a big collection is counted again after five seconds, and says of when its counts are', async () => {
  const { collection } = openCascadeCollection(app)
  const partial = { answers: { grade: 'other' }, status: 'partial' as const }
  addResponses(app, collection.id, Array<typeof partial>(5000).fill(partial))
  const begun = async () => {
    const { at, cells } = await progressFor('admin', collection.id)
    return [at, cells[0]!.responses!.partial]
  }
  expect(await begun()).toEqual(['2026-06-01T09:00:00.000Z', 5000])
  addResponses(app, collection.id, [partial])
  app.time.now = new Date('2026-06-01T09:00:04Z')
  expect(await begun()).toEqual(['2026-06-01T09:00:00.000Z', 5000])
  app.time.now = new Date('2026-06-01T09:00:05Z')
  expect(await begun()).toEqual(['2026-06-01T09:00:05.000Z', 5001])
})

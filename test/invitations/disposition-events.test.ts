import { beforeEach, describe, expect, test } from 'vitest'
import {
  countInvitationStates,
  getInvitationState,
  setDisposition,
} from '../../server/invitations/queries/dispositions.ts'
import {
  recordInvitationEvent,
  listInvitationEvents,
  type InvitationEvent,
} from '../../server/invitations/queries/events.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import { queueMessage, recordAttempt, type Message } from '../../server/outbox/queries/messages.ts'
import { dispositionOf } from '../../server/invitations/rules/dispositions.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, openPersonalCollection, signIn } from '../factories.ts'
import { auditEntriesOf } from '../stored/accounts.ts'
import { changeInvitations } from '../stored/invitations.ts'
import { addMessageEvent } from '../stored/messages.ts'

let app: TestApp
let collectionId: string
let invited: ReturnType<typeof openPersonalCollection>['invitations'][number]
beforeEach(() => {
  app = testApp()
  const { collection, invitations: all } = openPersonalCollection(app, { services: 2 })
  collectionId = collection.id
  invited = all[0]!
})

const passMinute = () => (app.time.now = new Date(app.time.now.getTime() + 60_000))
const event = (name: InvitationEvent, actor = 'respondent') =>
  recordInvitationEvent(app.db, { invitationId: invited.invitation.id, event: name, actor, at: passMinute() })

/** A message of the invitation, as the worker leaves it. */
function send(kind: Message['kind'], how: 'sent' | 'failed', recipient = 'manager1@example.org'): string {
  const now = passMinute()
  const id = queueMessage(app.db, { kind, recipient, collectionId, invitationId: invited.invitation.id }, { now })
  const refused = { detail: '550 no such user', isDead: true }
  recordAttempt(app.db, id, { event: how, now, ...(how === 'sent' ? { detail: '250 OK' } : refused) })
  return id
}
const bounce = (messageId: string, how: 'bounced_hard' | 'bounced_soft' | 'bounced_policy' = 'bounced_hard') =>
  addMessageEvent(app.db, { messageId, event: how, at: passMinute().toISOString() })

/** What holds now; and that counting over the collection says the same of it. */
function standing(closed = true) {
  const state = getInvitationState(app.db, collectionId, invited.invitation.id)!
  const groups = countInvitationStates(app.db, collectionId, 'summary_received')
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  expect(groups.map((group) => group.state)).toContainEqual(state)
  return { disposition: dispositionOf({ ...state, closed }), undelivered: state.undelivered, state }
}

describe('what follows from the events', () => {
  test('delivered, nothing back', () => {
    send('invitation', 'sent')
    expect(standing()).toMatchObject({ disposition: 'U', undelivered: false })
  })

  test('a hard bounce is undelivered, until the address is corrected', () => {
    bounce(send('invitation', 'sent'))
    expect(standing()).toMatchObject({ disposition: 'U', undelivered: true })
    event('contact_corrected', 'admin@example.org')
    expect(standing().undelivered).toBe(false)
    send('link_again', 'sent', 'better@example.org')
    expect(standing().undelivered).toBe(false)
  })

  test('a late report on the old address says nothing of the corrected one; one on the new address does', () => {
    const first = send('invitation', 'sent')
    event('contact_corrected', 'admin@example.org')
    bounce(first)
    expect(standing().undelivered).toBe(false)
    bounce(send('link_again', 'sent', 'better@example.org'))
    expect(standing().undelivered).toBe(true)
  })

  test.each(['bounced_soft', 'bounced_policy'] as const)('%s alone does not make it undelivered', (how) => {
    bounce(send('invitation', 'sent'), how)
    expect(standing().undelivered).toBe(false)
  })

  test('refused by the server is undelivered, until a later message is accepted', () => {
    send('invitation', 'failed')
    expect(standing().undelivered).toBe(true)
    send('reminder', 'sent')
    expect(standing().undelivered).toBe(false)
    send('reminder', 'failed')
    expect(standing().undelivered).toBe(true)
  })

  test('refused for anything but the address is not undelivered', () => {
    const id = send('invitation', 'sent')
    recordAttempt(app.db, id, { event: 'failed', detail: '554 blocked', now: passMinute() })
    expect(standing()).toMatchObject({ disposition: 'U', undelivered: false })
  })

  test('a test message tells nothing', () => {
    send('test', 'failed')
    expect(standing().undelivered).toBe(false)
  })

  test('passed on to a colleague is contact confirmed, unless the colleague cannot be reached', () => {
    bounce(send('invitation', 'sent'))
    event('passed_on')
    expect(standing()).toMatchObject({ disposition: 'NC', undelivered: false })
    bounce(send('passed_on', 'sent', 'colleague@example.org'))
    expect(standing().disposition).toBe('U')
  })

  test('a refusal taken back leaves contact confirmed; taken back by an admin it does not', () => {
    setInvitationOutcome(app.db, invited.invitation.id, 'declined', app.time.now)
    expect(standing().disposition).toBe('R')
    setInvitationOutcome(app.db, invited.invitation.id, null, app.time.now)
    event('undone', 'admin@example.org')
    expect(standing().disposition).toBe('U')
    event('undone')
    expect(standing().disposition).toBe('NC')
  })

  test('opted out of messages is a refusal', () => {
    changeInvitations(app.db, { unsubscribedAt: app.time.now.toISOString() }, invited.invitation.id)
    expect(standing().disposition).toBe('R')
  })

  test.each<[string, Record<string, string>, string, string]>([
    ['the lead indicator', { summary_received: 'under_quarter' }, 'P', 'P'],
    ['another question', { older_people_discharged: 'yes' }, 'P', 'R'],
    ['nothing', {}, 'U', 'U'],
  ])('begun with %s: in progress, and what it is after the close', (_words, answers, open, closed) => {
    addResponses(app, collectionId, [{ answers, invitation: invited, status: 'partial' }])
    expect([standing(false).disposition, standing(true).disposition]).toEqual([open, closed])
  })

  test('a test response is nobody’s', () => {
    addResponses(app, collectionId, [
      { answers: { summary_received: 'under_quarter' }, invitation: invited, source: 'test' },
    ])
    expect(standing().disposition).toBe('U')
  })

  test('there is no state of an invitation of another collection', () => {
    const other = openPersonalCollection(app, { name: 'Other' })
    expect(getInvitationState(app.db, other.collection.id, invited.invitation.id)).toBeUndefined()
  })
})

describe('set by hand', () => {
  const put = (body: object, role: 'admin' | 'reviewer' = 'admin', id = invited.invitation.id) =>
    signIn(app, role).put(`/api/collections/${collectionId}/invitations/${id}/disposition`).send(body)

  test.each(['R', 'NC', 'O', 'U', 'NE'] as const)(
    '%s, with a reason, noted in the history and the audit log',
    async (wanted) => {
      const answer = await put({ disposition: wanted, reason: 'Told us by telephone' })
      expect([answer.status, answer.body]).toEqual([
        200,
        { disposition: wanted, fromEvents: 'U', set: wanted, reason: 'Told us by telephone' },
      ])
      expect(standing().disposition).toBe(wanted)
      expect(listInvitationEvents(app.db, invited.invitation.id)).toMatchObject([
        { event: 'disposition_set', detail: `${wanted}: Told us by telephone`, actor: 'admin@example.org' },
      ])
      expect(auditEntriesOf(app.db, 'invitation.disposition').map(({ detail }) => detail)).toEqual([
        { collection: collectionId, disposition: wanted },
      ])
    },
  )

  test('taken back, what follows from the events holds again', async () => {
    await put({ disposition: 'O', reason: 'Ill for months' })
    expect((await put({ disposition: null, reason: 'Back at work' })).body).toMatchObject({
      disposition: 'U',
      set: null,
    })
  })

  test.each([
    ['complete without answers', undefined, 'I'],
    ['partial without anything begun', undefined, 'P'],
    ['a refusal over complete answers', 'complete' as const, 'R'],
    ['complete over answers that were begun', 'partial' as const, 'I'],
  ])('%s is refused', async (_words, status, wanted) => {
    if (status)
      addResponses(app, collectionId, [{ answers: { summary_received: 'under_quarter' }, invitation: invited, status }])
    expect(await put({ disposition: wanted, reason: 'By telephone' })).toMatchObject({
      status: 409,
      body: { error: { code: 'disposition_contradicts' } },
    })
    expect(listInvitationEvents(app.db, invited.invitation.id)).toEqual([])
  })

  test('not eligible over complete answers: they stay stored', async () => {
    addResponses(app, collectionId, [{ answers: { summary_received: 'under_quarter' }, invitation: invited }])
    expect((await put({ disposition: 'NE', reason: 'Closed in March' })).body).toMatchObject({ fromEvents: 'I' })
    expect(standing().state.response?.status).toBe('complete')
    expect(standing().disposition).toBe('NE')
  })

  test('without a reason, or one that is no disposition, is refused', async () => {
    expect((await put({ disposition: 'O' })).status).toBe(400)
    expect((await put({ disposition: 'O', reason: ' ' })).status).toBe(400)
    expect((await put({ disposition: 'X', reason: 'Why' })).status).toBe(400)
  })

  test('signed out, not allowed, not there', async () => {
    const address = `/api/collections/${collectionId}/invitations/${invited.invitation.id}/disposition`
    const { publicUrl } = app.context.config
    expect((await app.request.put(address).set('Origin', publicUrl).send({})).status).toBe(401)
    expect((await app.request.get(address)).status).toBe(401)
    expect((await signIn(app, 'analyst').get(address)).status).toBe(403)
    expect((await signIn(app, 'admin').get(address.replace(invited.invitation.id, 'none'))).status).toBe(404)
    expect((await signIn(app, 'admin').get(address)).body).toMatchObject({
      disposition: 'U',
      fromEvents: 'U',
      set: null,
    })
    expect((await put({ disposition: 'O', reason: 'Why' }, 'reviewer')).status).toBe(403)
    expect((await put({ disposition: 'O', reason: 'Why' }, 'admin', 'none')).status).toBe(404)
    expect(() =>
      setDisposition(
        app.db,
        { collectionId: 'none', invitationId: invited.invitation.id, disposition: 'O', reason: 'Why' },
        { actor: 'admin@example.org', now: app.time.now },
      ),
    ).toThrow('no such invitation')
  })
})

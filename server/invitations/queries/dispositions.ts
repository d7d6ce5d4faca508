import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, count, eq, getTableColumns, gt, inArray, lte, ne, sql, type SQL } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections, frameServices, invitations, messages, questionSetVersions, responses } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict, notFound } from '../../errors.ts'
import { canBeSet, type Disposition, type InvitationState } from '../rules/dispositions.ts'
import { recordInvitationEvent } from './events.ts'
import type { Message } from '../../outbox/queries/messages.ts'

export interface InvitationGroup {
  systemId: string
  category: string
  /** False for a service of the frame without an invitation. */
  invited: boolean
  /** A message to it was accepted by a mail server. */
  handedOver: boolean
  state: Omit<InvitationState, 'closed'>
  messageStatus: Message['status'] | null
  count: number
}

// Few enough that nobody notices how long one page takes.
const pageSize = 1000

/** The services of a collection's frame, counted by all that their disposition follows from. `leadVariable`: the question of the plan's lead indicator. */
export const countInvitationStates = (
  db: Db,
  collectionId: string,
  leadVariable: string | undefined,
): InvitationGroup[] => merged([...countByPage(db, collectionId, leadVariable)])

/** The same, giving way to other requests between pages: each service is counted once, as it stands when its page is read. */
export async function countInvitationStatesGently(
  db: Db,
  collectionId: string,
  leadVariable: string | undefined,
): Promise<InvitationGroup[]> {
  const pages: InvitationGroup[][] = []
  for (const page of countByPage(db, collectionId, leadVariable)) {
    pages.push(page)
    await nextTurn()
  }
  return merged(pages)
}

function merged(pages: readonly InvitationGroup[][]): InvitationGroup[] {
  const groups = new Map<string, InvitationGroup>()
  for (const { count, ...group } of pages.flat()) {
    const key = JSON.stringify(group)
    groups.set(key, { ...group, count: count + (groups.get(key)?.count ?? 0) })
  }
  return [...groups.values()]
}

/** By Location ID, which is nobody's twice. */
function* countByPage(db: Db, collectionId: string, leadVariable: string | undefined): Generator<InvitationGroup[]> {
  const { locationId } = frameServices
  const ofCollection = eq(frameServices.collectionId, collectionId)
  for (let after: string | undefined = ''; after !== undefined;) {
    const from = and(ofCollection, gt(locationId, after))
    const last: { locationId: string } | undefined = db
      .select({ locationId })
      .from(frameServices)
      .where(from)
      .orderBy(asc(locationId))
      .limit(1)
      .offset(pageSize - 1)
      .get()
    yield countPage(db, collectionId, last ? and(from, lte(locationId, last.locationId)) : from, leadVariable)
    after = last?.locationId
  }
}

function countPage(
  db: Db,
  collectionId: string,
  services: SQL | undefined,
  leadVariable: string | undefined,
): InvitationGroup[] {
  const { systemId, category } = getTableColumns(frameServices)
  const invitationsOf = db
    .select({ id: invitations.id })
    .from(frameServices)
    .innerJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .where(services)
  const delivery = deliveryOf(db, collectionId, inArray(messages.invitationId, invitationsOf))
  const rows = db
    .select({
      systemId,
      category,
      invited: sql`${invitations.id} is not null`.mapWith(Boolean).as('invited'),
      handedOver: sql`coalesce(${delivery.handedOver}, 0)`.mapWith(Boolean).as('handed'),
      messageStatus: messages.status,
      ...stateFields(delivery.undelivered, leadVariable),
      count: count(),
    })
    .from(frameServices)
    .leftJoin(invitations, eq(invitations.frameServiceId, frameServices.id))
    .leftJoin(responses, and(eq(responses.invitationId, invitations.id), ne(responses.source, 'test')))
    .leftJoin(messages, and(eq(messages.invitationId, invitations.id), eq(messages.kind, 'invitation')))
    .leftJoin(delivery, eq(delivery.invitationId, invitations.id))
    .where(services)
    .groupBy(sql`1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14`)
    .all()
  return rows.map(({ systemId, category, invited, handedOver, messageStatus, count, ...row }) => ({
    systemId,
    category,
    invited,
    handedOver,
    messageStatus,
    count,
    state: stateOf(row),
  }))
}

/** All that an invitation's disposition follows from, but for the close; undefined: there is no such invitation. */
export function getInvitationState(
  db: Db,
  collectionId: string,
  invitationId: string,
): Omit<InvitationState, 'closed'> | undefined {
  const delivery = deliveryOf(db, collectionId, eq(messages.invitationId, invitationId))
  const row = db
    .select(stateFields(delivery.undelivered, getLeadVariable(db, collectionId)))
    .from(invitations)
    .innerJoin(frameServices, eq(frameServices.id, invitations.frameServiceId))
    .leftJoin(responses, and(eq(responses.invitationId, invitations.id), ne(responses.source, 'test')))
    .leftJoin(delivery, eq(delivery.invitationId, invitations.id))
    .where(and(eq(invitations.id, invitationId), eq(invitations.collectionId, collectionId)))
    .get()
  return row && stateOf(row)
}

/**
 * Sets an invitation's disposition by hand, or takes that back with null; what answers are stored stays as it is. Throws not_found or
 * disposition_contradicts.
 */
export function setDisposition(
  db: Db,
  {
    collectionId,
    invitationId,
    disposition,
    reason,
  }: { collectionId: string; invitationId: string; disposition: Disposition | null; reason: string },
  { actor, now }: Who,
): void {
  write(db, (tx) => {
    const state = getInvitationState(tx, collectionId, invitationId)
    if (!state) throw notFound('There is no such invitation.')
    if (disposition !== null && !canBeSet(disposition, state))
      throw conflict('disposition_contradicts', contradiction(disposition, state))
    tx.update(invitations)
      .set({ setDisposition: disposition, setDispositionReason: disposition === null ? null : reason })
      .where(eq(invitations.id, invitationId))
      .run()
    const detail = `${disposition ?? 'taken back'}: ${reason}`
    recordInvitationEvent(tx, { invitationId, event: 'disposition_set', detail, actor, at: now })
    // The reason may name a person: it stands with the invitation alone, and goes with it.
    recordAudit(tx, {
      actor,
      action: 'invitation.disposition',
      subject: invitationId,
      detail: { collection: collectionId, disposition },
      at: now,
    })
  })
}

function contradiction(wanted: Disposition, { response }: Pick<InvitationState, 'response'>): string {
  if (response?.status === 'complete')
    return 'The answers of this service are stored: it counts as complete, unless it is not eligible.'
  return wanted === 'I'
    ? 'Nobody has submitted answers for this service. Import them first, if they came on paper.'
    : 'Nobody has begun to answer for this service.'
}

/** The question of the lead indicator of the collection's plan. */
function getLeadVariable(db: Db, collectionId: string): string | undefined {
  const plan = db
    .select({ plan: questionSetVersions.plan })
    .from(collections)
    .innerJoin(questionSetVersions, eq(questionSetVersions.id, collections.versionId))
    .where(eq(collections.id, collectionId))
    .get()?.plan
  return plan?.indicators.find(({ id }) => id === plan.leadIndicator)?.variable.split('.')[0]
}

/**
 * By invitation: whether a mail server ever took a message, and whether the address in use now is known not to work: the last message was
 * refused for that, or one bounced for good, since the contact was last corrected or passed on.
 */
function deliveryOf(db: Db, collectionId: string, ofInvitations: SQL) {
  const corrected = sql`(select max(v.at) from invitation_events v where v.invitation_id = ${messages.invitationId} and v.event in ('contact_corrected', 'passed_on'))`
  const isCurrent = sql`${messages.createdAt} >= coalesce(${corrected}, '')`
  const isBounced = sql`${messages.id} in (select message_id from message_events where event = 'bounced_hard')`
  const bounced = sql`${messages.sentAt} is not null and ${isBounced}`
  const lastOf = (test: ReturnType<typeof sql>) => sql`max(case when ${test} then ${messages.createdAt} end)`
  const refused = lastOf(sql`${messages.status} = 'failed' and ${isBounced} and ${isCurrent}`)
  const accepted = lastOf(sql`${messages.status} = 'sent'`)
  return db
    .select({
      invitationId: messages.invitationId,
      handedOver: sql<number>`max(${messages.sentAt} is not null)`.as('handed_over'),
      undelivered:
        sql<number>`max(${bounced} and ${isCurrent}) or coalesce(${refused} > coalesce(${accepted}, ''), 0)`.as(
          'undelivered',
        ),
    })
    .from(messages)
    .where(and(eq(messages.collectionId, collectionId), ne(messages.kind, 'test'), ofInvitations))
    .groupBy(messages.invitationId)
    .as('delivery')
}

/** Each under a name of its own, so that rows can be grouped by their place. */
function stateFields(undelivered: ReturnType<typeof deliveryOf>['undelivered'], leadVariable: string | undefined) {
  const path = leadVariable && `$."${leadVariable}"`
  const lead = path === undefined ? sql`0` : sql`json_extract(${responses.data}, ${path}) is not null`
  // Passing it on and taking a choice back show that somebody was there.
  const contacted = sql`exists (select 1 from invitation_events v where v.invitation_id = ${invitations.id} and (v.event = 'passed_on' or (v.event = 'undone' and v.actor = 'respondent')))`
  return {
    outcome: invitations.outcome,
    notEligible: sql`${frameServices.notEligibleReason} is not null`.mapWith(Boolean).as('not_eligible'),
    status: responses.status,
    leadAnswered: sql`coalesce(${lead}, 0)`.mapWith(Boolean).as('lead_answered'),
    anyAnswer: sql`coalesce(${responses.data} <> '{}', 0)`.mapWith(Boolean).as('any_answer'),
    undelivered: sql`coalesce(${undelivered}, 0)`.mapWith(Boolean).as('not_delivered'),
    unsubscribed: sql`${invitations.unsubscribedAt} is not null`.mapWith(Boolean).as('unsubscribed'),
    contacted: contacted.mapWith(Boolean).as('was_contacted'),
    set: invitations.setDisposition,
  }
}

interface StateRow extends Omit<InvitationState, 'closed' | 'response'> {
  status: 'partial' | 'complete' | 'withdrawn' | null
  leadAnswered: boolean
  anyAnswer: boolean
}

const stateOf = ({ status, leadAnswered, anyAnswer, ...row }: StateRow): Omit<InvitationState, 'closed'> => ({
  ...row,
  response: status === null ? null : { status, leadAnswered, anyAnswer },
})

/** What an invitation's disposition was set to by hand, and why. */
export const getSetDisposition = (db: Db, invitationId: string) =>
  db
    .select({ set: invitations.setDisposition, reason: invitations.setDispositionReason })
    .from(invitations)
    .where(eq(invitations.id, invitationId))
    .get()

import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { invitationEvents, invitations, responses, textAnswers } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { recordInvitationEvent, respondentActor } from '../../invitations/queries/events.ts'
import type { Submission } from '../rules/submission.ts'
import { getResponseByInvitation, requireOpen, type Owner, type ResponseRow } from './responses.ts'
import { submitResponse } from './submitting.ts'

interface Invited {
  invitationId: string
  collectionId: string
}

/** Stores that the person declines, or says that the service is no longer provided; saved answers stay. False: it was submitted or withdrawn meanwhile. Throws closed. */
export function recordChoice(
  db: Db,
  { invitationId, collectionId }: Invited,
  { choice, now }: { choice: 'declined' | 'not_eligible'; now: Date },
): boolean {
  return write(db, (tx) => {
    requireOpen(tx, collectionId, now)
    const invitation = tx.select().from(invitations).where(eq(invitations.id, invitationId)).get()
    const response = getResponseByInvitation(tx, invitationId)
    if (!invitation || invitation.outcome === 'withdrawn' || (response && response.status !== 'partial')) return false
    if (invitation.outcome === choice) return true
    tx.update(invitations)
      .set({ outcome: choice, outcomeAt: now.toISOString() })
      .where(eq(invitations.id, invitationId))
      .run()
    recordInvitationEvent(tx, { invitationId, event: choice, actor: respondentActor, at: now })
    return true
  })
}

const ownChoices = ['declined', 'not_eligible', 'no_discharges'] as const
export type OwnChoice = (typeof ownChoices)[number]

/** What the respondent's own choice stands at; undefined where the last word is an answer, an admin's, or an undoing. */
export function getOwnChoice(db: Db, invitationId: string): OwnChoice | undefined {
  const last = db
    .select({ event: invitationEvents.event, actor: invitationEvents.actor })
    .from(invitationEvents)
    .where(
      and(
        eq(invitationEvents.invitationId, invitationId),
        inArray(invitationEvents.event, [...ownChoices, 'passed_on', 'undone', 'completed']),
      ),
    )
    .orderBy(desc(invitationEvents.id))
    .limit(1)
    .get()
  return last?.actor === respondentActor ? ownChoices.find((choice) => choice === last.event) : undefined
}

/** Stores a complete response that says that nobody was discharged to the service. False: it was submitted or withdrawn meanwhile, or answers were changed. Throws closed. */
export function submitNoDischarges(
  db: Db,
  owner: Owner & { invitationId: string },
  submission: Submission,
  { now, revision }: { now: Date; revision: number },
): boolean {
  return write(db, (tx) => {
    const stored = getResponseByInvitation(tx, owner.invitationId)
    if ((stored?.revision ?? 0) !== revision || (stored && stored.status !== 'partial')) return false
    submitResponse(tx, owner, submission, { source: 'web', now })
    const event = { event: 'no_discharges', actor: respondentActor, at: now } as const
    recordInvitationEvent(tx, { invitationId: owner.invitationId, ...event })
    return true
  })
}

/** Takes back what the respondent stated, until the close. `question`: the one that *no discharges* answered. False: there is nothing to take back. Throws closed. */
export function undoChoice(
  db: Db,
  { invitationId, collectionId }: Invited,
  { now, question }: { now: Date; question: string | undefined },
): boolean {
  return write(db, (tx) => {
    requireOpen(tx, collectionId, now)
    const choice = getOwnChoice(tx, invitationId)
    const response = getResponseByInvitation(tx, invitationId)
    if (choice === undefined || response?.status === 'withdrawn') return false
    if (choice === 'no_discharges') {
      if (response?.status === 'complete' && question !== undefined) reopen(tx, response, question, now)
    } else {
      const stated = and(eq(invitations.id, invitationId), eq(invitations.outcome, choice))
      tx.update(invitations).set({ outcome: null, outcomeAt: null }).where(stated).run()
    }
    recordInvitationEvent(tx, { invitationId, event: 'undone', actor: respondentActor, at: now })
    return true
  })
}

/** The response as it was before: none, or a partial one with all that was answered otherwise. */
function reopen(tx: Db, response: ResponseRow, question: string, now: Date): void {
  // Made by the choice itself: nothing was saved before.
  if (response.revision === 1) {
    tx.delete(responses).where(eq(responses.id, response.id)).run()
    return
  }
  const texts = tx.select().from(textAnswers).where(eq(textAnswers.responseId, response.id)).all()
  const kept = Object.entries(response.data).filter(([name]) => name !== question)
  const revision = response.revision + 1
  tx.delete(textAnswers).where(eq(textAnswers.responseId, response.id)).run()
  tx.update(responses)
    .set({
      data: Object.fromEntries([...kept, ...texts.map(({ question: name, text }) => [name, text] as const)]),
      touched: { ...response.touched, [question]: revision },
      revision,
      status: 'partial',
      stratum: null,
      categoryDiffers: false,
      reference: null,
      submittedAt: null,
      savedAt: now.toISOString(),
    })
    .where(eq(responses.id, response.id))
    .run()
}

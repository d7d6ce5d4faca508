import type { AppContext } from '../../context.ts'
import { hashToken } from '../../links/tokens.ts'
import { Reply, seeOther, type Input } from '../../http/handle.ts'
import { recordChoice, submitNoDischarges, undoChoice } from '../queries/choices.ts'
import { passOn, takeBackHandover } from '../queries/handovers.ts'
import type { FormBody } from '../rules/form-changes.ts'
import { answersAgainst, noDischargesOf } from '../rules/no-discharges.ts'
import { prepareSubmission } from '../rules/submission.ts'
import { faultOfName, faultOfTypedAddress, typedText } from '../rules/typed-address.ts'
import { nothingSelected, undoPage } from '../templates/decisions.ts'
import type { Problem } from '../../http/respondent-page.ts'
import { choicePage, passOnPage, toldWords } from '../templates/own-choice.ts'
import { answersOf, categoryOf, type Link } from './link.ts'
import { chosenPageOf, goToStart, linkOf, toldBy } from './state.ts'

type Choosing = Input<object>
type Invited = { invitationId: string; collectionId: string }

// A shared link belongs to nobody who could decline; what was submitted is withdrawn; what was chosen is taken back first.
const mayChoose = (link: Link) =>
  link.state === 'open' &&
  link.kind === 'invited' &&
  link.handover === undefined &&
  link.choice !== 'not_eligible' &&
  link.response?.status !== 'complete'

function invitedOf({ owner }: Link): Invited {
  if (owner.invitationId === undefined) throw new Error('Only a personal link has an invitation.')
  return { invitationId: owner.invitationId, collectionId: owner.collectionId }
}

const render = (link: Link, problem?: Problem) =>
  choicePage({
    base: link.base,
    notice: link.notice,
    service: link.service?.name ?? '',
    closesAt: link.closesAt,
    noDischarges: noDischargesOf(link.definition, link.version.plan)?.title,
    begun: link.response !== undefined,
    problem,
  })

/** What a person can do instead of answering; changes nothing. */
export const showChoicePage = ({ req }: Choosing) => {
  const link = linkOf(req)
  return mayChoose(link) ? render(link) : goToStart(link)
}

/** Records what was selected; nothing without a selection. */
export const choose =
  (context: AppContext) =>
  ({ req }: Choosing) => {
    const link = linkOf(req)
    if (!mayChoose(link)) return goToStart(link)
    const now = context.clock()
    switch ((req.body as FormBody)['choice']) {
      case 'decline':
        recordChoice(context.db, invitedOf(link), { choice: 'declined', now })
        return chosenPageOf({ ...link, choice: 'declined' }) ?? goToStart(link)
      case 'not_eligible':
        recordChoice(context.db, invitedOf(link), { choice: 'not_eligible', now })
        return goToStart(link)
      case 'no_discharges':
        return stateNoDischarges(context, link)
      case 'pass_on':
        return seeOther(`${link.base}/pass-on`)
      case 'back':
        return goToStart(link)
      default:
        return new Reply(400, render(link, nothingSelected('choice')))
    }
  }

function stateNoDischarges({ db, clock }: AppContext, link: Link) {
  const { definition, version, system, base, owner, response } = link
  const none = noDischargesOf(definition, version.plan)
  if (!none) return new Reply(400, render(link, nothingSelected('choice')))
  const stored = answersOf(link)
  const answers = { ...stored, ...none.answers }
  if (answersAgainst(definition, none, stored).length > 0 || definition.check(answers, { complete: true }).length > 0) {
    const message =
      'You have answered questions about people who came from hospital. Take those answers back first, or submit them as they are'
    return new Reply(400, render(link, { href: `${base}/check`, message }))
  }
  const submission = prepareSubmission({ definition, plan: version.plan, system, category: categoryOf(link), answers })
  const { invitationId } = invitedOf(link)
  submitNoDischarges(db, { ...owner, invitationId }, submission, { now: clock(), revision: response?.revision ?? 0 })
  return goToStart(link)
}

const passOnForm = (link: Link, values = { name: '', email: '' }, problems: readonly Problem[] = []) =>
  passOnPage({
    base: link.base,
    notice: link.notice,
    service: link.service?.name ?? '',
    begun: link.response !== undefined,
    values,
    problems,
  })

export const showPassOnPage = ({ req }: Choosing) => {
  const link = linkOf(req)
  return mayChoose(link) ? passOnForm(link) : goToStart(link)
}

function problemsOf({ name, email }: { name: string; email: string }, current: string | null | undefined): Problem[] {
  const same = email.toLowerCase() === current?.toLowerCase()
  const faults = {
    name: faultOfName(name),
    email: same ? 'This is the address that the survey was sent to. Enter somebody else’s' : faultOfTypedAddress(email),
  }
  return Object.entries(faults).flatMap(([href, message]) => (message === undefined ? [] : [{ href, message }]))
}

/** Sends the right person a fresh link; the one used here then only takes that back. */
export const passOnToColleague =
  ({ db, tokenKey, clock }: AppContext) =>
  ({ req }: Choosing) => {
    const link = linkOf(req)
    if (!mayChoose(link)) return goToStart(link)
    const body = req.body as FormBody
    const colleague = { name: typedText(body['name']), email: typedText(body['email']) }
    const problems = problemsOf(colleague, link.service?.contactEmail)
    if (problems.length > 0) return new Reply(400, passOnForm(link, colleague, problems))
    const tokenHash = hashToken(String(req.params['token']))
    const { invitationId } = invitedOf(link)
    const result = passOn(db, { invitationId, tokenHash, colleague }, { tokenKey, now: clock() })
    if (result === 'too_many') {
      const message = 'This survey was passed on too often. Reply to the email that brought your link'
      return new Reply(409, passOnForm(link, colleague, [{ href: 'email', message }]))
    }
    return goToStart(link)
  }

const mayUndo = (link: Link) =>
  link.state === 'open' && (link.handover ? link.handover.mayTakeBack : link.choice !== undefined)

const undoForm = (link: Link, wrong: boolean) => {
  const choice = toldBy(link)
  return choice ? undoPage({ base: link.base, notice: link.notice, wrong, told: toldWords(choice) }) : goToStart(link)
}

export const showUndoPage = ({ req }: Choosing) => {
  const link = linkOf(req)
  return mayUndo(link) ? undoForm(link, false) : goToStart(link)
}

/** Takes back what the person chose, where *yes* was selected. */
export const undo =
  ({ db, tokenKey, clock }: AppContext) =>
  ({ req }: Choosing) => {
    const link = linkOf(req)
    if (!mayUndo(link)) return goToStart(link)
    const decision = (req.body as FormBody)['decision']
    if (decision !== 'yes' && decision !== 'no') return new Reply(400, undoForm(link, true))
    if (decision === 'no') return goToStart(link)
    const now = clock()
    if (link.handover) takeBackHandover(db, link.handover, { tokenKey, now })
    else
      undoChoice(db, invitedOf(link), { now, question: noDischargesOf(link.definition, link.version.plan)?.question })
    return goToStart(link)
  }

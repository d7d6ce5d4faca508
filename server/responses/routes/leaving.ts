import type { AppContext } from '../../context.ts'
import { setInvitationOutcome } from '../../distribution/queries/invitations.ts'
import { Reply, seeOther, type Input } from '../../http/handle.ts'
import { withdrawResponse } from '../queries.ts'
import type { FormBody } from '../rules/form-changes.ts'
import { declinePage, withdrawPage } from '../templates/decisions.ts'
import { declinedPage, withdrawnPage } from '../templates/messages.ts'
import type { Link } from './link.ts'
import { goToStart, linkOf } from './state.ts'

type Leaving = Input<object>

const decisionOf = (req: Leaving['req']): unknown => (req.body as FormBody)['decision']

const mayWithdraw = (link: Link) => link.state === 'open' && link.response !== undefined
// Who has begun withdraws, which deletes the answers too; a shared link belongs to nobody who could decline.
const mayDecline = (link: Link) => link.state === 'open' && link.kind === 'personal' && link.response === undefined

export const showWithdrawPage = ({ req }: Leaving) => {
  const link = linkOf(req)
  return mayWithdraw(link)
    ? withdrawPage({
        base: link.base,
        notice: link.notice,
        wrong: false,
        submitted: link.response?.status === 'complete',
      })
    : goToStart(link)
}

/** Deletes the answers, until the close; then the link shows the neutral page. */
export const withdraw =
  ({ db, clock }: AppContext) =>
  ({ req }: Leaving) => {
    const link = linkOf(req)
    const { response, base, notice } = link
    if (!mayWithdraw(link) || !response) return goToStart(link)
    const decision = decisionOf(req)
    if (decision === 'no') return goToStart(link)
    if (decision !== 'yes')
      return new Reply(400, withdrawPage({ base, notice, wrong: true, submitted: response.status === 'complete' }))
    withdrawResponse(db, response, clock())
    return withdrawnPage(notice)
  }

const declineAddress = (link: Link) =>
  link.kind === 'personal' && link.response ? seeOther(`${link.base}/withdraw`) : goToStart(link)

export const showDeclinePage = ({ req }: Leaving) => {
  const link = linkOf(req)
  return mayDecline(link) ? declinePage({ base: link.base, notice: link.notice, wrong: false }) : declineAddress(link)
}

/** Records that the service does not want to answer; taken back by answering. */
export const decline =
  ({ db, clock }: AppContext) =>
  ({ req }: Leaving) => {
    const link = linkOf(req)
    const { invitation, base, notice, closesAt } = link
    if (!mayDecline(link) || !invitation) return declineAddress(link)
    const decision = decisionOf(req)
    if (decision === 'no') return goToStart(link)
    if (decision !== 'yes') return new Reply(400, declinePage({ base, notice, wrong: true }))
    setInvitationOutcome(db, invitation.id, 'declined', clock())
    return declinedPage({ base, notice, closesAt })
  }

import type { AppContext } from '../../context.ts'
import { Reply, type Input } from '../../http/handle.ts'
import { withdrawResponse } from '../queries/submitting.ts'
import type { FormBody } from '../rules/form-changes.ts'
import { withdrawPage } from '../templates/decisions.ts'
import { withdrawnPage } from '../templates/messages.ts'
import { forgetFinishLaterFiles } from './finish-later.ts'
import type { Link } from './link.ts'
import { goToStart, linkOf } from './state.ts'

type Leaving = Input<object>

const decisionOf = (req: Leaving['req']): unknown => (req.body as FormBody)['decision']

const mayWithdraw = (link: Link) => link.state === 'open' && link.response !== undefined

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
  (context: AppContext) =>
  ({ req }: Leaving) => {
    const link = linkOf(req)
    const { response, base, notice } = link
    if (!mayWithdraw(link) || !response) return goToStart(link)
    const decision = decisionOf(req)
    if (decision === 'no') return goToStart(link)
    if (decision !== 'yes')
      return new Reply(400, withdrawPage({ base, notice, wrong: true, submitted: response.status === 'complete' }))
    const forgetFiles = forgetFinishLaterFiles(context, response.id)
    withdrawResponse(context.db, response, context.clock())
    forgetFiles()
    return withdrawnPage(notice)
  }

import type { AppContext } from '../../context.ts'
import { removeOutboxFiles } from '../../outbox/mailer.ts'
import { Reply, type Input } from '../../http/handle.ts'
import { listFinishLaterMessageIds, mostFinishLaterMessages, requestFinishLater } from '../queries/finish-later.ts'
import type { FormBody } from '../rules/form-changes.ts'
import { faultOfTypedAddress, typedText } from '../rules/typed-address.ts'
import { finishLaterPage, linkSentPage, nothingSavedPage } from '../templates/finish-later.ts'
import type { Problem } from '../../http/respondent-page.ts'
import type { Link } from './link.ts'
import { goToStart, linkOf, toldBy } from './state.ts'

const isBegun = (link: Link) =>
  link.state === 'open' && link.response?.status === 'partial' && link.handover === undefined

const form = (link: Link, email = '', problems: readonly Problem[] = []) =>
  finishLaterPage({
    base: link.base,
    notice: link.notice,
    closesAt: link.closesAt,
    values: { name: '', email },
    problems,
  })

export const showFinishLaterPage = ({ req }: Input<object>) => {
  const link = linkOf(req)
  if (isBegun(link)) return form(link)
  const unbegun = link.state === 'open' && link.kind === 'invited' && !link.response && !toldBy(link)
  return unbegun ? nothingSavedPage(link) : goToStart(link)
}

/** Sends the person their own link; the address stands in that message alone. */
export const sendFinishLater =
  ({ db, clock }: AppContext) =>
  ({ req }: Input<object>) => {
    const link = linkOf(req)
    if (!isBegun(link) || !link.response) return goToStart(link)
    const recipient = typedText((req.body as FormBody)['email'])
    const fault = faultOfTypedAddress(recipient)
    if (fault !== undefined) return new Reply(400, form(link, recipient, [{ href: 'email', message: fault }]))
    const result = requestFinishLater(db, link.response, { recipient, now: clock() })
    if (result === 'queued') return linkSentPage(link)
    if (result === 'ended') return goToStart(link)
    const message = `Your link was sent ${mostFinishLaterMessages} times already. Keep the address of this page instead`
    return new Reply(409, form(link, recipient, [{ href: 'email', message }]))
  }

/**
 * To be called before a response ends; what it returns forgets the copies of its messages that the outbox folder holds, where mail is
 * written there, and is called once that is stored.
 */
export function forgetFinishLaterFiles({ db, config, log }: AppContext, responseId: string | undefined): () => void {
  const ids = responseId === undefined ? [] : listFinishLaterMessageIds(db, responseId)
  return () => {
    if (ids.length === 0) return
    removeOutboxFiles(config.dataDir, ids).catch((error: unknown) =>
      log.error({ err: error }, 'a message with a link to finish later could not be deleted'),
    )
  }
}

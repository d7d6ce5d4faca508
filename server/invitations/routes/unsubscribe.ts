import express, { Router, type Request, type RequestHandler } from 'express'
import type { AppContext } from '../../context.ts'
import { limitFailures } from '../../http/limit-failures.ts'
import { handle, Reply } from '../../http/handle.ts'
import { privatePage } from '../../http/security.ts'
import { neutralPage } from '../../http/respondent-page.ts'
import { getInvitationForMail } from '../queries/mail.ts'
import { setUnsubscribed } from '../queries/unsubscribe.ts'
import { checkUnsubscribeToken, invitationIdIn } from '../../links/unsubscribe-link.ts'
import { notWrittenToPage, unsubscribedPage, unsubscribePage } from '../templates/unsubscribe-page.ts'

/** Mounted at /u: the address in List-Unsubscribe. A GET changes nothing; a mail program's one-click POST (RFC 8058) does, and gets a plain 200. */
export function unsubscribeRoutes({ db, tokenKey, clock }: AppContext): Router {
  const router = Router()
  const countFailure = limitFailures()
  // RFC 8058 prefers multipart/form-data for the one field that it sends.
  const form = [
    express.urlencoded({ extended: false, limit: '10kb' }),
    express.text({ type: 'multipart/form-data', limit: '10kb' }),
  ]

  function find(req: Request) {
    const token = String(req.params['token'])
    const id = invitationIdIn(token)
    const found = id === undefined ? undefined : getInvitationForMail(db, id)
    const whose = found && checkUnsubscribeToken(tokenKey, token, found.invitation)
    return whose && { found, whose }
  }
  function wordsOf({ found }: NonNullable<ReturnType<typeof find>>, req: Request, stopped: boolean) {
    const { service, title: survey, collection } = found
    return { action: req.originalUrl, service: service.name, survey, notice: collection.notice, stopped }
  }
  const known: RequestHandler = (req, res, next) => (find(req) ? next() : countFailure(req, res, next))

  router.use('/:token', privatePage, known)
  router.get(
    '/:token',
    handle({}, ({ req }) => {
      const link = find(req)
      if (!link) return new Reply(404, neutralPage())
      if (link.whose === 'replaced') return notWrittenToPage()
      const stopped = link.found.invitation.unsubscribedAt !== null
      return unsubscribePage({ ...wordsOf(link, req, stopped), wrong: false })
    }),
  )
  router.post(
    '/:token',
    form,
    handle({}, ({ req }) => {
      const link = find(req)
      if (!link) return new Reply(404, neutralPage())
      if (link.whose === 'replaced') return notWrittenToPage()
      const choice = choiceIn(req.body)
      const { invitation } = link.found
      if (choice === undefined) {
        const words = wordsOf(link, req, invitation.unsubscribedAt !== null)
        return new Reply(400, unsubscribePage({ ...words, wrong: true }))
      }
      setUnsubscribed(db, invitation.id, { stop: choice !== 'send', now: clock() })
      return unsubscribedPage(wordsOf(link, req, choice !== 'send'))
    }),
  )
  return router
}

/** What was asked for: `one-click` by a mail program, `stop` or `send` on our page; undefined where nothing was selected. */
function choiceIn(body: unknown): 'one-click' | 'stop' | 'send' | undefined {
  if (typeof body === 'string')
    return /name="?List-Unsubscribe"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\nOne-Click\s/i.test(body)
      ? 'one-click'
      : undefined
  const fields = (body ?? {}) as Record<string, unknown>
  if (fields['List-Unsubscribe'] === 'One-Click') return 'one-click'
  const { messages } = fields
  return messages === 'stop' || messages === 'send' ? messages : undefined
}

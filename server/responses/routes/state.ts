import type { Request, RequestHandler } from 'express'
import { formatLondonDate } from '../../time/london-dates.ts'
import { AppError, conflict } from '../../errors.ts'
import type { Reply } from '../../http/handle.ts'
import { seeOther } from '../../http/handle.ts'
import type { Html } from '../../http/html.ts'
import { closedPage, notOpenYetPage } from '../templates/messages.ts'
import { chosenPage, type Told } from '../templates/own-choice.ts'
import { receiptPage } from '../templates/receipt.ts'
import type { Link } from './link.ts'

/** The link that `loadLink` found. */
export function linkOf(req: Request): Link {
  if (!req.link) throw new Error('loadLink has not run.')
  return req.link
}

/** The receipt of a submitted response; undefined for others. */
export function receiptOf(link: Link): Html | undefined {
  const { base, notice, response, closesAt, state, service } = link
  if (response?.status !== 'complete' || response.reference === null || response.submittedAt === null) return undefined
  if (link.choice === 'no_discharges') return chosenPageOf(link)
  return receiptPage({
    base,
    notice,
    reference: response.reference,
    submittedAt: response.submittedAt,
    closesAt,
    open: state === 'open',
    service: service?.name,
  })
}

/** What the person told us with this link instead of answering. */
export const toldBy = ({ handover, choice }: Pick<Link, 'handover' | 'choice'>): Told | undefined =>
  handover ? 'passed_on' : choice

/** That, as a page with the way back from it. */
export function chosenPageOf(link: Link): Html | undefined {
  const { base, notice, closesAt, handover, response, state } = link
  const choice = toldBy(link)
  return (
    choice &&
    chosenPage({
      base,
      notice,
      choice,
      closesAt,
      mayUndo: state === 'open' && (handover?.mayTakeBack ?? true),
      reference: response?.reference ?? undefined,
      begun: response !== undefined,
    })
  )
}

/** What was chosen that ends the questions: a person who declined may still answer. */
const endedByChoice = (link: Link): Html | undefined => (toldBy(link) === 'declined' ? undefined : chosenPageOf(link))

/** What stands instead of the questions: the receipt, what was chosen instead, or that the survey is not open. Undefined where answers are taken. `lost`: something was sent. */
export function standingOf(link: Link, lost = false): Html | undefined {
  const receipt = receiptOf(link)
  if (receipt) return receipt
  if (link.state === 'not_open_yet') return notOpenYetPage(formatLondonDate(link.opensAt), link.notice)
  return link.state === 'closed'
    ? closedPage({
        notice: link.notice,
        closesAt: link.closesAt,
        closedAt: link.closedAt,
        begun: link.response !== undefined,
        lost,
      })
    : endedByChoice(link)
}

/** For JSON: why answers are not taken. Throws closed, not_open_yet or already_submitted. */
export function requireAnswerable(link: Link): void {
  if (link.response?.status === 'complete')
    throw conflict('already_submitted', 'These answers have been submitted.', { reference: link.response.reference })
  if (link.state === 'closed') throw conflict('closed', 'This survey is closed.', { closesAt: link.closesAt })
  if (link.state === 'not_open_yet')
    throw conflict('not_open_yet', 'This survey is not open yet.', { opensAt: link.opensAt })
  if (endedByChoice(link)) throw conflict('ended', 'You have told us that you do not answer this survey.')
}

/** Lets pages pass while answers are taken; otherwise shows where the response stands, and to a form that came too late, that it did. */
export function whileAnswerable(): RequestHandler {
  return (req, res, next) => {
    const link = linkOf(req)
    const sent = req.method === 'POST'
    const standing = standingOf(link, sent)
    if (!standing) return next()
    if (!sent || link.response?.status === 'complete') return res.redirect(303, link.base)
    res.status(409).type('html').send(standing.text)
  }
}

const unsupported = (what: string) => new AppError(415, 'unsupported_media_type', `What was sent is not ${what}.`)

export const formOnly: RequestHandler = (req, _res, next) => {
  if (!req.is('urlencoded')) throw unsupported('a form')
  next()
}

export const jsonOnly: RequestHandler = (req, _res, next) => {
  if (!req.is('json')) throw unsupported('JSON')
  next()
}

/** The neutral answer for a response that was withdrawn between two steps: its link has ended. */
export const goToStart = (link: Link): Reply => seeOther(link.base)

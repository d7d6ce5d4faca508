import type { Request } from 'express'
import { formatLondonDate } from '../../time/london-dates.ts'
import type { AppContext } from '../../context.ts'
import { newToken } from '../../db/ids.ts'
import type { Db } from '../../db/open.ts'
import { hashToken } from '../../links/tokens.ts'
import { cameFromHere } from '../../http/security.ts'
import { getResponseByResumeTokenHash, type Owner } from '../queries/responses.ts'
import type { QuestionPage } from '../templates/question-page.ts'
import type { Link } from './link.ts'
import { linkOf } from './state.ts'

const tokenShape = /^[\w-]{43}$/

/** Whether no response bears the name, or one that was begun through the same shared link. */
function isFree(db: Db, name: string, { cascadeLinkId }: Owner): boolean {
  const known = getResponseByResumeTokenHash(db, hashToken(name))
  return known === undefined || known.cascadeLinkId === cascadeLinkId
}

/**
 * Whose answers are saved, and at which address they go on. Through a shared link that is a new personal one, named by the form that
 * sends the answers: pressed twice, *Continue* makes one response. A name that another site's page sent is not taken: its author
 * would know the link. Nor is the name of a response that was begun elsewhere, which may be closed.
 */
export function ownerFor(
  { config, db }: Pick<AppContext, 'config' | 'db'>,
  req: Request,
  begin: unknown,
): { owner: Owner; base: string } {
  const { kind, owner, base } = linkOf(req)
  if (kind !== 'shared') return { owner, base }
  const named =
    typeof begin === 'string' &&
    tokenShape.test(begin) &&
    cameFromHere(req, config.publicUrl) &&
    isFree(db, begin, owner)
  const token = named ? begin : newToken()
  return { owner: { ...owner, resumeTokenHash: hashToken(token) }, base: `/r/${token}` }
}

/** The address to come back to, for who came through a shared link. */
export function personalLinkOf({ config }: Pick<AppContext, 'config'>, req: Request): QuestionPage['personalLink'] {
  const link = linkOf(req)
  return link.kind === 'resumed'
    ? { address: `${config.publicUrl}${link.base}`, justIssued: req.query['link'] === 'new' }
    : undefined
}

export function savedNote({ kind, closesAt }: Link): string {
  const until = formatLondonDate(closesAt)
  if (kind === 'shared')
    return `When you choose Continue, your answers are saved and you get a link of your own to come back to them until the end of ${until}.`
  return `Your answers are saved when you choose Continue. You can come back with the same link until the end of ${until}.`
}

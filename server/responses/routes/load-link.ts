import type { Request, RequestHandler, Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { AppContext } from '../../context.ts'
import { notFound, tooManyRequests } from '../../errors.ts'
import { neutralPage } from '../templates/messages.ts'
import { findLink } from './link.ts'

const failuresPerWindow = 60
const windowMs = 15 * 60_000

/**
 * Finds what the address's token leads to, or answers with the neutral page. Only failed look-ups count against an address: a whole
 * council may sit behind one. The counts are held in memory and belong to no one.
 */
export function loadLink(context: AppContext): RequestHandler {
  const countFailure = rateLimit({
    windowMs,
    limit: failuresPerWindow,
    standardHeaders: false,
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, trustProxy: false },
    handler: (_req, _res, next) => next(tooManyRequests()),
  })
  return (req, res, next) => {
    const prefix = req.baseUrl.toLowerCase().startsWith('/c') ? 'c' : 'r'
    req.link = findLink(context, prefix, String(req.params['token']))
    if (req.link) return next()
    void countFailure(req, res, (error?: unknown) => (error ? next(error) : sendNeutral(req, res, next)))
  }
}

/** Who asks for JSON, or sends it, is answered in it. */
export const wantsJson = (req: Request): boolean => Boolean(req.is('json')) || req.accepts(['html', 'json']) === 'json'

function sendNeutral(req: Request, res: Response, next: (error: unknown) => void): void {
  if (wantsJson(req)) return next(notFound('This link does not work.'))
  res.status(404).type('html').send(neutralPage().text)
}

import type { Request, RequestHandler, Response } from 'express'
import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { limitFailures } from '../../http/limit-failures.ts'
import { neutralPage } from '../../http/respondent-page.ts'
import { findLink } from './link.ts'

/** Finds what the address's token leads to, or answers with the neutral page. */
export function loadLink(context: AppContext): RequestHandler {
  const countFailure = limitFailures()
  return (req, res, next) => {
    const prefix = req.baseUrl.toLowerCase().startsWith('/c') ? 'c' : 'r'
    req.link = findLink(context, prefix, String(req.params['token']))
    if (req.link) return next()
    void countFailure(req, res, (error?: unknown) => (error ? next(error) : sendNeutral(req, res, next)))
  }
}

/** Who asks for JSON, or sends it, is answered in it. */
export const wantsJson = (req: Request): boolean => Boolean(req.is('json')) || req.accepts(['html', 'json']) === 'json'

export function sendNeutral(req: Request, res: Response, next: (error: unknown) => void): void {
  if (wantsJson(req)) return next(notFound('This link does not work.'))
  res.status(404).type('html').send(neutralPage().text)
}

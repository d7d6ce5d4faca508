import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { AppError, badRequest, notFound } from '../errors.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/** The disk is full, or another process holds the database: nothing was half-written, and trying again may help. */
const notSaved = () => new AppError(503, 'not_saved', 'This could not be saved just now. Wait a minute and try again.')

function cannotSave(error: unknown): boolean {
  const { code, cause } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown
    cause?: unknown
  }
  return (
    (typeof code === 'string' && /^SQLITE_(BUSY|FULL|IOERR)/.test(code)) || (cause !== undefined && cannotSave(cause))
  )
}

/** What Express and its body parsers throw, as our own error; undefined for a defect. */
function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (cannotSave(error)) return notSaved()
  const { status, type, limit } = error as { status?: unknown; type?: unknown; limit?: unknown }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  if (status === 413) {
    const most = typeof limit === 'number' ? `: at most ${Math.floor(limit / 1024)} KB is taken` : ''
    return new AppError(413, 'too_large', `What was sent is too large${most}.`)
  }
  if (status === 415)
    return new AppError(415, 'unsupported_encoding', 'What was sent is in an encoding that is not supported.')
  return badRequest(
    type === 'entity.parse.failed' ? 'malformed_json' : 'malformed_request',
    'What was sent could not be read.',
  )
}

export const onNotFound: RequestHandler = () => {
  throw notFound('Page not found')
}

/** The one place where an error becomes an answer; registered last. */
export function onError(log: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (error: unknown, req, res, _next) => {
    const known = asAppError(error)
    if (!known || known.status >= 500)
      log.error(
        { err: error, method: req.method, route: (req.route as { path?: unknown } | undefined)?.path },
        'unexpected error',
      )
    const { status, code, message, details } =
      known ?? new AppError(500, 'unexpected', 'Something went wrong. Try again later.')
    if (res.headersSent) {
      res.destroy()
      return
    }
    res.status(status).set('Cache-Control', 'no-store')
    if (status === 503) res.set('Retry-After', '60')
    if (req.originalUrl.startsWith('/api') || !req.accepts('html') || req.is('json')) {
      res.json({ error: { code, message, ...(details === undefined ? {} : { details }) } })
      return
    }
    const title = status === 500 ? 'Sorry, there is a problem with the service' : message
    res.type('html').send(
      page({
        title,
        body: html`<h1 class="govuk-heading-l">${title}</h1>${status === 500 ? html`<p class="govuk-body">Try again later. What you had saved is safe.</p>` : ''}`,
      }).text,
    )
  }
}

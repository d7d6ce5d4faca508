import type { Request, RequestHandler } from 'express'
import helmet from 'helmet'
import { notAllowed } from '../errors.ts'

/** Headers of every answer. Scripts and styles come from files of our own: nothing inline. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const secure = publicUrl.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // With no-referrer Chromium sends `Origin: null` on a form POST.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure,
  })
}

/** Pages that belong to one person: never kept by a browser or a proxy, never indexed. */
export const privatePage: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
  next()
}

/** Refuses a change that another site's page sends with a signed-in person's cookie. */
export function checkOrigin(publicUrl: string): RequestHandler {
  return (req, _res, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next()
    if (cameFromHere(req, publicUrl)) return next()
    throw notAllowed('This change did not come from a page of this service.')
  }
}

/** Whether the request says that a page of ours sent it. */
export function cameFromHere(req: Request, publicUrl: string): boolean {
  const origin = req.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  // Behind a proxy the Host header may be the proxy's own; the public address always counts.
  return origin === new URL(publicUrl).origin || new URL(origin).host === req.get('host')
}
